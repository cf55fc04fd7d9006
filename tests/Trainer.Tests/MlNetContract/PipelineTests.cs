using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>The network among ML.NET's own steps and tools.</summary>
public class PipelineTests
{
    private static readonly MLContext _ml = Subjects.Ml;

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void PreviewShowsTheScores(string subject)
    {
        ITransformer model = Subjects.Model(subject);
        DataDebuggerPreview preview = model.Transform(Subjects.Data).Preview(maxRows: 10);
        float[] shown = [.. preview.ColumnView.Single(c => c.Column.Name == "Score").Values.Cast<float>()];
        Assert.Equal(TestRows.Scores(model.Transform(Subjects.Data)).Take(10), shown);
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void ScoredRowsSurviveABinaryFile(string subject)
    {
        IDataView scored = Subjects.Model(subject).Transform(Subjects.Data);
        string file = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(file))
                _ml.Data.SaveAsBinary(scored, stream);
            IDataView read = _ml.Data.LoadFromBinary(file);
            Assert.Equal(scored.Schema.Where(c => !c.IsHidden).Select(c => (c.Name, c.Type)), read.Schema.Select(c => (c.Name, c.Type)));
            Assert.Equal(TestRows.Scores(scored), TestRows.Scores(read));
            Assert.Equal(scored.GetColumn<bool>("PredictedLabel"), read.GetColumn<bool>("PredictedLabel"));
            Assert.Equal(scored.GetColumn<float>("Probability"), read.GetColumn<float>("Probability"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void ScoredRowsSurviveATextFile(string subject)
    {
        IDataView all = Subjects.Model(subject).Transform(Subjects.Data);
        IDataView scored = _ml.Transforms.SelectColumns("Label", "Score").Fit(all).Transform(all);
        string file = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(file))
                _ml.Data.SaveAsText(scored, stream);
            IDataView read = _ml.Data.LoadFromTextFile(file, [new("Label", DataKind.Boolean, 0), new("Score", DataKind.Single, 1)], hasHeader: true);
            Assert.Equal(TestRows.Scores(scored), TestRows.Scores(read));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void CacheFilterShuffleAndTakeWorkOnScoredRows(string subject)
    {
        IDataView scored = Subjects.Model(subject).Transform(Subjects.Data);
        float[] scores = TestRows.Scores(scored);
        Assert.Equal(scores, TestRows.Scores(_ml.Data.Cache(scored)));
        Assert.Equal(scores.Where(s => s >= 0), TestRows.Scores(_ml.Data.FilterRowsByColumn(scored, "Score", 0)));
        Assert.Equal(scores.Order(), TestRows.Scores(_ml.Data.ShuffleRows(scored, seed: 3)).Order());
        Assert.Equal(scores.Skip(5).Take(7), TestRows.Scores(_ml.Data.TakeRows(_ml.Data.SkipRows(scored, 5), 7)));
    }

    [Fact]
    public void CrossValidationHasTheFoldsAndRowsOfAnInBoxTrainer()
    {
        IDataView data = TestRows.View(_ml, 600);
        (int, float[])[] Folds(IEstimator<ITransformer> trainer) =>
            [.. _ml.BinaryClassification.CrossValidate(data, trainer, 3, seed: 4).Select(fold => (fold.Fold, fold.ScoredHoldOutSet.GetColumn<float>("Weight").ToArray()))];
        foreach (((int fold, float[] rows), (int inBoxFold, float[] inBoxRows)) in Folds(Subjects.Trainer).Zip(Folds(Subjects.InBoxTrainer)))
        {
            Assert.Equal(inBoxFold, fold);
            Assert.Equal(inBoxRows, rows);
        }
    }

    [Fact]
    public void PermutationImportanceFindsTheFeaturesThatDecide()
    {
        // One feature decides, so that the in-box model can learn it too.
        TestRows.Row[] rows = [.. TestRows.Rows(600).Select(r => new TestRows.Row { Features = r.Features, Label = r.Features[1] > 0.1f })];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        double[] network = Drops(_ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 8, numberOfIterations: 40).Fit(data), data);
        double[] inBox = Drops(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data), data);
        foreach (double[] drops in new[] { network, inBox })
        {
            Assert.Equal(4, drops.Length);
            Assert.Equal(1, Array.IndexOf(drops, drops.Min()));
            Assert.True(drops[1] < -0.3, $"AUC fell by {-drops[1]} only.");
        }
    }

    private static double[] Drops<TModel>(ISingleFeaturePredictionTransformer<TModel> model, IDataView data) where TModel : class =>
        [.. _ml.BinaryClassification.PermutationFeatureImportance(model, model.Transform(data), permutationCount: 2).Select(m => m.AreaUnderRocCurve.Mean)];

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void CalibratorsTakeTheScores(string subject)
    {
        IDataView scored = Subjects.Model(subject).Transform(Subjects.Data);
        foreach (IEstimator<ITransformer> calibrator in new IEstimator<ITransformer>[] { _ml.BinaryClassification.Calibrators.Platt(), _ml.BinaryClassification.Calibrators.Isotonic(), _ml.BinaryClassification.Calibrators.Naive() })
        {
            IDataView calibrated = calibrator.Fit(scored).Transform(scored);
            Assert.All(calibrated.GetColumn<float>("Probability"), p => Assert.InRange(p, 0, 1));
            Assert.Equal(TestRows.Scores(scored), TestRows.Scores(calibrated));
            Assert.InRange(_ml.BinaryClassification.Evaluate(calibrated).AreaUnderRocCurve, 0, 1);
        }
    }

    [Fact]
    public void PlattsCalibratorIsThatOfTheScoresWhateverGaveThem()
    {
        // The same scores in a plain column give the same calibrator: ours are found by the same name and annotations.
        IDataView scored = Subjects.Model(Subjects.Trained).Transform(Subjects.Data);
        IDataView plain = _ml.Data.LoadFromEnumerable(_ml.Data.CreateEnumerable<Scored>(scored, reuseRowObject: false).ToList());
        float[] Calibrated(IDataView data) => [.. _ml.BinaryClassification.Calibrators.Platt().Fit(data).Transform(data).GetColumn<float>("Probability")];
        Assert.Equal(Calibrated(plain), Calibrated(scored));
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void MetricsAreThoseOfTheScores(string subject)
    {
        IDataView scored = Subjects.Model(subject).Transform(Subjects.Data);
        List<Scored> rows = [.. _ml.Data.CreateEnumerable<Scored>(scored, reuseRowObject: false)];
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(scored);
        Assert.Equal(rows.Average(r => r.Label == r.Score > 0 ? 1.0 : 0), metrics.Accuracy, 12);

        // ML.NET takes logarithms of single precision probabilities in double; the sum of 200 of them is exact to about 200 roundings.
        double loss = rows.Average(r => -Math.Log2(r.Label ? r.Probability : 1 - (double)r.Probability));
        Assert.Equal(loss, metrics.LogLoss, 6);
    }

    private sealed class Scored
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
