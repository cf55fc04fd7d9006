using Microsoft.ML;
using Xunit;

namespace MlNetShallowNet.Tests.Trainer;

public class OptionsTests
{
    private sealed class BadName : IActivation
    {
        public string Name => "no good";

        public double Value(double z) => z;

        public double Derivative(double z) => 1;
    }

    public static TheoryData<string, Action<ShallowNetworkTrainer.Options>> Wrong() => new()
    {
        { "LabelColumnName", o => o.LabelColumnName = "" },
        { "FeatureColumnName", o => o.FeatureColumnName = " " },
        { "ExampleWeightColumnName", o => o.ExampleWeightColumnName = "" },
        { "HiddenUnits", o => o.HiddenUnits = 0 },
        { "HiddenUnits", o => o.HiddenUnits = 65_537 },
        { "Activation", o => o.Activation = null! },
        { "'no good'", o => o.Activation = new BadName() },
        { "Initialization", o => o.Initialization = (WeightInitialization)77 },
        { "Solver", o => o.Solver = (Solver)77 },
        { "InputScaling", o => o.InputScaling = (InputScaling)77 },
        { "LearningRate", o => o.LearningRate = 0 },
        { "LearningRate", o => o.LearningRate = -0.1 },
        { "LearningRate", o => o.LearningRate = double.NaN },
        { "LearningRate", o => o.LearningRate = double.PositiveInfinity },
        { "Momentum", o => o.Momentum = 1 },
        { "Momentum", o => o.Momentum = double.NaN },
        { "BatchSize", o => o.BatchSize = 0 },
        { "NumberOfIterations", o => o.NumberOfIterations = 0 },
        { "L2Regularization", o => o.L2Regularization = -1 },
        { "L2Regularization", o => o.L2Regularization = double.NaN },
        { "LearningRateSchedule", o => o.LearningRateSchedule = (LearningRateSchedule)9 },
        { "Beta1", o => o.Beta1 = 1 },
        { "Beta2", o => o.Beta2 = double.NaN },
        { "Epsilon", o => o.Epsilon = 0 },
        { "HiddenDropout", o => o.HiddenDropout = -0.1 },
        { "Patience", o => o.Patience = 0 },
        { "Tolerance", o => o.Tolerance = -1 },
        { "HiddenDropout", o => (o.Solver, o.HiddenDropout) = (Solver.Lbfgs, 0.2) },
        { "ValidationFraction", o => o.ValidationFraction = 1 },
        { "ValidationFraction", o => o.ValidationFraction = -0.1 },
        { "NumberOfThreads", o => o.NumberOfThreads = 0 },
        { "TimeBudgetSeconds", o => o.TimeBudgetSeconds = 0 },
        { "TimeBudgetSeconds", o => o.TimeBudgetSeconds = 1e9 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void AWrongOptionIsNamed(string named, Action<ShallowNetworkTrainer.Options> spoil)
    {
        var options = new ShallowNetworkTrainer.Options();
        spoil(options);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => new MLContext().BinaryClassification.Trainers.ShallowNetwork(options));
        Assert.Contains(named, error.Message);
    }

    [Fact]
    public void OptionsAreCopied()
    {
        var options = new ShallowNetworkTrainer.Options { HiddenUnits = 3, NumberOfIterations = 1 };
        var ml = new MLContext(1);
        ShallowNetworkTrainer trainer = ml.BinaryClassification.Trainers.ShallowNetwork(options);
        options.HiddenUnits = 7;
        Assert.Equal(3, trainer.Fit(TestRows.View(ml)).Model.HiddenUnits);
        Assert.Contains("hidden units 3", trainer.ToString());
    }
}
