using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Networks that are gone on from, on rows that say less than those before.</summary>
public class GoingOnTests
{
    private const int Constant = 2; // the feature that is always the same in the new rows

    public static TheoryData<bool, bool, double?> Cases()
    {
        var cases = new TheoryData<bool, bool, double?>();
        foreach (bool sparse in new[] { false, true })
        {
            foreach (bool streamed in new[] { false, true })
            {
                cases.Add(sparse, streamed, null);
                cases.Add(sparse, streamed, 0);
                cases.Add(sparse, streamed, 0.1);
            }
        }
        return cases;
    }

    private static ShallowNetworkTrainer.Options Options(double? l2, Solver solver = Solver.Adam) =>
        new() { NumberOfIterations = 5, L2Regularization = l2, Solver = solver };

    private static TrainingRows NewRows(bool sparse)
    {
        DenseRows dense = sparse ? TrainingProblem.Sparse().ToDense() : TrainingProblem.Dense();
        for (int i = 0; i < dense.Count; i++)
            dense.Values[i * dense.FeatureCount + Constant] = sparse ? 0 : 1234.5f;
        return sparse ? EngineProblem.Sparse(dense.FeatureCount, dense.Values, dense.Labels, null) : dense;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void WeightsOfConstantFeaturesAreKept(bool sparse, bool streamed, double? l2)
    {
        TrainingRows rows = NewRows(sparse);
        foreach (Solver solver in streamed ? new[] { Solver.Adam, Solver.Sgd } : Enum.GetValues<Solver>())
        {
            NetworkParameters before = new EngineProblem(1, rows.FeatureCount, 6, Activation.Tanh).Network;
            NetworkParameters after = TrainingProblem.Train(TrainingProblem.Data(rows, streamed ? 170 : null), Options(l2, solver), before).Network;
            Assert.NotEqual(before.W1.Column(0), after.W1.Column(0));
            for (int h = 0; h < 6; h++) // rounded to single precision on the way
                Assert.Equal(before.W1[h, Constant], after.W1[h, Constant], 1e-7 * Math.Abs(before.W1[h, Constant]));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void WeightsOfColumnsThatNoRowUsesAreKept(bool sparse, bool streamed, double? l2)
    {
        // Encoded features: of the constant one the rows use the knots around its value alone.
        TrainingRows first = sparse ? TrainingProblem.Sparse() : TrainingProblem.Dense(), rows = NewRows(sparse);
        TrainedNetwork before = TrainingProblem.Train(TrainingProblem.Data(first), new() { Members = 1, HiddenUnits = 6, NumberOfIterations = 2 });
        InputEncoding encoding = before.Encoding!;
        TrainedNetwork after = TrainingProblem.Train(TrainingProblem.Data(rows, streamed ? 170 : null), Options(l2), before.Network, encoding);
        Assert.Same(encoding, after.Encoding);
        Matrix<double> X = EncodedProblem.Columns(encoding, rows.ToDense());
        int[] unused = [.. Enumerable.Range(0, encoding.ColumnCount).Where(t => X.Row(t).All(x => x == 0))];
        Assert.InRange(unused.Length, 3, encoding.ColumnCount - 3);
        foreach (int t in unused)
        {
            for (int h = 0; h < 6; h++)
                Assert.Equal(before.Network.W1[h, t], after.Network.W1[h, t], 1e-7 * Math.Abs(before.Network.W1[h, t]));
        }
    }

    // Four features far from 0 beside their spread, which single precision resolves in a few steps only.
    private static List<TestRows.Row> FarRows(int count, int seed)
    {
        List<TestRows.Row> rows = TestRows.Rows(count, seed);
        foreach (TestRows.Row row in rows)
            row.Features = [1e9f + 1000 * row.Features[0], 1e6f + 100 * row.Features[1], row.Features[2], row.Features[3]];
        return rows;
    }

    private static double Accuracy(ShallowNetworkModelParameters model) =>
        FarRows(2000, seed: 3).Average(r => model.Score(r.Features) > 0 == r.Label ? 1.0 : 0);

    [Fact]
    public void FeaturesFarFromZeroAreLearntByAPlainNetworkAsByTheDefault()
    {
        var ml = new MLContext(1);
        ShallowNetworkModelParameters Fit(ShallowNetworkTrainer.Options options) =>
            ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(ml.Data.LoadFromEnumerable(FarRows(1000, seed: 7))).Model;
        double byDefault = Accuracy(Fit(new() { Seed = 1 }));
        ShallowNetworkModelParameters plain = Fit(new() { Members = 1, HiddenUnits = 32, FeatureEncoding = FeatureEncoding.None, Seed = 1 });
        Assert.InRange(byDefault, 0.9, 1);
        Assert.InRange(Accuracy(plain), byDefault - 0.03, 1);
        ShallowNetworkModelParameters course = Fit(new() { Solver = Solver.Lbfgs, HiddenUnits = 32, Activation = Activation.Tanh, Seed = 1 });
        Assert.InRange(Accuracy(course), byDefault - 0.03, 1);
    }

    [Fact]
    public void GoingOnFromSuchANetworkDoesNotLoseIt()
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(FarRows(1000, seed: 7));
        ShallowNetworkModelParameters plain = ml.BinaryClassification.Trainers.ShallowNetwork(
            new ShallowNetworkTrainer.Options { Members = 1, HiddenUnits = 32, FeatureEncoding = FeatureEncoding.None, Seed = 1 }).Fit(data).Model;
        ShallowNetworkModelParameters further = ml.BinaryClassification.Trainers.ShallowNetwork(
            new ShallowNetworkTrainer.Options { NumberOfIterations = 3, Seed = 1 }).Fit(data, plain).Model;
        Assert.InRange(Accuracy(further), Accuracy(plain) - 0.03, 1);
        Assert.InRange(further.History.Epochs[0].TrainingLoss, 0, 0.4); // the first epoch begins with the network that was given
    }

    [Fact]
    public void ATrainerGoesOnFromItsOwnNetwork()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        ShallowNetworkModelParameters Fit(int hiddenUnits, ShallowNetworkModelParameters? before) =>
            ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: hiddenUnits, numberOfIterations: 2).Fit(data, before!).Model;
        ShallowNetworkModelParameters first = Fit(100, null);
        Assert.Equal(96, first.HiddenUnits); // of eight members
        Assert.Equal(96, Fit(100, first).HiddenUnits);
        Assert.Contains("has 96 hidden units; the options ask for 110", Assert.Throws<ArgumentException>(() => Fit(110, first)).Message);
    }

