using Microsoft.ML;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class ClassWeightTests
{
    private readonly MLContext _ml = new(1);

    // One yes in ten, and the features say little.
    private static List<TestRows.Row> Rare(int count, int seed)
    {
        var random = new Random(seed);
        List<TestRows.Row> rows = TestRows.Rows(count, seed);
        foreach (TestRows.Row row in rows)
        {
            row.Label = random.NextDouble() < 0.1;
            row.Features[0] += row.Label ? 0.5f : 0;
        }

        return rows;
    }

    private double MeanProbability(Action<ShallowNetworkTrainer.Options> change, int? hiddenUnits)
    {
        var options = new ShallowNetworkTrainer.Options { HiddenUnits = hiddenUnits, NumberOfIterations = 20, Seed = 3, Calibrate = false };
        change(options);
        ShallowNetworkModelParameters model = _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(_ml.Data.LoadFromEnumerable(Rare(2000, 1))).Model;
        return Rare(2000, 2).Average(r => (double)ShallowNetworkModelParameters.Probability(model.Score(r.Features)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(6)]
    public void ProbabilitiesKeepTheBaseRateUnlessAskedOtherwise(int? hiddenUnits)
    {
        double plain = MeanProbability(_ => { }, hiddenUnits);
        double balanced = MeanProbability(o => o.ClassWeighting = ClassWeighting.Balanced, hiddenUnits);
        double given = MeanProbability(o => o.PositiveClassWeight = 9, hiddenUnits);
        double raw = MeanProbability(o => (o.ClassWeighting, o.KeepBaseRate) = (ClassWeighting.Balanced, false), hiddenUnits);
        Assert.InRange(plain, 0.07, 0.13);
        Assert.InRange(balanced, 0.07, 0.13);
        Assert.InRange(given, 0.07, 0.13);
        Assert.InRange(raw, 0.35, 0.6);
    }

    [Fact]
    public void TheEstimateIsOfTheTrueRows()
    {
        var options = new ShallowNetworkTrainer.Options { NumberOfIterations = 10, Seed = 3, ClassWeighting = ClassWeighting.Balanced };
        QualityEstimate estimate = _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(_ml.Data.LoadFromEnumerable(Rare(2000, 1))).Model.Estimate!;
        // Guessing one in ten costs 0.325; on rows weighted half and half it would be near 0.6.
        Assert.InRange(estimate.LogLoss, 0.2, 0.36);
    }

    [Fact]
    public void BalancedWeightsMakeBothHalves()
    {
        var rows = new DenseRows(1, new float[5], [1, 0, 0, 0, 0], [2, 1, 1, 1, 1]);
        ClassWeights weights = ClassWeights.Balanced(positive: 2, all: 6);
        Assert.Equal((6 / 2.0 / 4, 6 / 2.0 / 2), (weights.Negative, weights.Positive));
        Assert.Equal((3, 6), weights.Applied(2, 6));
        Assert.Equal([3, 0.75f, 0.75f, 0.75f, 0.75f], weights.Weighted(rows).Weights!);
        Assert.Equal(Math.Log(2), weights.LogOddsShift, 1e-12);
        Assert.Equal(ClassWeights.None, ClassWeights.Balanced(positive: 2, all: 2));
    }
}
