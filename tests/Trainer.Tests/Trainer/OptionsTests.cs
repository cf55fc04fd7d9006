using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Options;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests;

public class OptionsTests
{
    private sealed class BadName : IActivation
    {
        public string Name => "no good";

        public double Value(double z) => z;

        public double Derivative(double z) => 1;
    }

    private sealed class Cube : IActivation
    {
        public string Name => "cube-of-options-tests";

        public double Value(double z) => z * z * z;

        public double Derivative(double z) => 3 * z * z;
    }

    public static TheoryData<string, Action<ShallowNetworkTrainer.Options>> Wrong() => new()
    {
        { "LabelColumnName", o => o.LabelColumnName = "" },
        { "FeatureColumnName", o => o.FeatureColumnName = " " },
        { "ExampleWeightColumnName", o => o.ExampleWeightColumnName = "" },
        { "HiddenUnits", o => o.HiddenUnits = 0 },
        { "HiddenUnits", o => o.HiddenUnits = 65_537 },
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
        { "from 1 to 1,024", o => o.NumberOfThreads = 1_025 },
        { "LabelColumnName", o => o.LabelColumnName = null! },
        { "Members", o => (o.Members, o.InitialModel) = (2, new ShallowNetworkModelParameters(Activation.Tanh, 1, [1], [0], [1], 0)) },
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
        Assert.Contains("HiddenUnits=3", trainer.ToString());
    }

    [Fact]
    public void EveryOptionHasARule() => Assert.Equal(
        typeof(ShallowNetworkTrainer.Options).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal),
        OptionRules.All.Select(r => r.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void DocumentationHasTheTableOfRules()
    {
        IEnumerable<string> rows = OptionRules.All.Select(rule => $"| `{rule.Name}` | {rule.Purpose} | {rule.Range} | {rule.Default} |");
        string table = string.Join('\n', (string[])["| option | what it is for | range | default |", "|---|---|---|---|", .. rows]);
        Assert.Contains(table, File.ReadAllText(Path.Combine(Repository.Root, "docs", "options.md")));
    }

    [Fact]
    public void TextsOfOptionsSetThemAgain()
    {
        ShallowNetworkTrainer.Options best = ShallowNetworkTrainer.Options.Best(), again = new();
        (best.Activation, best.LearningRate, best.Shuffle, best.Seed) = (Activation.Gelu, 1 / 3.0, false, -5);
        foreach ((string name, string text) in OptionTable.Texts(best))
        {
            if (!name.EndsWith("ColumnName", StringComparison.Ordinal))
                again.Set(name.ToUpperInvariant(), text);
        }

        Assert.Equal(best.ToString(), again.ToString());
        Assert.Equal(best.LearningRate, again.LearningRate);
        Assert.Equal((16, true, Activation.Gelu, false, -5), (again.Members, again.BagTrees, again.Activation, again.Shuffle, again.Seed));
    }

    [Theory]
    [InlineData(" small-normal ")]
    [InlineData("SMALLNORMAL")]
    public void NamesAreTakenHoweverTheyAreWritten(string text)
    {
        var options = new ShallowNetworkTrainer.Options();
        options.Set("Initialization", text);
        Assert.Equal(WeightInitialization.SmallNormal, options.Initialization);
    }

    [Fact]
    public void AnActivationOfOnesOwnIsSetByItsName()
    {
        var own = new Cube();
        Activation.Register(own);
        ShallowNetworkTrainer.Options options = new() { Activation = own }, again = new();
        again.Set("Activation", OptionTable.Texts(options)["Activation"]);
        Assert.Same(own, again.Activation);
    }

    [Theory]
    [InlineData("Wings", "2", "no option 'Wings'")]
    [InlineData("Members", "two", "a whole number")]
    [InlineData("Solver", "Newton", "GradientDescent")]
    [InlineData("Solver", "-1", "GradientDescent")]
    [InlineData("Solver", "+2", "GradientDescent")]
    [InlineData("Solver", "Adam,Sgd", "GradientDescent")]
    [InlineData("Shuffle", "maybe", "true or false")]
    [InlineData("Activation", "cube", "leaky-relu")]
    [InlineData("Progress", "x", "can't be given as text")]
    public void ATextThatIsNoValueIsTold(string name, string text, string told) =>
        Assert.Contains(told, Assert.Throws<ArgumentException>(() => new ShallowNetworkTrainer.Options().Set(name, text)).Message);

    [Fact]
    public void ANetworkBeyondAllMeasureIsRefusedBeforeItIsMade()
    {
        var ml = new MLContext(1);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(TestRows.SparseRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1 << 20);
        IDataView wide = ml.Data.LoadFromEnumerable(Array.Empty<TestRows.SparseRow>(), schema);
        ArgumentException error = Assert.Throws<ArgumentException>(() => ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 65_536).Fit(wide));
        Assert.Contains("at most 256 hidden units", error.Message);
    }