    [Theory]
    [InlineData(Solver.Adam)]
    [InlineData(Solver.Sgd)]
    [InlineData(Solver.Lbfgs)]
    public void GoingOnFromAnEncodedNetworkScalesSingleColumns(Solver solver)
    {
        // A feature of two values ten thousand apart is a single column of the model.
        DenseRows rows = TrainingProblem.Dense();
        for (int i = 0; i < rows.Count; i++)
            rows.Values[i * 4 + 2] = i % 3 == 0 ? 10_000 : 0;
        TrainedNetwork before = TrainingProblem.Train(TrainingProblem.Data(rows), new() { Members = 1, HiddenUnits = 32 });
        TrainedNetwork after = TrainingProblem.Train(
            TrainingProblem.Data(rows), new() { NumberOfIterations = 3, Solver = solver, L2Regularization = 0 }, before.Network, before.Encoding);
        double first = Loss(before);
        Assert.InRange(Loss(after), 0, first + 0.02);

        double Loss(TrainedNetwork trained)
        {
            Matrix<double> z2 = TextbookNetwork.Forward(trained.Network, EncodedProblem.Columns(trained.Encoding!, rows)).Z2;
            return z2.Row(0).Select((z, i) => LogLoss.Of(z, rows.Labels[i])).Average();
        }
    }

    [Theory]
    [InlineData(Solver.Sgd, false)]
    [InlineData(Solver.Sgd, true)]
    [InlineData(Solver.Lbfgs, false)]
    [InlineData(Solver.GradientDescent, false)]
    public void WhatIsConstantInSparseRowsIsNotLearntFrom(Solver solver, bool streamed)
    {
        Assert.Equal(TrainingProblem.All(Trained(0.5f)), TrainingProblem.All(Trained(2024)));

        TrainedNetwork Trained(float constant)
        {
            DenseRows dense = TrainingProblem.Sparse().ToDense();
            for (int i = 0; i < dense.Count; i++)
                dense.Values[i * dense.FeatureCount + Constant] = constant;
            TrainingRows rows = EngineProblem.Sparse(dense.FeatureCount, dense.Values, dense.Labels, null);
            return TrainingProblem.Train(
                TrainingProblem.Data(rows, streamed ? 170 : null), new() { Solver = solver, FeatureEncoding = FeatureEncoding.None, NumberOfIterations = 5, HiddenUnits = 4 });
        }
    }

