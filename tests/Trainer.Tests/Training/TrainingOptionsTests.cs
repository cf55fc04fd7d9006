using Microsoft.ML;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>What each of the training options does to a network.</summary>
public class TrainingOptionsTests
{
    private readonly MLContext _ml = new(1);

    private static ShallowNetworkTrainer.Options Single(Action<ShallowNetworkTrainer.Options> change)
    {
        var options = new ShallowNetworkTrainer.Options
        {
            Members = 1,
            HiddenUnits = 12,
            FeatureEncoding = FeatureEncoding.None,
            ValidationFraction = 0,
            HiddenDropout = 0,
            Patience = int.MaxValue,
            NumberOfIterations = 40,
            Seed = 5,
        };
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
    public void DropoutChangesTrainingAndStillLearns()
    {
        ShallowNetworkModelParameters with(double dropout) => Fit(Single(o =>
            (o.HiddenDropout, o.HiddenUnits, o.NumberOfIterations) = (dropout, 32, 100)));
        ShallowNetworkModelParameters plain = with(0), dropped = with(0.3);
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