    [Fact]
    public void ANetworkThatIsTooLargeOnceFeaturesAreEncodedIsRefused()
    {
        var ml = new MLContext(1);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(TestRows.Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1000);
        var random = new Random(1);
        IDataView data = ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 200).Select(i => new TestRows.Row { Label = i % 2 == 0, Features = [.. Enumerable.Range(0, 1000).Select(_ => random.NextSingle())] }).ToArray(), schema);
        var options = new ShallowNetworkTrainer.Options { HiddenUnits = 65_536, Members = 1, EncodingIntervals = 64 };
        ArgumentException error = Assert.Throws<ArgumentException>(() => ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(data));
        Assert.Contains("65,536 hidden units on 65,000 columns of encoded features", error.Message);
        Assert.Contains("at most 4,129 hidden units", error.Message);
    }

    public static TheoryData<string, bool, Action<ShallowNetworkTrainer.Options>> Effects() => new()
    {
        { "BagTrees", true, o => o.BagTrees = true },
        { "BagTrees", false, o => (o.BagTrees, o.HiddenUnits) = (true, 64) },
        { "BagTrees", false, o => (o.BagTrees, o.ValidationFraction) = (true, 0) },
        { "InputScaling", true, o => o.InputScaling = InputScaling.None },
        { "InputScaling", false, o => (o.InputScaling, o.FeatureEncoding) = (InputScaling.None, FeatureEncoding.PiecewiseLinear) },
        { "KeepBaseRate", true, o => (o.KeepBaseRate, o.PositiveClassWeight) = (false, 2) },
        { "KeepBaseRate", true, o => (o.KeepBaseRate, o.ClassWeighting) = (false, ClassWeighting.Balanced) },
        { "KeepBaseRate", false, o => o.KeepBaseRate = false },
        { "Calibrate", true, o => o.Calibrate = false },
        { "Calibrate", false, o => (o.Calibrate, o.ValidationFraction) = (false, 0) },
        { "Calibrate", false, o => (o.Calibrate, o.Solver) = (false, Solver.Lbfgs) },
        { "Shuffle", true, o => o.Shuffle = false },
        { "Shuffle", false, o => (o.Shuffle, o.Solver) = (false, Solver.Lbfgs) },
        { "Shuffle", false, o => (o.Shuffle, o.Solver) = (false, Solver.GradientDescent) },
    };

    [Theory]
    [MemberData(nameof(Effects))]
    public void WhatHasNoEffectBesideTheOthersIsTold(string name, bool hasEffect, Action<ShallowNetworkTrainer.Options> set)
    {
        var options = new ShallowNetworkTrainer.Options();
        set(options);
        TrainingSettings plan = Plan.Make(options, new DataShape(1_000, 20, 20, false), null, seed: 1);
        string[] told = [.. OptionRules.WithoutEffect(options, plan)];
        Assert.Equal(!hasEffect, told.Any(line => line.StartsWith($"{name} has no effect: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void WithRowsToJudgeByNothingIsLeftOutToCalibrateBy()
    {
        var ml = new MLContext(1);
        ConcurrentQueue<string> lines = LogLines.Of(ml);
        IDataView data = TestRows.View(ml);
        var options = new ShallowNetworkTrainer.Options { Calibrate = false, HiddenUnits = 2, NumberOfIterations = 1 };
        ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(data);
        Assert.DoesNotContain(lines, line => line.Contains("Calibrate"));
        ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(data, data);
        Assert.Contains(lines, line => line.Contains("Calibrate has no effect"));
    }

    [Fact]
    public void WhatHasNoEffectIsLogged()
    {
        var ml = new MLContext(1);
        ConcurrentQueue<string> lines = LogLines.Of(ml);
        var options = new ShallowNetworkTrainer.Options { Momentum = 0.5, HiddenUnits = 2, NumberOfIterations = 1, EncodingIntervals = 3, FeatureEncoding = FeatureEncoding.None, Beta1 = 0.8 };
        ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(TestRows.View(ml));
        Assert.Contains(lines, line => line.Contains("Momentum has no effect: the solver is Adam"));
        Assert.Contains(lines, line => line.Contains("EncodingIntervals has no effect"));
        Assert.DoesNotContain(lines, line => line.Contains("Beta1"));
    }

    [Fact]
    public void AModelSaysHowItWasMade()
    {
        var ml = new MLContext(8);
        ShallowNetworkModelParameters model = ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 3, numberOfIterations: 4).Fit(TestRows.View(ml)).Model;
        var again = new ShallowNetworkTrainer.Options();
        foreach ((string name, string text) in model.Provenance!.Options.Where(o => !o.Key.EndsWith("ColumnName", StringComparison.Ordinal)))
            again.Set(name, text);
        var other = new MLContext();
        Assert.Equal(model.W1.ToArray(), other.BinaryClassification.Trainers.ShallowNetwork(again).Fit(TestRows.View(other)).Model.W1.ToArray());
        Assert.Equal("5.0.1", model.Provenance.Versions["Microsoft.ML"][..5]);
    }
}
