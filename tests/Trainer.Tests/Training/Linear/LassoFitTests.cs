using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>The minimum of the loss and lambda times the sum of absolute weights, by its conditions in double precision.</summary>
public sealed class LassoFitTests
{
    private static readonly LinearPlan _exactly = new([1], Tolerance: 1e-12, MostIterations: 20_000);

    // 60 rows of 300 columns, of which two tell; every seventh is mostly 0, so that it is kept as sparse.
    private static DenseRows Rows(bool weighted = false)
    {
        const int n = 60, D = 300;
        Random random = new(3);
        float[] values = new float[n * D], labels = new float[n];
        for (int i = 0; i < n; i++)
        {
            for (int d = 0; d < D; d++)
                values[i * D + d] = d % 7 == 6 && random.Next(5) > 0 ? 0 : (float)(random.NextDouble() - 0.3);
            labels[i] = values[i * D + 4] - values[i * D + 50] + 0.3 * random.NextDouble() > 0.15 ? 1 : 0;
        }
        return new DenseRows(D, values, labels, weighted ? [.. labels.Select((_, i) => 0.5f + i % 3)] : null);
    }

    // The largest breach of: gradient + lambda sign(w) = 0 where w is not 0, |gradient| <= lambda elsewhere, and 0 for the intercept.
    private static double Breach(ScaledRows rows, double[] point, double lambda, float[]? weights)
    {
        double[] gradient = new double[point.Length];
        for (int i = 0; i < rows.Rows.Count; i++)
        {
            double error = (weights?[i] ?? 1) * (1 / (1 + Math.Exp(-LogisticCost.Score(rows, i, point))) - rows.Rows.Labels[i]);
            for (int c = 0; c < rows.DenseColumns; c++)
                gradient[c] += error * rows.Dense[i * rows.DenseColumns + c];
            for (int k = rows.Sparse.RowStarts[i]; k < rows.Sparse.RowStarts[i + 1]; k++)
                gradient[rows.DenseColumns + rows.Sparse.Indices[k]] += error * rows.Sparse.Values[k];
            gradient[^1] += error;
        }
        return gradient.Select((g, c) => c == point.Length - 1 ? Math.Abs(g)
            : point[c] != 0 ? Math.Abs(g + lambda * Math.Sign(point[c]))
            : Math.Max(0, Math.Abs(g) - lambda)).Max();
    }

    private static double Largest(ScaledRows rows)
    {
        double[] none = new double[rows.Features.Length + 1];
        none[^1] = BaseRate.LogOdds(rows.Rows);
        return Breach(rows, none, 0, rows.Rows.Weights);
    }

    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(false, 0.1)]
    [InlineData(true, 0.5)]
    [InlineData(true, 0.1)]
    public void ItIsTheMinimumWithEachPartAndWithoutIt(bool weighted, double share)
    {
        DenseRows rows = Rows(weighted);
        ScaledRows scaled = ScaledRows.Of(rows);
        Assert.InRange(scaled.DenseColumns, 1, scaled.Features.Length - 1);
        double lambda = share * Largest(scaled);
        // The last sweep moved some columns' weights by d, the sum of h d² at most 1e-12 of the 60 rows, h being 60 / 4 for a standardised column: a gradient
        // by h times the sum of |d| at most, which for 60 columns is sqrt(60 h 6e-11), and as much more as rows weigh, 2.5 at most. A column enters where it passes lambda by 1e-4 of it;
        // single precision leaves 6e-8 of terms of up to 5 for each row.
        double enough = 1e-4 * lambda + Math.Sqrt(60 * 15 * 6e-11) * (weighted ? 2.5 : 1) + 2e-5;
        LassoFit fit = new(scaled, _exactly, BaseRate.LogOdds(rows), default);
        double[] point = fit.ToAll(share, 1);
        Assert.InRange(Breach(scaled, point, lambda, rows.Weights), 0, enough);
        Assert.InRange(point.SkipLast(1).Count(w => w != 0), 1, 60);

        float[] without = [.. Enumerable.Range(0, rows.Count).Select(i => i % 4 == 1 ? 0 : rows.Weights?[i] ?? 1)];
        double left = without.Sum() / (rows.Weights?.Sum() ?? rows.Count);
        Assert.InRange(Breach(scaled, fit.Without(without, 1), left * lambda, without), 0, enough);
    }

    [Fact]
    public void BeyondAShareOfOneOnlyTheBaseRateIsLeft()
    {
        DenseRows rows = Rows();
        double[] point = new LassoFit(ScaledRows.Of(rows), _exactly, BaseRate.LogOdds(rows), default).ToAll(1.001, 1);
        Assert.All(point.SkipLast(1), w => Assert.Equal(0, w));
        double positive = rows.Labels.Sum();
        Assert.Equal(Math.Log(positive / (rows.Count - positive)), point[^1], 1e-4);
    }

    [Fact]
    public void AColumnThatOnlyRowsLeftOutHaveIsNothingWithoutThem()
    {
        DenseRows rows = Rows();
        int[] own = [.. Enumerable.Range(0, rows.Count).Where(i => rows.Labels[i] == 1).Take(9)];
        for (int i = 0; i < rows.Count; i++)
            rows.Values[i * rows.FeatureCount + 13] = own.Contains(i) ? 1 : 0;
        ScaledRows scaled = ScaledRows.Of(rows);
        int column = Array.IndexOf(scaled.Features, 13);
        LassoFit fit = new(scaled, _exactly, BaseRate.LogOdds(rows), default);
        Assert.NotEqual(0, fit.ToAll(0.1, 1)[column]);
        double[] without = fit.Without([.. Enumerable.Range(0, rows.Count).Select(i => own.Contains(i) ? 0f : 1)], 1);
        Assert.Equal(0, without[column]);
        Assert.All(without, w => Assert.True(double.IsFinite(w)));
    }

    [Fact]
    public void WhereFewOfManyColumnsTellALineSelectsThem()
    {
        DenseRows rows = Rows();
        HeldOutParts parts = MembersByHand.Parts(rows, 3, 1);
        var line = LinearMember.Fit(rows, parts, LinearPlan.ForWideRows, 1);
        Assert.InRange(line.Weights.Count(w => w != 0), 2, 60);
        Assert.Equal([4, 50], line.Weights.Select((w, d) => (Math.Abs(w), d)).OrderDescending().Take(2).Select(w => w.d).Order());
        Assert.Equal(line.Weights, LinearMember.Fit(rows, parts, LinearPlan.ForWideRows, 3).Weights);
        Assert.All(line.OutOfPartScores, score => Assert.True(double.IsFinite(score)));
    }
}
