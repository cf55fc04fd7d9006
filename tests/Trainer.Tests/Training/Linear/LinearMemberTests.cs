using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class LinearMemberTests
{
    private static readonly LinearPlan _exactly = new([2], Tolerance: 1e-13, MostIterations: 500);

    /// <summary>The same objective in double precision: design, labels and weights; a last column of ones for the intercept.</summary>
    private sealed class Oracle(ScaledRows rows, double[] weights, double lambda, double[]? ratios = null)
    {
        // Columns times r with a penalty of lambda: the columns as they are with one of lambda / r².
        private readonly double[] _penalties = [.. Enumerable.Range(0, rows.Features.Length).Select(c => ratios is null ? lambda : lambda / (ratios[c] * ratios[c]))];
        private readonly Matrix<double> _x = Matrix<double>.Build.Dense(rows.Rows.Count, rows.Features.Length + 1, (i, c) => Value(rows, i, c));

        public (Vector<double> Gradient, Matrix<double> Hessian) At(Vector<double> w)
        {
            Vector<double> a = (_x * w).Map(z => 1 / (1 + Math.Exp(-z)));
            Vector<double> errors = Vector<double>.Build.Dense(a.Count, i => weights[i] * (a[i] - rows.Rows.Labels[i]));
            Vector<double> curvature = Vector<double>.Build.Dense(a.Count, i => weights[i] * a[i] * (1 - a[i]));
            Vector<double> gradient = _x.TransposeThisAndMultiply(errors);
            Matrix<double> hessian = _x.TransposeThisAndMultiply(_x.MapIndexed((i, _, x) => curvature[i] * x));
            for (int c = 0; c < w.Count - 1; c++)
            {
                gradient[c] += _penalties[c] * w[c];
                hessian[c, c] += _penalties[c];
            }

            return (gradient, hessian);
        }

        public Vector<double> Newton()
        {
            Vector<double> w = Vector<double>.Build.Dense(_x.ColumnCount);
            for (int step = 0; step < 12; step++)
            {
                (Vector<double> g, Matrix<double> h) = At(w);
                w -= h.Solve(g);
            }

            return w;
        }

        public Vector<double> Scores(Vector<double> w) => _x * w;

        // Twice what a Newton step would still lower the cost by.
        public double Decrement(Vector<double> w)
        {
            (Vector<double> g, Matrix<double> h) = At(w);
            return g * h.Solve(g);
        }

        // Scores differ by at most this at a point with that decrement, to second order.
        public Vector<double> Reach(Vector<double> w, double decrement)
        {
            Matrix<double> inverse = At(w).Hessian.Inverse();
            return Vector<double>.Build.Dense(_x.RowCount, i => Math.Sqrt(decrement * (_x.Row(i) * (inverse * _x.Row(i)))));
        }

        private static double Value(ScaledRows rows, int i, int c)
        {
            int d = c < rows.Features.Length ? rows.Features[c] : -1;
            double x = d < 0 ? 1 : rows.Rows is DenseRows dense ? dense.Values[i * dense.FeatureCount + d] : Sparse((SparseRows)rows.Rows, i, d);
            return d < 0 ? 1 : (x - rows.Offset[c]) * rows.Scale[c];
        }

        private static double Sparse(SparseRows rows, int i, int d)
        {
            int at = Array.IndexOf(rows.Indices, d, rows.RowStarts[i], rows.RowStarts[i + 1] - rows.RowStarts[i]);
            return at < 0 ? 0 : rows.Values[at];
        }
    }

    private static Vector<double> PointOf(LinearMember member, ScaledRows rows)
    {
        double intercept = member.Intercept;
        double[] point = new double[rows.Features.Length + 1];
        for (int c = 0; c < rows.Features.Length; c++)
        {
            point[c] = member.Weights[rows.Features[c]] / rows.Scale[c];
            intercept += member.Weights[rows.Features[c]] * rows.Offset[c];
        }

        point[^1] = intercept;
        return Vector<double>.Build.Dense(point);
    }

    private static TrainingRows Rows(string kind) => kind switch
    {
        "dense" => MadeUpRows.Dense(700, 3),
        "weighted" => MadeUpRows.Dense(700, 3, weighted: true),
        "sparse" => MadeUpRows.Sparse(300, 40, 4),
        "many columns" => MadeUpRows.Sparse(300, 520, 4),
        "many columns, more rows" => MadeUpRows.Sparse(550, 520, 4),
        _ => Noise(540, 515),
    };

    // Dense columns, of which the tenth tells.
    private static DenseRows Noise(int count, int features)
    {
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, count * features).Select(_ => (float)(2 * random.NextDouble() - 1))];
        return new DenseRows(features, values, [.. Enumerable.Range(0, count).Select(i => values[i * features + 9] + 0.5 * random.NextDouble() > 0.25 ? 1f : 0)]);
    }

    private static ScaledRows Scaled(TrainingRows rows) => rows is DenseRows dense ? ScaledRows.Of(dense) : ScaledRows.Of((SparseRows)rows);

    [Theory]
    [InlineData("dense")]
    [InlineData("weighted")]
    [InlineData("sparse")]
    [InlineData("many columns")]
    [InlineData("many columns, more rows")]
    [InlineData("many dense columns")]
    public void FindsWhatNewtonFindsInDoublePrecision(string kind)
    {
        TrainingRows rows = Rows(kind);
        ScaledRows scaled = Scaled(rows);
        double[] weights = [.. Enumerable.Range(0, rows.Count).Select(i => (double)(rows.Weights?[i] ?? 1))];
        var member = LinearMember.Fit(rows, MembersByHand.Parts(rows, 4, 1), _exactly, 1);
        var oracle = new Oracle(scaled, weights, 2);
        Vector<double> point = PointOf(member, scaled), expected = oracle.Newton();
        double resolution = Resolution(weights);
        Assert.InRange(oracle.Decrement(point), 0, resolution);
        Vector<double> difference = (oracle.Scores(point) - oracle.Scores(expected)).PointwiseAbs(), reach = 2 * oracle.Reach(expected, resolution);
        for (int i = 0; i < difference.Count; i++)
            Assert.InRange(difference[i], 0, reach[i]);
    }

    // Costs are told apart as far as each row's loss, of about 1, is rounded to single precision: half a unit in the last place for each of
    // the score, the exponential, the logarithm and the sums of them.
    private static double Resolution(double[] weights) => 2 * weights.Sum() * 4 * Math.Pow(2, -24);

    [Theory]
    [InlineData("dense")]
    [InlineData("weighted")]
    [InlineData("sparse")]
    [InlineData("many columns")]
    [InlineData("many columns, more rows")]
    public void ScoresEveryPartByTheFitWithoutIt(string kind)
    {
        TrainingRows rows = Rows(kind);
        ScaledRows scaled = Scaled(rows);
        HeldOutParts parts = MembersByHand.Parts(rows, 3, 1) with { Count = 2 };
        var member = LinearMember.Fit(rows, parts, _exactly, 1);
        for (int part = 0; part < 3; part++)
        {
            double[] weights = [.. Enumerable.Range(0, rows.Count).Select(i => parts.PartOf[i] == part ? 0 : (double)(rows.Weights?[i] ?? 1))];
            var oracle = new Oracle(scaled, weights, 2);
            Vector<double> newton = oracle.Newton(), scores = oracle.Scores(newton), reach = 2 * oracle.Reach(newton, Resolution(weights));
            foreach (int i in parts.RowsOf(part))
            {
                if (part < 2)
                    Assert.Equal(scores[i], member.OutOfPartScores[i], reach[i]);
                else
                    Assert.True(double.IsNaN(member.OutOfPartScores[i]));
            }
        }
    }

    [Fact]
    public void FeaturesThatOccurNowhereHaveNoColumn()
    {
        var rows = new SparseRows(1 << 20, [0, 2, 3], [5, 1 << 19, 5], [1, 0.5f, -1], [1, 0], null);
        ScaledRows scaled = ScaledRows.Of(rows);
        Assert.Equal([5, 1 << 19], scaled.Features);
        var member = LinearMember.Fit(rows, new HeldOutParts([], 0), _exactly, 1);
        Assert.Equal(2, member.Weights.Count(w => w != 0));
    }

    // Powers of 2, so that only the exponents of numbers differ.
    [Theory]
    [InlineData(80)]
    [InlineData(-80)]
    public void TheUnitOfAFeatureDoesNotMatter(int exponent)
    {
        DenseRows rows = MadeUpRows.Dense(700, 5), others = MadeUpRows.Dense(700, 5);
        for (int i = 0; i < others.Values.Length; i += MadeUpRows.Features)
            others.Values[i] = MathF.ScaleB(others.Values[i], exponent);
        double[] scores = LinearMember.Fit(rows, MembersByHand.Parts(rows, 4, 1), LinearPlan.ForDenseRows, 1).OutOfPartScores;
        double[] ofOthers = LinearMember.Fit(others, MembersByHand.Parts(others, 4, 1), LinearPlan.ForDenseRows, 1).OutOfPartScores;
        for (int i = 0; i < scores.Length; i++) // the deviation is rounded otherwise where it is summed up in single precision
            Assert.Equal(scores[i], ofOthers[i], 1e-4);
    }

    [Fact]
    public void WeightedRowsEqualRepeatedOnes()
    {
        DenseRows rows = MadeUpRows.Dense(500, 5, weighted: true);
        var none = new HeldOutParts([], 0);
        var weighted = LinearMember.Fit(rows, none, _exactly, 1);
        var repeated = LinearMember.Fit(MadeUpRows.Repeated(rows), none, _exactly, 1);
        double[] weights = [.. rows.Weights!.Select(w => (double)w)];
        ScaledRows scaled = ScaledRows.Of(rows);
        Vector<double> reach = 4 * new Oracle(scaled, weights, 2).Reach(PointOf(weighted, scaled), Resolution(weights));
        for (int i = 0; i < rows.Count; i++)
            Assert.Equal(repeated.Score(MadeUpRows.Row(rows, i)), weighted.Score(MadeUpRows.Row(rows, i)), reach[i]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void TheSameBitsAtAnyNumberOfThreads(int threads)
    {
        DenseRows rows = MadeUpRows.Dense(20_000, 6);
        HeldOutParts parts = MembersByHand.Parts(rows, 4, 1);
        var one = LinearMember.Fit(rows, parts, LinearPlan.ForDenseRows, 1);
        var several = LinearMember.Fit(rows, parts, LinearPlan.ForDenseRows, threads);
        Assert.Equal(one.Weights, several.Weights);
        Assert.Equal(one.Intercept, several.Intercept);
        Assert.Equal(one.OutOfPartScores, several.OutOfPartScores);
    }

    [Fact]
    public void TakesThePenaltyThatScoresLeftOutRowsBest()
    {
        DenseRows rows = MadeUpRows.Dense(300, 7);
        HeldOutParts parts = MembersByHand.Parts(rows, 5, 1);
        LinearMember[] alone = [.. new double[] { 1000, 10, 0.1 }.Select(l => LinearMember.Fit(rows, parts, new LinearPlan([l]), 1))];
        double LossOf(LinearMember m) => Enumerable.Range(0, rows.Count).Sum(i => LogLoss.Of(m.OutOfPartScores[i], rows.Labels[i]));
        Assert.Equal(alone.MinBy(LossOf)!.Penalty, LinearMember.Fit(rows, parts, new LinearPlan([1000, 10, 0.1]), 1).Penalty);
    }

    /// <summary>Also where the penalty spares columns by what they tell: then what they tell is counted without the part, too.</summary>
    [Fact]
    public void ClassRatiosAreThoseOfTheRowsThatAreFitted()
    {
        TrainingRows rows = Rows("many columns");
        ScaledRows scaled = Scaled(rows);
        HeldOutParts parts = MembersByHand.Parts(rows, 3, 1);
        var member = LinearMember.Fit(rows, parts, new LinearPlan([1e6], 1e-13, 2_000) { ByRatios = [(2, 2)] }, 1);
        Assert.Equal(2, member.Penalty);
        var ratios = new ClassRatios(scaled, 2);
        double[] all = [.. rows.Labels.Select(_ => 1.0)];
        var oracle = new Oracle(scaled, all, 2, ratios.Of(null));
        Vector<double> newton = oracle.Newton(), difference = (oracle.Scores(newton) - oracle.Scores(PointOf(member, scaled))).PointwiseAbs();
        Vector<double> reach = 2 * oracle.Reach(newton, Resolution(all));
        for (int i = 0; i < rows.Count; i++)
            Assert.InRange(difference[i], 0, reach[i]);

        float[] weights = [.. parts.PartOf.Select(p => p == 1 ? 0f : 1f)];
        oracle = new Oracle(scaled, [.. weights.Select(w => (double)w)], 2, ratios.Of(weights));
        newton = oracle.Newton();
        (Vector<double> scores, reach) = (oracle.Scores(newton), 2 * oracle.Reach(newton, Resolution(all)));
        foreach (int i in parts.RowsOf(1))
            Assert.Equal(scores[i], member.OutOfPartScores[i], reach[i]);
    }

    /// <summary>Rows of text with a number that is often beyond the root of what single precision holds.</summary>
    [Fact]
    public void ANumberWhoseSquareIsBeyondSinglePrecisionDoesNoHarm()
    {
        SparseRows rows = MadeUpRows.Sparse(300, 520, 4);
        for (int k = 0; k < rows.Indices.Length; k++)
            rows.Values[k] *= rows.Indices[k] == 3 ? 1e20f : 1;
        HeldOutParts parts = MembersByHand.Parts(rows, 4, 1) with { Count = 2 };
        var member = LinearMember.Fit(rows, parts, LinearPlan.ForSparseRows, 1);
        Assert.Contains(member.Penalty, LinearPlan.ForSparseRows.Penalties.Concat(LinearPlan.ForSparseRows.ByRatios.Select(by => by.Penalty)));
        Assert.All(member.Weights, w => Assert.True(double.IsFinite(w)));
        Assert.All(Enumerable.Range(0, rows.Count), i => Assert.Equal(parts.PartOf[i] < 2, double.IsFinite(member.OutOfPartScores[i])));
    }

    [Fact]
    public void FitsThatAreNotFiniteArePassedOver()
    {
        SparseRows rows = MadeUpRows.Sparse(300, 520, 4);
        HeldOutParts parts = MembersByHand.Parts(rows, 4, 1);
        var some = LinearMember.Fit(rows, parts, new LinearPlan([double.NaN, 2]), 1);
        Assert.Equal(double.PositiveInfinity, some.Penalty); // each fit starts from the one before
        Assert.All(some.Weights, w => Assert.Equal(0, w));
        Assert.Equal(BaseRate.LogOdds(rows), some.Intercept);
        Assert.All(some.OutOfPartScores, score => Assert.True(double.IsNaN(score)));
        Assert.Equal(2, LinearMember.Fit(rows, parts, new LinearPlan([2, double.NaN]), 1).Penalty);
    }
}
