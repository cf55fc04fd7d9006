using Microsoft.Extensions.Time.Testing;
using Microsoft.ML;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Training that is ended early, or whose rows change under way.</summary>
public class CancellationTests
{
    private readonly MLContext _ml = new(1);

    // One that tells when it is called, which is in the midst of a step.
    private sealed class Watched(Action called) : IActivation
    {
        public string Name => "watched";

        public double Value(double z)
        {
            called();
            return Math.Tanh(z);
        }

        public double Derivative(double z) => 1 - Math.Tanh(z) * Math.Tanh(z);
    }

    private sealed class Reports(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }

    private static ShallowNetworkTrainer.Options Small(int members, Action<ShallowNetworkTrainer.Options>? change = null)
    {
        var options = new ShallowNetworkTrainer.Options
        {
            Members = members,
            HiddenUnits = 5 * members,
            LearningRateSchedule = LearningRateSchedule.Constant,
            Patience = int.MaxValue,
            NumberOfIterations = 6,
            NumberOfThreads = 1,
            Seed = 3,
        };
        change?.Invoke(options);
        return options;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void CancelledBeforeAnEpochEndsThereIsNothingToGive(int members)
    {
        using var source = new CancellationTokenSource();
        int calls = 0;
        ShallowNetworkTrainer.Options options = Small(members, o => o.CancellationToken = source.Token);
        options.Activation = new Watched(() =>
        {
            if (++calls == 500)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(TestRows.View(_ml)));
    }

    [Fact]
    public void CancelledBeforeItBeginsToo()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        ShallowNetworkTrainer.Options options = Small(1, o => o.CancellationToken = source.Token);
        Assert.Throws<OperationCanceledException>(() => _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(TestRows.View(_ml)));
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.5)]
    public void ATimeBudgetThatIsTooShortForAnEpochIsToldOf(double seconds)
    {
        FakeTimeProvider clock = new();
        ShallowNetworkTrainer.Options options = Small(1, o => (o.TimeBudgetSeconds, o.Clock) = (seconds, clock));
        options.Activation = new Watched(() => clock.Advance(TimeSpan.FromSeconds(1)));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(TestRows.View(_ml)));
        Assert.Contains($"time budget of {seconds} s", error.Message);
        Assert.Contains("over 200 rows", error.Message);
        Assert.Contains("Give more time", error.Message);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, null)]
    [InlineData(1, 1000.0)]
    public void WhatTheCallersOwnProgressThrowsIsTheCallersToSee(int members, double? budget)
    {
        var thrown = new OperationCanceledException("of the caller's own");
        ShallowNetworkTrainer.Options options = Small(
            members, o => (o.TimeBudgetSeconds, o.NumberOfThreads, o.Progress) = (budget, 2, new Reports(_ => throw thrown)));
        Assert.Same(thrown, Assert.Throws<OperationCanceledException>(
            () => _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(TestRows.View(_ml))));
    }

    [Fact]
    public void CancelledInTheMidstOfAnEpochTheLastFinishedOneIsKept()
    {
        using var source = new CancellationTokenSource();
        bool isThird = false;
        var activation = new Watched(() =>
        {
            if (isThird)
                source.Cancel();
        });
        var progress = new Reports(p => isThird = p.Epoch == 2);
        ShallowNetworkModelParameters Fit(Action<ShallowNetworkTrainer.Options> change) => _ml.BinaryClassification.Trainers.ShallowNetwork(
            Small(1, o =>
            {
                (o.Activation, o.ValidationFraction) = (activation, 0);
                change(o);
            })).Fit(TestRows.View(_ml)).Model;

        ShallowNetworkModelParameters two = Fit(o => o.NumberOfIterations = 2);
        ShallowNetworkModelParameters cancelled = Fit(o => (o.Progress, o.CancellationToken) = (progress, source.Token));
        Assert.True(cancelled.History.WasCancelled);
        Assert.Equal(two.History.Epochs, cancelled.History.Epochs);
        Assert.Equal(2, cancelled.History.BestEpoch);
        Assert.Equal(two.W1.ToArray(), cancelled.W1.ToArray());
        Assert.Equal(two.B2, cancelled.B2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AStreamThatIsCancelledInTheMidstKeepsTheLastFinishedEpoch(int members)
    {
        DenseRows rows = TrainingProblem.Dense();
        TrainedNetwork Train(int epochs, int cancelIn)
        {
            using var source = new CancellationTokenSource();
            var stream = new WatchedStream(rows, 100, (epoch, first) =>
            {
                if (epoch == cancelIn && first == 300)
                    source.Cancel();
            });
            return TrainingProblem.Train(
                TrainingProblem.Streamed(stream, rows), Small(members, o => (o.NumberOfIterations, o.CancellationToken) = (epochs, source.Token)));
        }

        TrainedNetwork cancelled = Train(6, cancelIn: 3), two = Train(2, cancelIn: 0);
        Assert.True(cancelled.History.WasCancelled);
        Assert.Equal(two.History.Epochs, cancelled.History.Epochs);
        Assert.Equal(TrainingProblem.All(two), TrainingProblem.All(cancelled));
        Assert.Throws<OperationCanceledException>(() => Train(6, cancelIn: 1));
    }

    [Theory]
    [InlineData(Solver.GradientDescent)]
    [InlineData(Solver.Lbfgs)]
    public void SolversOfAllRowsTakeNoStream(Solver solver)
    {
        DenseRows rows = TrainingProblem.Dense();
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => TrainingProblem.Train(TrainingProblem.Data(rows, blockRows: 100), Small(1, o => o.Solver = solver)));
        Assert.Contains("600 rows in memory", error.Message);
    }
}
