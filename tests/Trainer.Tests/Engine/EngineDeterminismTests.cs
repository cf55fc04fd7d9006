using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>Same bits at any number of threads, and no allocation per step.</summary>
public class EngineDeterminismTests
{
    [Theory]
    [InlineData(false, "tanh", 0, 0.001)]
    [InlineData(false, "gelu", 0, 0)]
    [InlineData(true, "relu", 0, 0.001)]
    [InlineData(true, "silu", 0, 0)] // without a penalty, sparse rows are left behind and caught up with
    [InlineData(false, "relu", 0.3, 0)]
    [InlineData(true, "tanh", 0.3, 0)]
    public void ThreadsDoNotChangeABit(bool sparse, string activation, double dropout, double l2)
    {
        int features = sparse ? 200 : 40; // enough for two parts
        var problem = new EngineProblem(1100, features, 50, Activation.ByName(activation), sparse, weighted: true);
        float[]? expected = null;
        double expectedLoss = 0;
        foreach (int threads in new[] { 1, 2, 3, 4, 8 })
        {
            using TrainingEngine engine = problem.Engine(batch: 500, threads);
            engine.L2 = (float)l2;
            engine.Dropout = new Dropout((float)dropout, 7);
            double loss = TrainThreeEpochs(engine, problem.Rows);
            if (expected is null)
                (expected, expectedLoss) = (engine.Parameters.ToArray(), loss);
            Assert.Equal(expected, engine.Parameters.ToArray());
            Assert.Equal(expectedLoss, loss);
        }
    }

    [Theory]
    [InlineData(0, 0, 0.001)]
    [InlineData(0, 0.3, 0)]
    [InlineData(200, 0, 0.001)]
    [InlineData(200, 0, 0)] // other columns are left behind and caught up with, while those of knots are not
    [InlineData(200, 0.3, 0)]
    public void ThreadsDoNotChangeABitOfEncodedRows(int others, double dropout, double l2)
    {
        var problem = new EncodedProblem(1100, [.. Enumerable.Range(2, 20)], others, 50, Activation.ReLU, weighted: true);
        float[]? expected = null;
        double expectedLoss = 0;
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            using TrainingEngine engine = problem.Engine(batch: 500, threads);
            engine.L2 = (float)l2;
            engine.Dropout = new Dropout((float)dropout, 7);
            double loss = TrainThreeEpochs(engine, problem.Rows);
            float[] network = new float[engine.Layout.Count];
            engine.Store(network);
            float[] all = [.. engine.Parameters, .. network];
            if (expected is null)
                (expected, expectedLoss) = (all, loss);
            Assert.Equal(expected, all);
            Assert.Equal(expectedLoss, loss);
        }
    }

    // By steps on batches of 500 and of all rows; the sum of all losses.
    private static double TrainThreeEpochs(TrainingEngine engine, TrainingRows rows)
    {
        var rule = new Adam(0.01f);
        double loss = 0;
        for (int epoch = 0; epoch < 3; epoch++)
        {
            int[] order = [.. Enumerable.Range(0, rows.Count)];
            new Random(epoch).Shuffle(order);
            for (int start = 0; start < order.Length; start += 500)
                loss += engine.Step(rows, ((RowSelection)order).Slice(start, Math.Min(500, order.Length - start)), rule).WeightedLoss;
            loss += engine.Step(rows, rule).WeightedLoss + engine.Loss(rows).WeightedLoss;
        }
        return loss;
    }

    [Fact]
    public void EncodedRowsThatWaitArriveWhereThoseDoThatNeverWait()
    {
        // Looking at the parameters after every step brings all of them to the present.
        var problem = new EncodedProblem(60, [5, 3], 400, 20, Activation.Tanh, seed: 2);
        var results = new List<float[]>();
        foreach (bool look in new[] { true, false })
        {
            using TrainingEngine engine = problem.Engine(batch: 4);
            var rule = new Adam(0.01f);
            var order = new Random(8);
            for (int step = 0; step < 300; step++)
            {
                engine.Step(problem.Rows, (int[])[order.Next(60), order.Next(60)], rule);
                if (look)
                    Assert.False(engine.Parameters.IsEmpty);
            }
            results.Add(engine.Parameters.ToArray());
        }
        // As in FeaturePartTests: rounding of state that remembers 10 steps of 0.01, in each of 300 steps.
        for (int i = 0; i < results[0].Length; i++)
            Assert.Equal(results[0][i], results[1][i], 300 * 6e-8 + 300 * 10 * 0.01 * 6e-8 * 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void StepsOnEncodedRowsAllocateNothing(int others)
    {
        var problem = new EncodedProblem(900, [9, 5, 17, 3], others, 64, Activation.Gelu, weighted: true);
        using TrainingEngine engine = problem.Engine(batch: 300, threads: 2);
        engine.Dropout = new Dropout(0.1f, 1);
        AssertStepsAllocateNothing(engine, problem.Rows);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 2)]
    public void StepsAllocateNothing(bool sparse, int threads)
    {
        var problem = new EngineProblem(900, 30, 64, Activation.Gelu, sparse, weighted: true);
        using TrainingEngine engine = problem.Engine(batch: 300, threads);
        engine.Dropout = new Dropout(0.1f, 1);
        AssertStepsAllocateNothing(engine, problem.Rows);
    }

    private static void AssertStepsAllocateNothing(TrainingEngine engine, TrainingRows rows)
    {
        var rule = new Adam();
        int[] order = [.. Enumerable.Range(0, 900)];
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 5; i++)
                Epoch();
        }));

        void Epoch()
        {
            for (int start = 0; start < order.Length; start += 300)
                engine.Step(rows, ((RowSelection)order).Slice(start, 300), rule);
            engine.Loss(rows);
        }
    }

    [Fact]
    public void AFailureOnAnyThreadReachesTheCaller()
    {
        var problem = new EngineProblem(2000, 40, 50, new Failing());
        using TrainingEngine engine = problem.Engine(batch: 2000, threads: 3);
        Failing.Fail = true;
        try
        {
            Assert.Throws<InvalidOperationException>(() => engine.Step(problem.Rows, new Adam()));
        }
        finally
        {
            Failing.Fail = false;
        }
        Assert.True(double.IsFinite(engine.Step(problem.Rows, new Adam()).Mean));
    }

    private sealed class Failing : IActivation
    {
        public static bool Fail { get; set; }

        public string Name => "failing";

        public double Value(double z) => Fail ? throw new InvalidOperationException("No value today.") : z;

        public double Derivative(double z) => 1;
    }
}
