using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>Permutation importance by the names of slots.</summary>
public class PermutationImportanceTests
{
    private static MLContext Ml => Subjects.Ml;

    private static IDataView Data { get; } = Ml.Data.LoadFromEnumerable(TestRows.Rows(400).Select(row => new Named
    {
        Label = row.Label,
        First = row.Features[0],
        Second = row.Features[1],
        Noise = row.Features[2],
    }).ToArray());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheFeaturesThatTellTheLabelMatterAndTheNoiseDoesNot(bool isLoaded)
    {
        ITransformer model = Ml.Transforms.Concatenate("Features", "First", "Second", "Noise")
            .Append(Ml.BinaryClassification.Trainers.ShallowNetwork(new ShallowNetworkTrainer.Options { HiddenUnits = 16, NumberOfIterations = 100, Seed = 1 })).Fit(Data);
        if (isLoaded)
            model = Subjects.Reload(model, Data.Schema);
        ImmutableDictionary<string, BinaryClassificationMetricsStatistics> changes = Ml.BinaryClassification.PermutationFeatureImportanceBySlot(model, Data);
        Assert.Equal(["First", "Noise", "Second"], changes.Keys.Order());
        foreach (string told in (string[])["First", "Second"])
        {
            // The label is whether both have the same sign: without one of them nothing is known.
            Assert.InRange(changes[told].AreaUnderRocCurve.Mean, -0.6, -0.35);
            Assert.InRange(changes[told].AreaUnderRocCurve.StandardError, 1e-6, 0.03);
            Assert.Equal(5, changes[told].AreaUnderRocCurve.Count);
        }
        Assert.InRange(changes["Noise"].AreaUnderRocCurve.Mean, -0.05, 0.05);
    }

    /// <summary>What stands behind a network changes nothing of what it relies on, also where it makes columns of the same names or drops them.</summary>
    [Fact]
    public void WhatStandsBehindTheNetworkIsNotMeasured()
    {
        ITransformer network = Ml.Transforms.Concatenate("Features", "First", "Second", "Noise").Append(Subjects.Trainer).Fit(Data);
        IDataView scored = network.Transform(Data);
        IEstimator<ITransformer> stacked = Ml.Transforms.CopyColumns("NetworkScore", "Score")
            .Append(Ml.Transforms.Concatenate("Features", "Noise", "Second", "NetworkScore")).Append(Subjects.InBoxTrainer);
        ImmutableDictionary<string, BinaryClassificationMetricsStatistics> alone = Measured(network);
        foreach (IEstimator<ITransformer> behind in (IEstimator<ITransformer>[])[stacked, Ml.Transforms.SelectColumns("Score", "Probability")])
        {
            ImmutableDictionary<string, BinaryClassificationMetricsStatistics> changes = Measured(network.Append(behind.Fit(scored)));
            Assert.Equal(["First", "Noise", "Second"], changes.Keys.Order());
            Assert.All(changes, change => Assert.Equal(alone[change.Key].AreaUnderRocCurve.Mean, change.Value.AreaUnderRocCurve.Mean));
        }

        // Contexts of the same seed, so that the same rows change places.
        static ImmutableDictionary<string, BinaryClassificationMetricsStatistics> Measured(ITransformer model) =>
            new MLContext(1).BinaryClassification.PermutationFeatureImportanceBySlot(model, Data, permutationCount: 1);
    }

    [Fact]
    public void SlotsWithoutANameOrWithTheNameOfAnotherAreToldApart()
    {
        ITransformer unnamed = Subjects.Trainer.Fit(Subjects.Data);
        Assert.Equal(
            ["Features[0]", "Features[1]", "Features[2]", "Features[3]"],
            Ml.BinaryClassification.PermutationFeatureImportanceBySlot(unnamed, Subjects.Data, permutationCount: 1).Keys.Order());

        ITransformer twice = Ml.Transforms.Concatenate("Features", "First", "First", "Noise").Append(Subjects.Trainer).Fit(Data);
        Assert.Equal(["First", "First'", "Noise"], Ml.BinaryClassification.PermutationFeatureImportanceBySlot(twice, Data, permutationCount: 1).Keys.Order());
    }

    [Fact]
    public void SparseFeaturesAreShuffledToo()
    {
        IDataView data = Ml.Data.LoadFromEnumerable(TestRows.SparseRows());
        ITransformer model = Ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 8, numberOfIterations: 60).Fit(data);
        ImmutableDictionary<string, BinaryClassificationMetricsStatistics> changes =
            Ml.BinaryClassification.PermutationFeatureImportanceBySlot(model, data, permutationCount: 2);
        Assert.Equal(40, changes.Count);
        Assert.InRange(changes.Values.Average(change => change.AreaUnderRocCurve.Mean), -0.2, -0.001);
    }

    [Fact]
    public void WhatIsWrongIsSaid()
    {
        ShallowNetworkTransformer network = Subjects.Trainer.Fit(Subjects.Data);
        ITransformer two = network.Append(network);
        Assert.Contains("holds 2 two-layer networks", Thrown<InvalidOperationException>(two).Message);
        Assert.Contains("holds 0 two-layer networks", Thrown<InvalidOperationException>(Subjects.InBoxTrainer.Fit(Subjects.Data)).Message);
        Assert.Contains("Could not find label column 'Answer'", Thrown<ArgumentOutOfRangeException>(network, label: "Answer").Message);
        Thrown<ArgumentOutOfRangeException>(network, count: 0);

        static T Thrown<T>(ITransformer model, string label = "Label", int count = 1) where T : Exception =>
            Assert.Throws<T>(() => Ml.BinaryClassification.PermutationFeatureImportanceBySlot(model, Subjects.Data, label, count));
    }

    private sealed class Named
    {
        public bool Label { get; set; }

        public float First { get; set; }

        public float Second { get; set; }

        public float Noise { get; set; }
    }
}
