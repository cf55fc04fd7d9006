using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>What ML.NET offers for its own trainers alone, and what does the same with ours: docs/models.md has the list.</summary>
public class UnsupportedTests
{
    private static MLContext Ml => Subjects.Ml;

    [Theory]
    [InlineData("FeatureContributionCalculation")]
    [InlineData("ChangeModelThreshold")]
    [InlineData("OneVersusAll")]
    [InlineData("PairwiseCoupling")]
    [InlineData("PermutationFeatureImportanceNonCalibrated")]
    public void ThePageListsItWithWhatToUseInstead(string name)
    {
        string row = File.ReadLines(Path.Combine(Repository.Root, "docs", "models.md")).Single(line => line.StartsWith($"| `{name}`", StringComparison.Ordinal));
        Assert.True(row.Split('|')[^2].Trim().Length > 20, row);
    }

    [Fact]
    public void FeatureContributionCalculationTakesModelsOfMlNetsAlone()
    {
        Assert.False(typeof(ISingleFeaturePredictionTransformer<ICalculateFeatureContribution>).IsAssignableFrom(typeof(ShallowNetworkTransformer)));
        Assert.False(DerivesFrom(typeof(ShallowNetworkModelParameters), typeof(CalibratedModelParametersBase<,>)));

        ShallowNetworkModelParameters model = Subjects.Trainer.Fit(Subjects.Data).Model;
        float[] row = [0.5f, -0.5f, 1010, 0.001f], average = [0, 0, 1000, 0];
        // The parts are in double precision, the scores in single.
        Assert.Equal(model.Score(row) - model.Score(average), model.Contributions(row, average).Sum(), 1e-4);
    }

    [Fact]
    public void ChangeModelThresholdTakesTransformersOfMlNetsAlone()
    {
        Assert.False(DerivesFrom(typeof(ShallowNetworkTransformer), typeof(BinaryPredictionTransformer<>)));

        var trainer = Ml.BinaryClassification.Trainers.ShallowNetwork(
            new ShallowNetworkTrainer.Options { HiddenUnits = 8, Members = 1, NumberOfIterations = 20, Seed = 1 });
        ITransformer model = trainer.Append(Ml.Transforms.Expression("PredictedLabel", "p => p > 0.3f", "Probability")).Fit(Subjects.Data);
        foreach (ITransformer either in (ITransformer[])[model, Subjects.Reload(model, Subjects.Data.Schema)])
        {
            IDataView scored = either.Transform(Subjects.Data);
            float[] probabilities = [.. scored.GetColumn<float>("Probability")];
            Assert.Equal(probabilities.Select(p => p > 0.3f), scored.GetColumn<bool>("PredictedLabel"));
            Assert.NotEqual(probabilities.Select(p => p > 0.5f), scored.GetColumn<bool>("PredictedLabel"));
        }
    }

    [Fact]
    public void OneVersusAllTakesTrainersOfMlNetsAloneAndPairwiseCouplingRefusesOthers()
    {
        Assert.DoesNotContain(typeof(ShallowNetworkTrainer).GetInterfaces(), of => of.IsGenericType && of.GetGenericTypeDefinition() == typeof(ITrainerEstimator<,>)
            && DerivesFrom(of.GetGenericArguments()[0], typeof(BinaryPredictionTransformer<>)));
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Ml.MulticlassClassification.Trainers.PairwiseCoupling(Subjects.Trainer));
        Assert.Contains("does not appear to produce the right kind of model", error.Message);
    }

    [Fact]
    public void SeveralClassesAreANetworkForEach()
    {
        string[] classes = ["left", "middle", "right"];
        ShallowNetworkModelParameters[] networks = [.. classes.Select(name =>
            Ml.BinaryClassification.Trainers.ShallowNetwork(new ShallowNetworkTrainer.Options { HiddenUnits = 8, Seed = 1 }).Fit(
                Ml.Data.LoadFromEnumerable(Draw().Select(kind => new TestRows.Row { Features = kind.Features, Label = kind.Name == name }).ToArray())).Model)];
        int right = Draw().Count(kind => classes[Array.IndexOf(networks, networks.MaxBy(network => network.Score(kind.Features)))] == kind.Name);
        Assert.InRange(right, 0.95 * Draw().Length, Draw().Length);
    }

    [Theory]
    [MemberData(nameof(Subjects.Own), MemberType = typeof(Subjects))]
    public void PermutationFeatureImportanceNonCalibratedFailsAndTheTypedOneWorks(string subject)
    {
        ITransformer model = Subjects.Model(subject);
        Assert.ThrowsAny<Exception>(() => Ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, model.Transform(Subjects.Data)));

        ShallowNetworkTransformer typed = Ml.Model.FindShallowNetworks(model).Single();
        Assert.Equal(4, Ml.BinaryClassification.PermutationFeatureImportance(typed, typed.Transform(Subjects.Data)).Length);
    }

    private static bool DerivesFrom(Type type, Type definition)
    {
        for (Type? of = type; of is not null; of = of.BaseType)
        {
            if (of.IsGenericType && of.GetGenericTypeDefinition() == definition)
                return true;
        }
        return false;
    }

    /// <summary>A kind by where the first feature lies.</summary>
    private static Kind[] Draw() =>
        [.. TestRows.Rows().Select(row => new Kind { Features = row.Features, Name = row.Features[0] < -0.3f ? "left" : row.Features[0] > 0.3f ? "right" : "middle" })];

    private sealed class Kind
    {
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = "";
    }
}
