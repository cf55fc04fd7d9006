using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
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
        var options = new ShallowNetworkTrainer.Options { HiddenUnits = hiddenUnits, NumberOfIterations = 20, Seed = 3 };
        change(options);
        ShallowNetworkModelParameters model = _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(_ml.Data.LoadFromEnumerable(Rare(2000, 1))).Model;
        return Rare(2000, 2).Average(r => (double)ShallowNetworkModelParameters.Probability(model.Score(r.Features)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(6, false)]
    [InlineData(null, true)]
    [InlineData(6, true)]
    public void ProbabilitiesKeepTheBaseRateUnlessAskedOtherwise(int? hiddenUnits, bool calibrated)
    {
        double plain = MeanProbability(o => o.Calibrate = calibrated, hiddenUnits);
        double balanced = MeanProbability(o => (o.Calibrate, o.ClassWeighting) = (calibrated, ClassWeighting.Balanced), hiddenUnits);
        double given = MeanProbability(o => (o.Calibrate, o.PositiveClassWeight) = (calibrated, 9), hiddenUnits);
        double raw = MeanProbability(o => (o.Calibrate, o.ClassWeighting, o.KeepBaseRate) = (calibrated, ClassWeighting.Balanced, false), hiddenUnits);
        Assert.InRange(plain, 0.07, 0.13);
        Assert.InRange(balanced, 0.07, 0.13);
        Assert.InRange(given, 0.07, 0.13);
        Assert.InRange(raw, 0.35, 0.6);
    }

    // Hardly a batch of twenty has a positive row; where it has, that row weighs as much as a hundred, and not as much as its batch.
    [Fact]
    public void ARowCountsForItsWeightInABatchOfFew()
    {
        const int count = 4000;
        var rows = new DenseRows(
            1, [.. Enumerable.Range(0, count).Select(i => i % 7f)], [.. Enumerable.Range(0, count).Select(i => i % 200 == 0 ? 1f : 0)]);
        TrainedNetwork trained = TrainingProblem.Train(TrainingProblem.Data(rows), new()
        {
            Solver = Solver.Sgd,
            LearningRate = 0.002,
            BatchSize = 20,
            HiddenUnits = 2,
            NumberOfIterations = 40,
            ClassWeighting = ClassWeighting.Balanced,
            KeepBaseRate = false,
        });
        double mean = Enumerable.Range(0, 7).Average(x => 1 / (1 + Math.Exp(-TextbookNetwork.Forward(trained.Network, Matrix<double>.Build.Dense(1, 1, x)).Z2[0, 0])));
        Assert.InRange(mean, 0.4, 0.6); // each batch's own weights would give 0.1
    }

    // Weights that add up to 1, say: trees and the line know as little of their unit as the networks. A power of 2 changes no digit.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheUnitOfWeightsDoesNotMatter(bool streamed)
    {
        DenseRows rows = TrainingProblem.Dense(600, weighted: true);
        var smaller = new DenseRows(rows.FeatureCount, rows.Values, rows.Labels, [.. rows.Weights!.Select(w => w / 1024)]);
        Assert.Equal(All(rows), All(smaller));

        double[] All(TrainingRows of) => TrainingProblem.All(TrainingProblem.Train(TrainingProblem.Data(of, streamed ? 170 : null), new() { NumberOfIterations = 5 }));
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
