using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>The scorer of encoded features against the textbook on the encoding's columns.</summary>
public class EncodedScorerTests
{
    private const double U = 5.97e-8;

    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 2, 3 }, { 5, 8 }, { 9, 17 }, { 20, 40 }, { 33, 100 }, { 150, 5 } };

    // Features in turn: with knots (2 to 300), single, left out. Values on knots, between and beyond them; many are 0.
    private static (InputEncoding Encoding, float[] Rows) Problem(int d, int m)
    {
        var random = new Random(d);
        int[] counts = [2, 1, 9, 0, 300, 17, 1, 65];
        float[][] knots = [.. Enumerable.Range(0, d).Select(f => Enumerable.Range(0, counts[f % 8])
            .Select(_ => MathF.Round(random.NextSingle() * 8 - 4, 3)).Distinct().Order().ToArray())];
        float[] lower = [.. knots.Select(k => k.Length > 1 ? k[0] : -3)], upper = [.. knots.Select(k => k.Length > 1 ? k[^1] : 3)];
        float[] rows = [.. Enumerable.Range(0, m).SelectMany(_ => knots.Select(k => random.Next(4) switch
        {
            0 => 0,
            1 when k.Length > 0 => k[random.Next(k.Length)],
            2 => random.NextSingle() * 20 - 10,
            _ => random.NextSingle() * 4 - 2,
        }))];
        // A feature with knots and a single one with one with knots, and two of them crossed with a single one again.
        FeatureCross[] crosses = d < 9 ? [] : [new FeatureCross(0, 2, 2, 1), new FeatureCross(5, 2, 8, 1)];
        return (new InputEncoding(lower, upper, knots, crosses), rows);
    }

    private static NetworkParameters Network(int columns, int h, IActivation activation) => new EngineProblem(1, columns, h, activation, seed: h).Network;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryEntryPointGivesTheTextbooksScores(int d, int h)
    {
        const int m = 61;
        (InputEncoding encoding, float[] rows) = Problem(d, m);
        foreach (IActivation activation in new[] { Activation.Tanh, Activation.ReLU, Activation.Gelu })
        {
            NetworkParameters network = Network(encoding.ColumnCount, h, activation);
            Matrix<double> X = EncodedProblem.Columns(encoding, new DenseRows(d, rows, new float[m])), Y = Matrix<double>.Build.Dense(1, m);
            Matrix<double> z2 = TextbookNetwork.Forward(network, X).Z2, bounds = new RoundingBounds(network, X, Y, null, 0).Z2;
            // A sparse row's Z1 begins with that of the row that is 0 and goes from there: up to three times the sizes, and twice the terms.
            Matrix<double> zero = EncodedProblem.Columns(encoding, new DenseRows(d, new float[d], new float[1]));
            Matrix<double> sizes = X.PointwiseAbs() + 2 * Matrix<double>.Build.DenseOfColumnVectors(Enumerable.Repeat(zero.PointwiseAbs().Column(0), m));
            Matrix<double> further = network.W1.PointwiseAbs() * sizes * (4 * encoding.LargestRow + 4) * U;
            Matrix<double> sparseBounds = new RoundingBounds(network, X, Y, null, 0, further).Z2;
            foreach (int lanes in EngineCalls.Lanes)
            {
                var scorer = new EncodedScorer(encoding, network, lanes);
                float[] batch = new float[m], part = new float[7];
                scorer.Score(rows, batch);
                scorer.Score(rows.AsSpan(5 * d, 7 * d), part);
                Assert.Equal(batch.AsSpan(5, 7).ToArray(), part);
                for (int i = 0; i < m; i++)
                {
                    float[] row = rows[(i * d)..((i + 1) * d)];
                    Assert.InRange(batch[i], z2[0, i] - bounds[0, i], z2[0, i] + bounds[0, i]);
                    Assert.Equal(batch[i], scorer.Score(row));
                    int[] indices = [.. Enumerable.Range(0, d).Where(f => row[f] != 0)];
                    float sparse = scorer.Score(indices, [.. indices.Select(f => row[f])]);
                    Assert.InRange(sparse, z2[0, i] - sparseBounds[0, i], z2[0, i] + sparseBounds[0, i]);
                }
            }
        }
    }

    // Units that read one feature in four, and these at few of their knots, as the leaves of trees do.
    private static NetworkParameters LeafLike(InputEncoding encoding, int h)
    {
        NetworkParameters network = Network(encoding.ColumnCount, h, Activation.ReLU);
        var random = new Random(h);
        for (int group = 0; group < h; group += 4)
        {
            for (int f = 0; f < encoding.FeatureCount; f++)
            {
                int first = encoding.FirstColumn(f), count = encoding.Knots(f).Length, bend = count < 2 ? 0 : random.Next(1, count);
                bool isRead = (f + group / 4) % 4 == 0;
                for (int k = 0; k < count; k++)
                {
                    for (int unit = group; unit < Math.Min(group + 4, h); unit++)
                        network.W1[unit, first + k] = !isRead ? 0 : k < bend ? 0.25 * (unit - group) : 1.5;
                }
            }
        }
        return network;
    }

    [Theory]
    [InlineData(9, 8)]
    [InlineData(20, 40)]
    [InlineData(33, 100)]
    [InlineData(300, 5)] // more features than a panel reads at once
    public void UnitsThatReadLittleGiveTheTextbooksScores(int d, int h)
    {
        const int m = 61;
        (InputEncoding encoding, float[] rows) = Problem(d, m);
        NetworkParameters network = LeafLike(encoding, h);
        Matrix<double> X = EncodedProblem.Columns(encoding, new DenseRows(d, rows, new float[m])), Y = Matrix<double>.Build.Dense(1, m);
        Matrix<double> z2 = TextbookNetwork.Forward(network, X).Z2, bounds = new RoundingBounds(network, X, Y, null, 0).Z2;
        foreach (int lanes in EngineCalls.Lanes)
        {
            var scorer = new EncodedScorer(encoding, network, lanes);
            float[] batch = new float[m];
            scorer.Score(rows, batch);
            for (int i = 0; i < m; i++)
            {
                Assert.InRange(batch[i], z2[0, i] - bounds[0, i], z2[0, i] + bounds[0, i]);
                Assert.Equal(batch[i], scorer.Score(rows.AsSpan(i * d, d)));
            }
            for (int f = 0; f < d; f++)
            {
                float[] spoilt = rows[..(5 * d)];
                spoilt[2 * d + f] = float.NaN;
                float[] scores = new float[5];
                scorer.Score(spoilt, scores);
                Assert.Equal(encoding.Knots(f).Length > 0, float.IsNaN(scores[2]));
                Assert.Equal(encoding.Knots(f).Length > 0, float.IsNaN(scorer.Score(spoilt.AsSpan(2 * d, d))));
            }
        }
    }

    [Fact]
    public void ANaNGivesNaNAndTouchesNoOtherRow()
    {
        const int d = 8, m = 40;
        (InputEncoding encoding, float[] rows) = Problem(d, m);
        foreach (IActivation activation in Activation.BuiltIn)
        {
            foreach (int lanes in EngineCalls.Lanes)
            {
                var scorer = new EncodedScorer(encoding, Network(encoding.ColumnCount, 5, activation), lanes);
                for (int f = 0; f < d; f++)
                {
                    float[] spoilt = [.. rows], scores = new float[m];
                    spoilt[3 * d + f] = float.NaN;
                    scorer.Score(spoilt, scores);
                    bool isRead = encoding.Knots(f).Length > 0;
                    Assert.Equal(isRead, float.IsNaN(scores[3]));
                    Assert.Equal(isRead, float.IsNaN(scorer.Score(spoilt.AsSpan(3 * d, d))));
                    Assert.Equal(isRead, float.IsNaN(scorer.Score([f], [float.NaN])));
                    Assert.Equal(1, scores.Count(s => !float.IsFinite(s)) + (isRead ? 0 : 1));
                }
            }
        }
    }

    [Fact]
    public void InfinitiesAreAtTheBoundsOrComeThrough()
    {
        (InputEncoding encoding, float[] rows) = Problem(8, 1);
        var unbounded = new InputEncoding([float.NegativeInfinity, -1], [float.PositiveInfinity, 1], [[0.5f], [-1, 0, 1]]);
        foreach (int lanes in EngineCalls.Lanes)
        {
            var scorer = new EncodedScorer(encoding, Network(encoding.ColumnCount, 5, Activation.ReLU), lanes);
            for (int f = 0; f < 8; f++)
            {
                foreach (float infinity in new[] { float.PositiveInfinity, float.NegativeInfinity })
                {
                    float[] infinite = [.. rows], atBound = [.. rows];
                    (infinite[f], atBound[f]) = (infinity, infinity > 0 ? encoding.Upper[f] : encoding.Lower[f]);
                    Assert.Equal(scorer.Score(atBound), scorer.Score(infinite));
                }
            }
            // A unit that was only added to fill a vector has weights 0, and 0 times infinity must not reach the score.
            scorer = new EncodedScorer(unbounded, Network(4, 5, Activation.Tanh), lanes);
            var scores = new float[1];
            scorer.Score([float.PositiveInfinity, 0.3f], scores);
            Assert.True(float.IsFinite(scores[0]), $"{lanes} lanes");
            Assert.Equal(scores[0], scorer.Score([float.PositiveInfinity, 0.3f]));
        }
    }

    [Fact]
    public void ScoringAllocatesNothing()
    {
        (InputEncoding encoding, float[] rows) = Problem(20, 100);
        var scorer = new EncodedScorer(encoding, Network(encoding.ColumnCount, 16, Activation.ReLU));
        var scores = new float[100];
        int[] indices = [2, 5];
        float[] values = [0.5f, 1];
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                scorer.Score(rows, scores);
                scorer.Score(rows.AsSpan(0, 20));
                scorer.Score(indices, values);
            }
        }));
    }
}
