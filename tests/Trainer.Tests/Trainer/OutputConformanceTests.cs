using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Tests.MlNetContract;
using Xunit;

namespace MlNetShallowNet.Tests.Trainer;

/// <summary>The network's output is held to that of ML.NET's own logistic regression on the same data: columns, types, annotations, errors.</summary>
public class OutputConformanceTests
{
    private readonly MLContext _ml = new(1);

    private ShallowNetworkTrainer Trainer(string label = "Label", string features = "Features", string? weight = null) =>
        _ml.BinaryClassification.Trainers.ShallowNetwork(label, features, weight, hiddenUnits: 3, numberOfIterations: 2);

    private static string Describe(DataViewSchema.Column column) =>
        $"{column.Name}: {column.Type} [{string.Join(", ", column.Annotations.Schema.OrderBy(a => a.Name).Select(a => $"{a.Name}: {a.Type} = {Annotated.Value(column.Annotations, a)}"))}]";

    private static string[] Outputs(DataViewSchema schema) =>
        [.. schema.Where(c => !c.IsHidden && c.Name is "PredictedLabel" or "Score" or "Probability").Select(Describe)];

    [Fact]
    public void SchemaIsThatOfAnInBoxTrainer()
    {
        IDataView data = TestRows.View(_ml);
        DataViewSchema inBox = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data).Transform(data).Schema;
        DataViewSchema ours = Trainer().Fit(data).Transform(data).Schema;
        Assert.Equal(Outputs(inBox), Outputs(ours));
        Assert.Equal(inBox.Select(c => c.Name), ours.Select(c => c.Name));
    }

    [Fact]
    public void ASecondScorerGetsTheNextSetId()
    {
        IDataView data = TestRows.View(_ml);
        IDataView once = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data).Transform(data);
        DataViewSchema inBox = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(once).Transform(once).Schema;
        DataViewSchema ours = Trainer().Fit(once).Transform(once).Schema;
        Assert.Equal(Describe(inBox["Score"]), Describe(ours["Score"]));
        Assert.Contains("ScoreColumnSetId: Key<UInt32, 0-2147483646> = 2", Describe(ours["Score"]));
    }

    [Fact]
    public void SchemaShapeIsThatOfAnInBoxTrainer()
    {
        // An estimator chain asks for shapes while it is fitted: this fails if ours disagrees with what comes out.
        IDataView data = TestRows.View(_ml);
        ITransformer model = _ml.Transforms.CopyColumns("X", "Features").Append(Trainer(features: "X")).Append(_ml.Transforms.CopyColumns("P", "Probability")).Fit(data);
        Assert.Equal(NumberDataViewType.Single, model.Transform(data).Schema["P"].Type);
    }

    [Fact]
    public void ProbabilityIsTheLogisticOfTheScoreRoundedOnce()
    {
        IDataView scored = Trainer().Fit(TestRows.View(_ml)).Transform(TestRows.View(_ml));
        float[] scores = TestRows.Scores(scored);
        Assert.Equal(scores.Select(s => (float)(1 / (1 + Math.Exp(-(double)s)))), scored.GetColumn<float>("Probability"));
        Assert.Equal(scores.Select(s => s > 0), scored.GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void NanFeatureGivesNanScoreAndNo()
    {
        ShallowNetworkTransformer model = Trainer().Fit(TestRows.View(_ml));
        IDataView one = _ml.Data.LoadFromEnumerable([new TestRows.Row { Features = [1, float.NaN, 3, 4] }]);
        IDataView scored = model.Transform(one);
        Assert.True(float.IsNaN(TestRows.Scores(scored).Single()));
        Assert.True(float.IsNaN(scored.GetColumn<float>("Probability").Single()));
        Assert.False(scored.GetColumn<bool>("PredictedLabel").Single());
    }

    [Fact]
    public void SchemaErrorsAreThoseOfAnInBoxTrainer()
    {
        IDataView data = TestRows.View(_ml);
        (string Label, string Features, string? Weight)[] wrong =
            [("Nope", "Features", null), ("Label", "Nope", null), ("Label", "Features", "Nope"), ("Weight", "Features", null), ("Label", "Weight", null), ("Label", "Features", "Label")];
        foreach ((string label, string features, string? weight) in wrong)
        {
            Exception inBox = Assert.ThrowsAny<Exception>(() => _ml.BinaryClassification.Trainers.LbfgsLogisticRegression(label, features, weight).Fit(data));
            Exception ours = Assert.ThrowsAny<Exception>(() => Trainer(label, features, weight).Fit(data));
            Assert.IsType(inBox.GetType(), ours);
            string expected = inBox.Message.Split(" (Parameter")[0];
            Assert.StartsWith(expected.TrimEnd('.'), ours.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AModelRefusesFeaturesOfAnotherLengthBeforeTheFirstRow()
    {
        ShallowNetworkTransformer model = Trainer().Fit(TestRows.View(_ml));
        IDataView other = _ml.Data.LoadFromEnumerable(TestRows.SparseRows(5));
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => model.Transform(other));
        Assert.Contains("Vector<Single, 4>", error.Message);
        Assert.Contains("Vector<Single, 40>", error.Message);
    }

    [Fact]
    public void CursorsInParallelGiveTheSameScores()
    {
        ShallowNetworkTransformer model = Trainer().Fit(TestRows.View(_ml));
        IDataView scored = model.Transform(_ml.Data.Cache(TestRows.View(_ml, 5000)));
        float[] expected = TestRows.Scores(scored);
        Parallel.For(0, 8, _ => Assert.Equal(expected, TestRows.Scores(scored)));

        DataViewSchema.Column column = scored.Schema["Score"];
        var fromSet = new List<float>();
        foreach (DataViewRowCursor cursor in scored.GetRowCursorSet([column], 3))
        {
            using (cursor)
            {
                ValueGetter<float> getter = cursor.GetGetter<float>(column);
                float score = 0;
                while (cursor.MoveNext())
                {
                    getter(ref score);
                    fromSet.Add(score);
                }
            }
        }

        Assert.Equal(expected.Order(), fromSet.Order());
    }

    [Fact]
    public void WorksWithEvaluateCrossValidateAndPermutationImportance()
    {
        IDataView data = TestRows.View(_ml, 600);
        ShallowNetworkTrainer trainer = _ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 16, numberOfIterations: 60, learningRate: 0.02);
        Assert.InRange(_ml.BinaryClassification.CrossValidate(data, trainer, 3).Average(fold => fold.Metrics.AreaUnderRocCurve), 0.93, 1);
        ShallowNetworkTransformer model = trainer.Fit(data);
        Assert.InRange(_ml.BinaryClassification.Evaluate(model.Transform(data)).Accuracy, 0.93, 1);
        Assert.InRange(_ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(data)).AreaUnderRocCurve, 0.93, 1);
        BinaryClassificationMetricsStatistics[] importance =
            [.. _ml.BinaryClassification.PermutationFeatureImportance(model, model.Transform(data), permutationCount: 3)];
        Assert.Equal(4, importance.Length);
        Assert.True(importance[0].AreaUnderRocCurve.Mean < -0.2 && importance[1].AreaUnderRocCurve.Mean < -0.2);
        Assert.True(importance[2].AreaUnderRocCurve.Mean > -0.1 && importance[3].AreaUnderRocCurve.Mean > -0.1);
    }
}