    [Theory]
    [InlineData(Solver.Lbfgs)]
    [InlineData(Solver.GradientDescent)]
    public void SolversOfAllRowsTakeEncodedFeaturesWithAndWithoutKnots(Solver solver)
    {
        DenseRows rows = TrainingProblem.Dense(), binary = TrainingProblem.Dense();
        for (int i = 0; i < binary.Values.Length; i++)
            binary.Values[i] = binary.Values[i] > (i % 4 == 2 ? 1000 : 0) ? 1 : 0;
        foreach (TrainingRows each in new TrainingRows[] { rows, binary, TrainingProblem.Sparse() })
        {
            TrainedNetwork trained = TrainingProblem.Train(TrainingProblem.Data(each), new()
            {
                Solver = solver,
                LearningRate = 0.1,
                FeatureEncoding = FeatureEncoding.PiecewiseLinear,
                HiddenUnits = 8,
                NumberOfIterations = 30,
            });
            Assert.NotNull(trained.Encoding);
            IReadOnlyList<TrainingEpoch> epochs = trained.History.Epochs;
            Assert.True(epochs[^1].TrainingLoss < epochs[0].TrainingLoss);
        }
    }

    [Theory]
    [InlineData(0.7, false)]
    [InlineData(0.95, false)]
    [InlineData(0.95, true)]
    public void ALargeShareOfHeldOutRowsLeavesSomeToTrainOn(double share, bool streamed)
    {
        TrainedNetwork trained = TrainingProblem.Train(
            TrainingProblem.Data(TrainingProblem.Dense(), streamed ? 100 : null), new() { Members = 1, HiddenUnits = 16, ValidationFraction = share, NumberOfIterations = 60 });
        // Guessing costs ln 2 = 0.69.
        Assert.InRange(trained.History.Epochs.Min(e => e.ValidationLoss!.Value), 0, 0.5);
    }

    /// <summary>Zeros are values: rows are learnt as dense ones where these have few of them, or as good as none to store.</summary>
    [Theory]
    [InlineData(Solver.Adam)]
    [InlineData(Solver.Sgd)]
    public void SparseValidationRowsAreJudgedAsTheSameDenseOnes(Solver solver)
    {
        DenseRows rows = TrainingProblem.Dense(), validation = TrainingProblem.Dense(100, seed: 2);
        for (int i = 0; i < rows.Count; i++)
            rows.Values[i * 4 + 3] = i % 10 == 0 ? 0 : 1; // usually 1
        for (int i = 0; i < validation.Count; i++)
            (validation.Values[i * 4 + 1], validation.Values[i * 4 + 2], validation.Values[i * 4 + 3]) = (0, 0, i % 2);
        Assert.Equal(Losses(validation), Losses(EngineProblem.Sparse(4, validation.Values, validation.Labels, null)));

        IEnumerable<double?> Losses(TrainingRows by) => TrainingProblem.Train(
            TrainingProblem.Data(rows), new() { Members = 1, HiddenUnits = 8, Solver = solver, NumberOfIterations = 5 }, validation: by.Copy()).History.Epochs.Select(e => e.ValidationLoss);
    }

