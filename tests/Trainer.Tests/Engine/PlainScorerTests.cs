using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

public class PlainScorerTests
{
    public static TheoryData<int, int> Shapes => new()
    {
        { 1, 1 }, { 2, 4 }, { 30, 16 }, { 3, 3 }, { 31, 8 }, { 7, 17 }, { 300, 40 }, { 129, 100 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryEntryPointGivesTheSameBitsAndTheTextbooksScores(int d, int h)
    {
        foreach (int lanes in EngineCalls.Lanes)
        {
            foreach (IActivation activation in new[] { Activation.Tanh, Activation.ReLU, Activation.Gelu })
            {
                var problem = new EngineProblem(61, d, h, activation, sparse: true);
                var scorer = new PlainScorer(problem.Network, lanes);
                float[] values = problem.Dense.Values;
                var batch = new float[61];
                scorer.Score(values, batch);
                Matrix<double> z2 = TextbookNetwork.Forward(problem.Network, problem.X).Z2;
                Matrix<double> bounds = new RoundingBounds(problem.Network, problem.X, problem.Y, null, 0).Z2;
                var sparse = (SparseRows)problem.Rows;
                for (int i = 0; i < batch.Length; i++)
                {
                    Assert.InRange(batch[i], z2[0, i] - bounds[0, i], z2[0, i] + bounds[0, i]);
                    Assert.Equal(batch[i], scorer.Score(values.AsSpan(i * d, d)));
                    int start = sparse.RowStarts[i], count = sparse.RowStarts[i + 1] - start;
                    Assert.Equal(batch[i], scorer.Score(sparse.Indices.AsSpan(start, count), sparse.Values.AsSpan(start, count)));
                }
                var part = new float[7];
                scorer.Score(values.AsSpan(5 * d, 7 * d), part);
                Assert.Equal(batch.AsSpan(5, 7).ToArray(), part);
            }
        }
    }

    [Fact]
    public void ScoringAllocatesNothing()
    {
        var problem = new EngineProblem(100, 30, 16, Activation.Tanh);
        var scorer = new PlainScorer(problem.Network);
        var scores = new float[100];
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                scorer.Score(problem.Dense.Values, scores);
                scorer.Score(problem.Dense.Values.AsSpan(0, 30));
            }
        }));
    }

    [Fact]
    public void NaNAndInfinityComeThrough()
    {
        var problem = new EngineProblem(20, 9, 5, Activation.Tanh);
        foreach (IActivation activation in Activation.BuiltIn)
        {
            var scorer = new PlainScorer(Of(problem, activation));
            float[] rows = [.. problem.Dense.Values];
            rows[4] = float.NaN;
            var scores = new float[20];
            scorer.Score(rows, scores);
            Assert.True(float.IsNaN(scores[0]), activation.Name);
            Assert.True(float.IsNaN(scorer.Score(rows.AsSpan(0, 9))), activation.Name);
            Assert.All(scores[1..], score => Assert.True(float.IsFinite(score)));
        }
        var bounded = new PlainScorer(problem.Network);
        float[] infinite = problem.Dense.Values[..9];
        infinite[0] = float.PositiveInfinity;
        Assert.True(float.IsFinite(bounded.Score(infinite)));
    }

    private static NetworkParameters Of(EngineProblem problem, IActivation activation) =>
        new(problem.Network.W1, problem.Network.B1, problem.Network.W2, problem.Network.B2, activation);
}
