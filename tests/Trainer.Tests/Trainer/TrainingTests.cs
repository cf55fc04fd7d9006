using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Trainer;

public class TrainingTests
{
    private readonly MLContext _ml = new(1);

    private static ShallowNetworkTrainer.Options Quick(Action<ShallowNetworkTrainer.Options>? change = null)
    {
        var options = new ShallowNetworkTrainer.Options
        {
            Members = 1,
            HiddenUnits = 6,
            FeatureEncoding = FeatureEncoding.None,
            ValidationFraction = 0,
            HiddenDropout = 0,
            LearningRateSchedule = LearningRateSchedule.Constant,
            Patience = int.MaxValue,
            NumberOfIterations = 5,
            Seed = 11,
        };
        change?.Invoke(options);
        return options;
    }

    private ShallowNetworkModelParameters Fit(ShallowNetworkTrainer.Options options, IDataView? data = null) =>
        _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(data ?? TestRows.View(_ml)).Model;

    private static float[] All(ShallowNetworkModelParameters model) => [.. model.W1, .. model.B1, .. model.W2, model.B2];

    [Fact]
    public void LearnsWhatNoStraightLineCan()
    {
        IDataView data = TestRows.View(_ml, 600);
        CalibratedBinaryClassificationMetrics line = _ml.BinaryClassification.Evaluate(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data).Transform(data));
        ShallowNetworkTransformer network = _ml.BinaryClassification.Trainers.ShallowNetwork().Fit(data);
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(network.Transform(TestRows.View(_ml, 600)));
        Assert.True(line.AreaUnderRocCurve < 0.65);
        Assert.InRange(metrics.AreaUnderRocCurve, 0.97, 1);
    }

    [Fact]
    public void SparseRowsTrainAsTheSameRowsDense()
    {
        List<TestRows.SparseRow> sparse = TestRows.SparseRows();
        IDataView dense = _ml.Data.LoadFromEnumerable(sparse.Select(r => new TestRows.SparseRow { Label = r.Label, Features = new VBuffer<float>(40, [.. r.Features.DenseValues()]) }));
        ShallowNetworkTrainer.Options options = Quick(o => o.NumberOfIterations = 40);
        ShallowNetworkModelParameters fromSparse = Fit(options, _ml.Data.LoadFromEnumerable(sparse));
        Assert.Equal(All(fromSparse), All(Fit(options, dense))); // How a row is stored says nothing about how it is trained on.
        ITransformer model = new ShallowNetworkTransformer(fromSparse, "Features");
        Assert.InRange(_ml.BinaryClassification.Evaluate(model.Transform(dense)).AreaUnderRocCurve, 0.9, 1);
    }

    [Fact]
    public void SameSeedSameBitsAtAnyNumberOfThreads()
    {
        float[] one = All(Fit(Quick(o => o.NumberOfThreads = 1)));
        foreach (int threads in new[] { 2, 3, 8 })
            Assert.Equal(one, All(Fit(Quick(o => o.NumberOfThreads = threads))));
        Assert.NotEqual(one, All(Fit(Quick(o => o.Seed = 12))));
    }

    [Fact]
    public void TheContextsSeedCounts()
    {
        float[] Train(int seed)
        {
            var ml = new MLContext(seed);
            return All(ml.BinaryClassification.Trainers.ShallowNetwork(Quick(o => o.Seed = null)).Fit(TestRows.View(ml)).Model);
        }

        Assert.Equal(Train(5), Train(5));
        Assert.NotEqual(Train(5), Train(6));
    }

    [Fact]
    public void RowsWithMissingOrInfiniteFeaturesOrUselessWeightsAreLeftOut()
    {
        List<TestRows.Row> good = TestRows.Rows();
        List<TestRows.Row> withBad = [.. good];
        withBad.Insert(3, new TestRows.Row { Features = [float.NaN, 1, 1, 1] });
        withBad.Insert(9, new TestRows.Row { Features = [1, float.PositiveInfinity, 1, 1], Label = true });
        withBad.Add(new TestRows.Row { Features = [1, 1, 1, 1], Weight = float.NaN });
        withBad.Add(new TestRows.Row { Features = [1, 1, 1, 1], Weight = 0 });
        ShallowNetworkTrainer.Options options = Quick(o => o.ExampleWeightColumnName = "Weight");
        Assert.Equal(All(Fit(options, _ml.Data.LoadFromEnumerable(good))), All(Fit(options, _ml.Data.LoadFromEnumerable(withBad))));
    }

    [Fact]
    public void NoUsableRowIsAnError()
    {
        IDataView none = _ml.Data.LoadFromEnumerable(TestRows.Rows(0));
        Assert.Contains("no rows", Assert.Throws<InvalidOperationException>(() => Fit(Quick(), none)).Message);
        IDataView missing = _ml.Data.LoadFromEnumerable([new TestRows.Row { Features = [float.NaN, 0, 0, 0] }]);
        string refused = Assert.Throws<InvalidOperationException>(() => Fit(Quick(), missing)).Message;
        Assert.Contains("1 rows have a missing", refused);
        Assert.EndsWith("ReplaceMissingValues.", refused);
        IDataView light = _ml.Data.LoadFromEnumerable([new TestRows.Row { Features = [1, 0, 0, 0], Weight = 0 }]);
        Assert.EndsWith("Is 'Weight' the column of the weights?", Assert.Throws<InvalidOperationException>(() => Fit(Quick(o => o.ExampleWeightColumnName = "Weight"), light)).Message);
    }

    [Fact]
    public void RowsOfOneClassAreAccepted()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TestRows.Rows().Where(r => r.Label));
        ShallowNetworkModelParameters model = Fit(Quick(o => o.NumberOfIterations = 100), data);
        Assert.All(TestRows.Scores(new ShallowNetworkTransformer(model, "Features").Transform(data)), score => Assert.True(score > 0));
    }

    [Fact]
    public void AWeightOfTwoIsARowTwice()
    {
        List<TestRows.Row> rows = TestRows.Rows(50);
        List<TestRows.Row> twice = [.. rows.SelectMany((r, i) => Enumerable.Repeat(new TestRows.Row { Label = r.Label, Features = r.Features, Weight = 1 }, i % 2 + 1))];
        for (int i = 0; i < rows.Count; i++)
            rows[i].Weight = i % 2 + 1;
        ShallowNetworkTrainer.Options options = Quick(o =>
            (o.Solver, o.LearningRate, o.NumberOfIterations, o.InputScaling, o.ExampleWeightColumnName, o.Activation) =
            (Solver.GradientDescent, 0.1, 20, InputScaling.None, "Weight", Activation.Tanh));
        foreach (TestRows.Row row in rows)
            (row.Features[2], row.Features[3]) = (row.Features[2] / 1000, row.Features[3] * 100);
        float[] weighted = All(Fit(options, _ml.Data.LoadFromEnumerable(rows))), repeated = All(Fit(options, _ml.Data.LoadFromEnumerable(twice)));
        // Two orders of summing about 75 terms in single precision, 20 times over.
        for (int i = 0; i < weighted.Length; i++)
            Assert.Equal(weighted[i], repeated[i], 20 * 75 * 6e-8f);
    }

    [Fact]
    public void ValidationKeepsTheBestEpoch()
    {
        IDataView train = TestRows.View(_ml, 60), validation = _ml.Data.LoadFromEnumerable(TestRows.Rows(400, seed: 8));
        ShallowNetworkTrainer.Options options = Quick(o => (o.HiddenUnits, o.NumberOfIterations, o.LearningRate, o.L2Regularization) = (64, 150, 0.05, 0));
        ShallowNetworkTransformer model = _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(train, validation);
        TrainingHistory history = model.Model.History;
        Assert.Equal(150, history.Epochs.Count);
        double best = history.Epochs.Min(e => e.ValidationLoss!.Value);
        Assert.Equal(best, history.Epochs[history.BestEpoch - 1].ValidationLoss);
        Assert.True(history.BestEpoch < 150, "This run is made to overfit.");
        double loss = validation.GetColumn<bool>("Label").Zip(TestRows.Scores(model.Transform(validation)), (y, z) => Math.Log(1 + Math.Exp(y ? -z : z))).Average();
        Assert.Equal(best, loss, 1e-3); // Folding the scaling (features of mean 1000) into single precision moves scores by about 1e-4.
    }

    private sealed class Reports(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value)
        {
            All.Add(value);
            action(value);
        }
    }

    [Fact]
    public void CancellingKeepsWhatThereIs()
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(p =>
        {
            if (p.Epoch == 3)
                source.Cancel();
        });
        ShallowNetworkModelParameters cancelled = Fit(Quick(o => (o.NumberOfIterations, o.Progress, o.CancellationToken) = (1000, reports, source.Token)));
        Assert.True(cancelled.History.WasCancelled);
        Assert.Equal(3, cancelled.History.Epochs.Count);
        Assert.Equal([1, 2, 3], reports.All.Select(p => p.Epoch));
        Assert.All(reports.All, p => Assert.Equal(1000, p.Epochs));
        Assert.Equal(All(Fit(Quick(o => o.NumberOfIterations = 3))), All(cancelled));
    }

    [Fact]
    public void GoesOnFromAGivenNetwork()
    {
        IDataView data = TestRows.View(_ml);
        ShallowNetworkTrainer.Options descent(int steps) => Quick(o =>
            (o.Solver, o.LearningRate, o.NumberOfIterations, o.Activation) = (Solver.GradientDescent, 0.3, steps, Activation.Tanh));
        ShallowNetworkModelParameters half = Fit(descent(15), data);
        ShallowNetworkModelParameters twoHalves = _ml.BinaryClassification.Trainers.ShallowNetwork(descent(15)).Fit(data, half).Model;
        float[] whole = TestRows.Scores(new ShallowNetworkTransformer(Fit(descent(30), data), "Features").Transform(data));
        float[] parts = TestRows.Scores(new ShallowNetworkTransformer(twoHalves, "Features").Transform(data));
        // The scaling is folded and unfolded in between, at features of mean 1000 in single precision.
        for (int i = 0; i < whole.Length; i++)
            Assert.Equal(whole[i], parts[i], 2e-3f);
    }

    [Fact]
    public void AGivenNetworkMustHaveTheDatasFeatures()
    {
        ShallowNetworkModelParameters other = ShallowNetworkModelParameters.FromNetworkParameters(NetworkInitializer.Draw(9, 2, Activation.Tanh, WeightInitialization.Auto, 1));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Fit(Quick(o => o.InitialModel = other)));
        Assert.Contains("9 features", error.Message);
        Assert.Contains("has 4", error.Message);
    }

    [Fact]
    public void AGivenNetworkMustBeWhatTheOptionsAskFor()
    {
        ShallowNetworkModelParameters two = ShallowNetworkModelParameters.FromNetworkParameters(NetworkInitializer.Draw(4, 2, Activation.Tanh, WeightInitialization.Auto, 1));
        string GoingOn(Action<ShallowNetworkTrainer.Options> change)
        {
            var options = new ShallowNetworkTrainer.Options { NumberOfIterations = 1 };
            change(options);
            return Assert.Throws<ArgumentException>(() => _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(TestRows.View(_ml), two)).Message;
        }

        Assert.Contains("2 hidden units; the options ask for 3", GoingOn(o => o.HiddenUnits = 3));
        Assert.Contains("tanh; the options ask for elu", GoingOn(o => o.Activation = Activation.Elu));
        Assert.Contains("4 members", GoingOn(o => o.Members = 4));
    }

    [Fact]
    public void DivergenceIsToldWithTheLearningRate()
    {
        ShallowNetworkTrainer.Options options = Quick(o =>
            (o.Solver, o.LearningRate, o.NumberOfIterations, o.InputScaling, o.Activation) = (Solver.Sgd, 1e6, 50, InputScaling.None, Activation.ReLU));
        string message = Assert.Throws<InvalidOperationException>(() => Fit(options)).Message;
        Assert.Contains("diverged", message);
        Assert.Contains("1000000", message);
    }

    [Fact]
    public void TrainingLinesReachTheLog()
    {
        var ml = new MLContext(1);
        ConcurrentQueue<string> lines = LogLines.Of(ml);
        List<TestRows.Row> rows = TestRows.Rows();
        rows[0].Features = [float.NaN, 0, 0, 0];
        ml.BinaryClassification.Trainers.ShallowNetwork(Quick()).Fit(ml.Data.LoadFromEnumerable(rows));
        Assert.Contains(lines, line => line.Contains("Skipped 1 instances with missing features"));
        Assert.Contains(lines, line => line.Contains("6 relu units on 199 rows"));
        Assert.Contains(lines, line => line.Contains("Finished after 5 epochs"));
    }

    [Fact]
    public void ConstantFeaturesGetNoWeight()
    {
        List<TestRows.Row> rows = TestRows.Rows();
        rows.ForEach(r => r.Features[2] = 1234);
        ShallowNetworkModelParameters model = Fit(Quick(), _ml.Data.LoadFromEnumerable(rows));
        for (int h = 0; h < model.HiddenUnits; h++)
            Assert.Equal(0, model.W1[h * 4 + 2]);
    }

    [Theory]
    [MemberData(nameof(CourseOracle.Numbers), MemberType = typeof(CourseOracle))]
    public void GradientDescentIsTheCoursesStepForStep(int number)
    {
        CourseOracle oracle = CourseOracle.Number(number);
        int D = oracle.X.RowCount, m = oracle.X.ColumnCount;
        SchemaDefinition schema = SchemaDefinition.Create(typeof(TestRows.SparseRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, D);
        var rows = Enumerable.Range(0, m).SelectMany(i => Enumerable.Repeat(
            new TestRows.SparseRow { Label = oracle.Y[0, i] > 0, Features = new VBuffer<float>(D, [.. oracle.X.Column(i).Select(v => (float)v)]) },
            (int)(oracle.Weights?[i] ?? 1)));
        var options = new ShallowNetworkTrainer.Options
        {
            Solver = Solver.GradientDescent,
            LearningRate = oracle.Rate,
            NumberOfIterations = oracle.Steps,
            L2Regularization = oracle.L2,
            InputScaling = InputScaling.None,
            InitialModel = ShallowNetworkModelParameters.FromNetworkParameters(oracle.Start),
        };
        ShallowNetworkModelParameters model = Fit(options, _ml.Data.LoadFromEnumerable(rows, schema));
        NetworkParameters end = oracle.End, found = model.ToNetworkParameters();
        // Each of the steps rounds sums of about 50 terms to 24 bits; their errors add up at worst.
        double tolerance = oracle.Steps * 50 * 6e-8;
        Assert.InRange((end.W1 - found.W1).L2Norm() / end.W1.L2Norm(), 0, tolerance);
        Assert.InRange((end.B1 - found.B1).L2Norm() / end.B1.L2Norm(), 0, tolerance);
        Assert.InRange((end.W2 - found.W2).L2Norm() / end.W2.L2Norm(), 0, tolerance);
        Assert.Equal(end.B2, found.B2, tolerance);
    }
}
