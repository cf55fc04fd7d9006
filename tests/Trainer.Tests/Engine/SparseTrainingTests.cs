using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>Sparse rows train the network that the same rows, dense, train, though their steps touch only what occurs.</summary>
public class SparseTrainingTests
{
    [Theory]
    [InlineData("gradient descent", 1)]
    [InlineData("momentum", 1)]
    [InlineData("adam", 1)]
    [InlineData("gradient descent", 2)]
    [InlineData("momentum", 2)]
    [InlineData("adam", 2)]
    [InlineData("adam, betas 0.8 and 0.5", 1)]
    public void SparseAndDenseRowsTrainTheSameNetwork(string rule, int threads)
    {
        const int features = 700, steps = 40;
        var random = new Random(4);
        var starts = new List<int> { 0 };
        var indices = new List<int>();
        const int m = 300;
        var dense = new float[m * features];
        for (int i = 0; i < m; i++)
        {
            IEnumerable<int> words = Enumerable.Range(0, 6).Select(_ => (int)(features * random.NextDouble() * random.NextDouble()));
            int[] row = [.. words.Distinct().Order()];
            indices.AddRange(row);
            starts.Add(indices.Count);
            foreach (int d in row)
                dense[i * features + d] = 1;
        }
        float[] labels = [.. Enumerable.Range(0, m).Select(_ => (float)random.Next(2))];
        var sparseRows = new SparseRows(features, [.. starts], [.. indices], [.. indices.Select(_ => 1f)], labels);
        var denseRows = new DenseRows(features, dense, labels);
        float[] w1 = [.. Enumerable.Range(0, 20 * features).Select(_ => random.NextSingle() - 0.5f)];
        float[] w2 = [.. Enumerable.Range(0, 20).Select(_ => random.NextSingle() - 0.5f)];

        var results = new List<(float[] Parameters, double Loss)>();
        foreach (TrainingRows rows in new TrainingRows[] { sparseRows, denseRows })
        {
            using var engine = new TrainingEngine(features, 20, Activation.Tanh, 16, threads);
            engine.Load(w1, new float[20], w2, 0);
            UpdateRule solver = rule switch
            {
                "gradient descent" => new GradientDescent(0.5f),
                "momentum" => new Momentum(0.1f),
                "adam" => new Adam(0.01f),
                _ => new Adam(0.1f, 0.8f, 0.5f, 0.01f),
            };
            BatchLoss loss = default;
            var order = new Random(8);
            for (int step = 0; step < steps; step++)
            {
                loss += engine.Step(rows, (int[])[.. Enumerable.Range(0, 16).Select(_ => order.Next(m))], solver);
                if (step == 20)
                    loss += engine.Loss(rows); // looking in between changes nothing
                if (step == 30)
                    engine.Step(rows, solver); // more rows than a chunk has
            }
            results.Add((engine.Parameters.ToArray(), loss.Mean));
        }

        // Both compute the same sums in single precision; a difference of a rounding error in the beginning grows by the factor by which
        // the steps move the parameters, which in these 40 steps is less than 100.
        for (int i = 0; i < results[0].Parameters.Length; i++)
            Assert.Equal(results[1].Parameters[i], results[0].Parameters[i], 100 * steps * 6e-8);
        Assert.Equal(results[1].Loss, results[0].Loss, 100 * steps * 6e-8);
    }

    /// <summary>The first rows that an engine reads say where the features are cut in two; one that goes on reads others first.</summary>
    [Fact]
    public void GoingOnCutsTheFeaturesWhereTheyWereCut()
    {
        const int D = 640, H = 8;
        SparseRows first = Around(100), others = Around(500);
        Assert.NotEqual(FeatureSplit.Of(first, 32), FeatureSplit.Of(others, 32));
        float[] start = [.. Enumerable.Range(0, H * D).Select(k => MathF.Sin(k))];
        using TrainingEngine engine = New();
        engine.Load(start, new float[H], [.. start.Take(H)], 0);
        var rule = new Adam { LearningRate = 0.01f };
        engine.Step(first, rule);
        float[] parameters = engine.Parameters.ToArray();
        using TrainingEngine further = New();
        further.Load(parameters);
        var itsRule = new Adam { LearningRate = 0.01f };
        (ulong all, int ofRule, int split) = engine.Steps;
        further.GoOn(itsRule, all, ofRule, split);
        for (int k = 0; k < rule.State.Count; k++)
            rule.State[k].Span.CopyTo(itsRule.State[k].Span);
        for (int step = 0; step < 3; step++)
        {
            engine.Step(others, rule);
            further.Step(others, itsRule);
        }
        Assert.Equal(engine.Parameters.ToArray(), further.Parameters.ToArray());

        TrainingEngine New() => new(D, H, Activation.Tanh, 32, 1);

        SparseRows Around(int feature)
        {
            var random = new Random(feature);
            float[] values = new float[32 * D];
            for (int i = 0; i < 32; i++)
            {
                for (int k = 0; k < 40; k++)
                    values[i * D + Math.Clamp(feature + random.Next(-100, 100), 0, D - 1)] = random.NextSingle();
                values[i * D + random.Next(D)] = 1;
            }
            return EngineProblem.Sparse(D, values, [.. Enumerable.Range(0, 32).Select(i => i % 2f)], null);
        }
    }

    [Fact]
    public void WithAPenaltyOnTheGradientEveryRowIsUpdated()
    {
        var problem = new EngineProblem(50, 20, 6, Activation.Tanh, sparse: true);
        var results = new List<float[]>();
        foreach (TrainingRows rows in new[] { problem.Rows, problem.Dense })
        {
            using TrainingEngine engine = problem.Engine();
            engine.L2 = 0.1f;
            var rule = new GradientDescent(0.1f);
            for (int step = 0; step < 10; step++)
                engine.Step(rows, (int[])[step, step + 1, step + 20], rule);
            results.Add(engine.Parameters.ToArray());
        }
        for (int i = 0; i < results[0].Length; i++)
            Assert.Equal(results[1][i], results[0][i], 100 * 10 * 6e-8);
    }
}
