using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>Where sparse features are cut in two, the rounds over them, and rows of W1 that wait for long.</summary>
public class FeaturePartTests
{
    [Theory]
    [InlineData(0, 1000, 254)]
    [InlineData(640, 20_000, 254)]
    [InlineData(5, 6, 254)]
    [InlineData(0, 254, 254)]
    [InlineData(3, 1021, 7)]
    public void ARoundPassesOverEveryFeatureInTime(int from, int end, int longest)
    {
        var round = new FeatureRound(from, end, longest);
        var last = new Dictionary<int, int>();
        for (int step = 0; step < 3 * longest; step++)
        {
            (int first, int past) = round.Next();
            Assert.InRange(past - first, 1, round.Size);
            for (int feature = first; feature < past; feature++)
            {
                Assert.InRange(step - last.GetValueOrDefault(feature, -1), 1, longest);
                last[feature] = step;
            }
        }
        Assert.Equal(Enumerable.Range(from, end - from), last.Keys.Order());
    }

    [Fact]
    public void BothPartsAreAboutTheSameWork()
    {
        // Feature j occurs in every (j + 1)th row: few features have most of the non-zeros.
        const int features = 2000, m = 3000;
        var starts = new List<int> { 0 };
        var indices = new List<int>();
        for (int i = 0; i < m; i++)
        {
            indices.AddRange(Enumerable.Range(0, features).Where(j => i % (j + 1) == 0));
            starts.Add(indices.Count);
        }
        var rows = new SparseRows(features, [.. starts], [.. indices], new float[indices.Count], new float[m]);

        int split = FeatureSplit.Of(rows, 100);

        double[] work = [.. Enumerable.Range(0, features).Select(j => Math.Min(1, 100.0 / (j + 1)) + 0.3 * 100.0 / (j + 1))];
        Assert.Equal(0, split % 64);
        Assert.InRange(work[..split].Sum() / work.Sum(), 0.35, 0.65);
    }

    [Fact]
    public void FewFeaturesAreOnePart()
    {
        var problem = new EngineProblem(20, 50, 3, Activation.Tanh, sparse: true);
        Assert.Equal(50, FeatureSplit.Of((SparseRows)problem.Rows, 10));
    }

    [Theory]
    [InlineData("gradient descent", 1)]
    [InlineData("momentum", 1)]
    [InlineData("adam", 1)]
    [InlineData("adam", 2)]
    [InlineData("adamw", 2)]
    public void RowsThatWaitForHundredsOfStepsArriveWhereThoseDoThatNeverWait(string name, int threads)
    {
        const int features = 500, steps = 700;
        var random = new Random(3);
        int[] indices = [.. Enumerable.Range(0, 400).SelectMany(_ => new[] { random.Next(3), 3 + random.Next(features - 3) })];
        float[] labels = [.. Enumerable.Range(0, 400).Select(_ => (float)random.Next(2))];
        var rows = new SparseRows(
            features, [.. Enumerable.Range(0, 401).Select(i => 2 * i)], indices, [.. indices.Select(_ => random.NextSingle() + 0.5f)], labels);
        float[] w1 = [.. Enumerable.Range(0, 16 * features).Select(_ => random.NextSingle() - 0.5f)];
        float[] w2 = [.. Enumerable.Range(0, 16).Select(_ => random.NextSingle() - 0.5f)];

        float[] waiting = Train(look: false), never = Train(look: true);

        // Looking rounds the weights and the rule's state of every row in every step, waiting only now and then. Rounding errors of the
        // state count for as many steps as it remembers, 10 for both β1 and μ of 0.9; steps are of the size of the learning rate, 0.01.
        for (int i = 0; i < never.Length; i++)
            Assert.Equal(never[i], waiting[i], steps * 6e-8 + steps * 10 * 0.01 * 6e-8 * 10);

        float[] Train(bool look)
        {
            using var engine = new TrainingEngine(features, 16, Activation.Tanh, 2, threads) { L2 = name == "adamw" ? 0.1f : 0 };
            engine.Load(w1, new float[16], w2, 0);
            UpdateRule rule = name switch
            {
                "gradient descent" => new GradientDescent(0.01f),
                "momentum" => new Momentum(0.01f),
                "adam" => new Adam(0.01f),
                _ => new Adam(0.01f, decoupled: true),
            };
            var order = new Random(8);
            for (int step = 0; step < steps; step++)
            {
                engine.Step(rows, (int[])[order.Next(400), order.Next(400)], rule);
                if (look)
                    Assert.False(engine.Parameters.IsEmpty);
            }
            return engine.Parameters.ToArray();
        }
    }
}
