using System.Collections.Concurrent;
using Microsoft.ML;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Engine;
using Xunit;

namespace MlNetShallowNet.Tests.DataViews;

/// <summary>Numbers where single precision ends are told of by the name of their column.</summary>
public class TinyFeaturesTests
{
    private static ShallowNetworkTrainer.Options Plain(Solver solver = Solver.Lbfgs) =>
        new() { Members = 1, HiddenUnits = 4, FeatureEncoding = FeatureEncoding.None, Solver = solver, NumberOfIterations = 30, Seed = 1 };

    private sealed class Named
    {
        public bool Label { get; set; }

        public float Usual { get; set; }

        public float Small { get; set; }
    }

    /// <summary>Rows whose label is told by the column Small, whose numbers are up to this.</summary>
    private static ShallowNetworkTransformer Fit(MLContext ml, float largest, ShallowNetworkTrainer.Options options, bool parts = false)
    {
        IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i =>
            new Named { Usual = i * 7 % 11, Small = (i % 13 - 6) / 6f * largest, Label = i % 13 > 6 }).ToArray());
        IDataView features = ml.Transforms.Concatenate("Features", "Usual", "Small").Fit(rows).Transform(rows);
        ShallowNetworkTrainer trainer = ml.BinaryClassification.Trainers.ShallowNetwork(options);
        return parts ? trainer.FitParts([RowPart.Of(features, "part")]) : trainer.Fit(features);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void AFeatureBelowAllDigitsIsTrainedWithoutAndNamed(bool plain, bool parts)
    {
        var ml = new MLContext(1);
        ConcurrentQueue<string> log = LogLines.Of(ml);
        ShallowNetworkTransformer network = Fit(ml, 1e-40f, plain ? Plain() : new() { NumberOfIterations = 3, Seed = 1 }, parts);
        Assert.Contains(log, line => line.Contains("Feature 'Small': no number in any row is above 1.1754944E-38"));
        Assert.True(float.IsFinite(network.Model.Score([3, 1e-41f])));
    }

    [Fact]
    public void WeightsBeyondSinglePrecisionAreRefusedByTheFeaturesName()
    {
        ShallowNetworkTrainer.Options options = Plain();
        (options.L2Regularization, options.NumberOfIterations) = (0, 300);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Fit(new MLContext(1), 2.2e-38f, options));
        Assert.Contains("The weights of feature 'Small' are beyond single precision", error.Message);
    }

    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1f)]
    [InlineData(1e30f)]
    public void OthersAreLearntAndNotNamed(float largest)
    {
        var ml = new MLContext(1);
        ConcurrentQueue<string> log = LogLines.Of(ml);
        ShallowNetworkTransformer network = Fit(ml, largest, Plain());
        Assert.DoesNotContain(log, line => line.Contains("Small"));
        Assert.True(network.Model.Score([5, largest]) > network.Model.Score([5, -largest]) + 2);
    }

    [Fact]
    public void FeaturesThatAreZeroAreNotTiny()
    {
        float[] labels = [0, 1, 0];
        Assert.Equal([2], TinyFeatures.Find(new DenseRows(3, [0, 1, 1e-40f, 0, 0, 0, 0, 1e-40f, 1e-39f], labels)));
    }
}
