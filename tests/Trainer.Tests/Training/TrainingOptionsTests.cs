using Microsoft.ML;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests;

/// <summary>What each of the training options does to a network.</summary>
public class TrainingOptionsTests
{
    private readonly MLContext _ml = new(1);

    private static ShallowNetworkTrainer.Options Single(Action<ShallowNetworkTrainer.Options> change)
    {
        var options = new ShallowNetworkTrainer.Options { HiddenUnits = 12, NumberOfIterations = 40, Seed = 5 };
        change(options);
        return options;
    }

    private ShallowNetworkModelParameters Fit(ShallowNetworkTrainer.Options options) =>
        _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(TestRows.View(_ml)).Model;

    private static float[] All(ShallowNetworkModelParameters model) => [.. model.W1, .. model.B1, .. model.W2, model.B2];

    public static TheoryData<Solver> Solvers() => [.. Enum.GetValues<Solver>()];

    [Theory]
    [MemberData(nameof(Solvers))]
    public void EverySolverLearnsWhatNoLineCanPart(Solver solver)
    {
        ShallowNetworkModelParameters model = Fit(Single(o =>
            (o.Solver, o.HiddenUnits, o.Activation, o.NumberOfIterations) = (solver, 16, Activation.Tanh, solver == Solver.GradientDescent ? 2000 : 200)));
        TrainingHistory history = model.History;
        // Guessing the base rate costs ln 2 = 0.693; the rows are noiseless.
        Assert.InRange(history.Epochs[^1].TrainingLoss, 0, 0.15);
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void EverySolverGivesTheSameBitsOnAnyNumberOfThreads(Solver solver)
    {
        ShallowNetworkTrainer.Options options(int threads) => Single(o => (o.Solver, o.NumberOfIterations, o.NumberOfThreads) = (solver, 10, threads));
        Assert.Equal(All(Fit(options(1))), All(Fit(options(3))));
    }

    [Fact]
    public void L1MakesWeightsExactlyZero()
    {
        static int zeros(ShallowNetworkModelParameters model) => model.W1.ToArray().Count(w => w == 0);
        ShallowNetworkModelParameters with(double l1) => Fit(Single(o =>
            (o.Solver, o.Momentum, o.LearningRate, o.NumberOfIterations, o.L1Regularization) = (Solver.Sgd, 0, 0.1, 100, l1)));
        Assert.Equal(0, zeros(with(0)));
        ShallowNetworkModelParameters sparse = with(0.01);
        Assert.InRange(zeros(sparse), sparse.W1.Length / 4, sparse.W1.Length - 1);
    }

    [Theory]
    [InlineData(Solver.Sgd)]
    [InlineData(Solver.AdamW)]
    public void AClippingThatNeverClipsChangesNothingButRounding(Solver solver)
    {
        ShallowNetworkTrainer.Options options(double? clipping) => Single(o =>
            (o.Solver, o.NumberOfIterations, o.GradientClipping, o.L2Regularization) = (solver, 5, clipping, 0.01));
        float[] free = All(Fit(options(null))), limited = All(Fit(options(1e6)));
        for (int i = 0; i < free.Length; i++)
            Assert.Equal(free[i], limited[i], 1e-3f * Math.Max(1, Math.Abs(free[i])));
    }

    [Fact]
    public void ClippingShortensSteps()
    {
        // Plain SGD from the same network over one batch of all rows moves by α times the gradient.
        ShallowNetworkModelParameters start = ShallowNetworkModelParameters.FromNetworkParameters(
            NetworkInitializer.Draw(4, 12, Activation.Tanh, WeightInitialization.Auto, 3));
        double moved(double? clipping) => Math.Sqrt(All(Fit(Single(o =>
            (o.Solver, o.Momentum, o.LearningRate, o.BatchSize, o.NumberOfIterations, o.InitialModel, o.InputScaling, o.L2Regularization, o.GradientClipping) =
            (Solver.Sgd, 0, 0.1, 200, 1, start, InputScaling.None, 0, clipping)))).Zip(All(start), (a, b) => (double)(a - b) * (a - b)).Sum());
        Assert.True(moved(null) > 0.002);
        Assert.Equal(0.1 * 0.01, moved(0.01), 1e-5);
    }

    [Fact]
    public void SmoothingKeepsProbabilitiesFromTheEnds()
    {
        static double typical(ShallowNetworkModelParameters model) =>
            TestRows.Rows().Average(r => Math.Abs(model.Score(r.Features)));
        double sharp = typical(Fit(Single(o => (o.NumberOfIterations, o.L2Regularization) = (300, 0))));
        double smooth = typical(Fit(Single(o => (o.NumberOfIterations, o.L2Regularization, o.LabelSmoothing) = (300, 0, 0.2))));
        Assert.True(sharp > 4, $"Without smoothing a typical score is {sharp}.");
        Assert.InRange(smooth, 1.5, 3); // it aims at log(0.9 / 0.1) = 2.2
    }

    [Theory]
    [InlineData(0.3, 0)]
    [InlineData(0, 0.3)]
    public void DropoutChangesTrainingAndStillLearns(double input, double hidden)
    {
        ShallowNetworkModelParameters with(double i, double h) => Fit(Single(o =>
            (o.InputDropout, o.HiddenDropout, o.HiddenUnits, o.NumberOfIterations) = (i, h, 32, 100)));
        ShallowNetworkModelParameters plain = with(0, 0), dropped = with(input, hidden);
        Assert.NotEqual(All(plain), All(dropped));
        Assert.True(plain.History.Epochs[^1].TrainingLoss < dropped.History.Epochs[^1].TrainingLoss);
        double accuracy = TestRows.Rows(1000, seed: 3).Average(r => dropped.Score(r.Features) > 0 == r.Label ? 1.0 : 0);
        Assert.InRange(accuracy, 0.8, 1);
    }

    [Fact]
    public void PatienceEndsTraining()
    {
        ShallowNetworkTrainer.Options options = Single(o =>
            (o.HiddenUnits, o.NumberOfIterations, o.LearningRate, o.L2Regularization, o.Patience) = (64, 1000, 0.02, 0, 6));
        IDataView train = TestRows.View(_ml, 60), validation = _ml.Data.LoadFromEnumerable(TestRows.Rows(400, seed: 8));
        TrainingHistory history = _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(train, validation).Model.History;
        Assert.True(history.Epochs.Count < 1000);
        Assert.Equal(history.BestEpoch + 6, history.Epochs.Count);
    }

    [Fact]
    public void ScheduleReachesTheSteps()
    {
        ShallowNetworkModelParameters with(LearningRateSchedule schedule) => Fit(Single(o => o.LearningRateSchedule = schedule));
        float[][] ends = [.. Enum.GetValues<LearningRateSchedule>().Select(s => All(with(s)))];
        for (int i = 0; i < ends.Length; i++)
        {
            for (int k = 0; k < i; k++)
                Assert.NotEqual(ends[i], ends[k]);
        }
    }
}