    [Fact]
    public void FeaturesThatAreAllConstantGiveTheBaseRate()
    {
        var rows = new DenseRows(2, [.. Enumerable.Repeat(7f, 80)], [.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? 1f : 0)]);
        TrainedNetwork trained = TrainingProblem.Train(TrainingProblem.Data(rows), new());
        Matrix<double> z2 = TextbookNetwork.Forward(trained.Network, EncodedProblem.Columns(trained.Encoding!, rows)).Z2;
        Assert.Equal(0.25, 1 / (1 + Math.Exp(-z2[0, 0])), 0.05);
    }

    /// <summary>All of the course's zeros: no step lowers the cost.</summary>
    [Fact]
    public void AStartThatCannotBeLoweredIsTheResult()
    {
        DenseRows rows = TrainingProblem.Dense();
        for (int i = 0; i < rows.Count; i++)
            rows.Labels[i] = i % 2;
        var zeros = new NetworkParameters(
            Matrix<double>.Build.Dense(3, 4), Vector<double>.Build.Dense(3), Matrix<double>.Build.Dense(1, 3), 0, Activation.Tanh);
        TrainedNetwork trained = TrainingProblem.Train(TrainingProblem.Data(rows), new() { Solver = Solver.Lbfgs, ValidationFraction = 0 }, zeros);
        Assert.Equal(Math.Log(2), Assert.Single(trained.History.Epochs).TrainingLoss, 1e-12);
        Assert.All(TrainingProblem.All(trained), parameter => Assert.Equal(0, parameter));
    }

    [Fact]
    public void ValidationRowsBeyondTheTrainingRowsAreJudgedAsTheModelScoresThem()
    {
        DenseRows rows = TrainingProblem.Dense(), validation = TrainingProblem.Dense(100, seed: 2);
        for (int i = 0; i < rows.Count; i++)
            rows.Values[i * 4 + 3] = i % 2;
        for (int i = 0; i < validation.Count; i++)
            (validation.Values[i * 4], validation.Values[i * 4 + 3]) = (validation.Values[i * 4] * 10, i % 7 - 3);
        TrainedNetwork trained = TrainingProblem.Train(
            TrainingProblem.Data(rows), new() { Members = 1, HiddenUnits = 16, NumberOfIterations = 5 }, validation: validation.Copy());
        var model = ShallowNetworkModelParameters.FromNetworkParameters(trained.Network, encoding: trained.Encoding);
        var scores = new float[validation.Count];
        model.Score(validation.Values, scores);
        double loss = scores.Select((z, i) => LogLoss.Of(z, validation.Labels[i])).Average();
        // Scores of size 10 in single precision, rounded some times over.
        Assert.Equal(trained.History.Epochs[trained.History.BestEpoch - 1].ValidationLoss!.Value, loss, 1e-5);
    }

    // As many positive rows in a hundred as before; without steps nothing may change.
    [Theory]
    [InlineData(ClassWeighting.Balanced, 1.0)]
    [InlineData(ClassWeighting.Given, 20.0)]
    public void ClassWeightsDoNotMoveTheBaseRateThatWasLearnt(ClassWeighting weighting, double positive)
    {
        TrainingRows rows = TrainingProblem.Dense();
        NetworkParameters before = new EngineProblem(1, rows.FeatureCount, 6, Activation.Tanh).Network;
        TrainedNetwork after = TrainingProblem.Train(
            TrainingProblem.Data(rows), new() { NumberOfIterations = 1, LearningRate = 1e-12, ClassWeighting = weighting, PositiveClassWeight = positive }, before);
        Assert.Equal(before.B2, after.Network.B2, 1e-6);
        TrainedNetwork moved = TrainingProblem.Train(
            TrainingProblem.Data(rows), new() { NumberOfIterations = 1, LearningRate = 1e-12, ClassWeighting = weighting, PositiveClassWeight = positive, KeepBaseRate = false }, before);
        Assert.Equal(before.B2, moved.Network.B2, 1e-6); // what is asked for without the base rate is learnt by steps alone
    }

    // Units of leaves are 256 times as steep as others, so that steps of usual size destroy what they say.
    [Theory]
    [InlineData(Solver.Adam)]
    [InlineData(Solver.Sgd)]
    [InlineData(Solver.GradientDescent)]
    [InlineData(Solver.Lbfgs)]
    public void ANetworkWithTreesSurvivesGoingOn(Solver solver)
    {
        static DenseRows Steps(int count, int seed)
        {
            var random = new Random(seed);
            float[] values = new float[count * 4], labels = new float[count];
            for (int i = 0; i < count; i++)
            {
                for (int d = 0; d < 4; d++)
                    values[i * 4 + d] = random.NextSingle();
                labels[i] = random.NextDouble() < ((int)(values[i * 4] * 40) % 2 == (int)(values[i * 4 + 1] * 3) % 2 ? 0.85 : 0.15) ? 1 : 0;
            }
            return new DenseRows(4, values, labels);
        }

        DenseRows rows = Steps(12_000, 1), fresh = Steps(4000, 2);
        TrainedNetwork before = TrainingProblem.Train(TrainingProblem.Data(rows), new());
        Assert.True(NetworkUnion.SteepUnits(before.Network) >= 10);
        TrainedNetwork after = TrainingProblem.Train(
            TrainingProblem.Data(rows), new() { Solver = solver, NumberOfIterations = 5 }, before.Network, before.Encoding);
        double lossBefore = Loss(before), lossAfter = Loss(after);
        Assert.InRange(lossBefore, 0.4, 0.6);
        Assert.InRange(lossAfter, 0, lossBefore + 0.01);

        double Loss(TrainedNetwork trained)
        {
            Vector<double> scores = TextbookNetwork.Forward(trained.Network, EncodedProblem.Columns(trained.Encoding!, fresh)).Z2.Row(0);
            return scores.Select((score, i) => MlNetShallowNet.Training.LogLoss.Of(score, fresh.Labels[i])).Average();
        }
    }
}
