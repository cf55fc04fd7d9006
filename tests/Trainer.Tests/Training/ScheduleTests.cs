using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class ScheduleTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void ConstantStays() =>
        Assert.All(Enumerable.Range(1, 100), step => Assert.Equal(1, LearningRateSchedule.Constant.Factor(step, 100)));

    [Fact]
    public void CosineFallsFromOneToNearZero()
    {
        double[] factors = [.. Enumerable.Range(1, 100).Select(step => LearningRateSchedule.Cosine.Factor(step, 100))];
        Assert.Equal(1, factors[0], Tolerance);
        Assert.Equal(0.5, factors[50], Tolerance); // half way, cos(π/2)
        Assert.Equal((1 - Math.Cos(Math.PI / 100)) / 2, factors[99], Tolerance);
        Assert.All(factors.Zip(factors.Skip(1)), pair => Assert.True(pair.Second < pair.First));
    }

    [Fact]
    public void StepsBeyondTheLastKeepItsFactor() =>
        Assert.Equal(LearningRateSchedule.Cosine.Factor(100, 100), LearningRateSchedule.Cosine.Factor(107, 100));

    /// <summary>Of a stream, too, whose blocks hold less than a batch, so that there are more steps.</summary>
    [Theory]
    [InlineData(600, 100)]
    [InlineData(100, 600)]
    [InlineData(100, 100)]
    [InlineData(100, 70)]
    public void TheRateComesDownWithTheRowsThatHavePassed(int blockRows, int batchSize)
    {
        const int all = 600, epochs = 4;
        const double rate = 0.01;
        var settings = new TrainingSettings
        {
            HiddenUnits = 1,
            Activation = Activation.Tanh,
            Initialization = WeightInitialization.Auto,
            Solver = Solver.Sgd,
            Momentum = 0,
            Nesterov = false,
            LearningRate = rate,
            Schedule = LearningRateSchedule.Cosine,
            BatchSize = batchSize,
            Epochs = epochs,
            Seed = 1,
            Threads = 1,
        };
        // Of a feature that is always 0 the penalty alone changes the weight: by the rate times it.
        using var engine = new TrainingEngine(1, 1, Activation.Tanh, batchSize, 1) { L2 = 10, MeanWeight = 1 };
        float[] parameters = new float[engine.Layout.Count];
        int steps = (all + batchSize - 1) / batchSize, passed = 0;
        var batches = new MiniBatches(engine, settings, all, steps);
        var block = new DenseRows(1, new float[blockRows], new float[blockRows]);
        for (; passed < epochs * all; passed += blockRows)
        {
            parameters[engine.Layout.Panel(0)] = 1;
            engine.Load(parameters);
            batches.Train(block, [.. Enumerable.Range(0, blockRows)], blockRows);
            engine.Store(parameters);
            double expected = 1;
            for (int row = passed; row < passed + blockRows; row += batchSize)
                expected *= 1 - 10 * rate * settings.Schedule.Factor(1 + (long)row * steps / all, (long)epochs * steps);
            Assert.Equal(expected, parameters[engine.Layout.Panel(0)], 1e-5);
        }
    }
}
