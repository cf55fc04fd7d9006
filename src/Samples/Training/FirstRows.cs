using Microsoft.ML;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>The first rows of each label, scored.</summary>
internal static class FirstRows
{
    /// <summary>Scores rows one by one through a prediction engine, as a program does whose table has a class of its own.</summary>
    /// <typeparam name="TRow">A row of the table.</typeparam>
    /// <param name="ml">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="view">The view.</param>
    /// <param name="rowsOfEach">How many rows of each label.</param>
    /// <param name="label">A row's label.</param>
    public static IReadOnlyList<(bool Label, Prediction Prediction)> ScoreTyped<TRow>(
        MLContext ml, ITransformer model, TableView view, int rowsOfEach, Func<TRow, bool> label)
        where TRow : class, new()
    {
        using PredictionEngine<TRow, Prediction> engine = ml.Model.CreatePredictionEngine<TRow, Prediction>(model, view.Schema);
        Dictionary<bool, int> left = new() { [false] = rowsOfEach, [true] = rowsOfEach };
        return
        [
            .. ml.Data.CreateEnumerable<TRow>(view, reuseRowObject: false).Where(row => left[label(row)]-- > 0).Take(2 * rowsOfEach)
                .Select(row => (label(row), engine.Predict(row))),
        ];
    }

    /// <summary>Scores the first rows of each label in a view.</summary>
    /// <param name="model">The model.</param>
    /// <param name="view">The view.</param>
    /// <param name="rowsOfEach">How many rows of each label.</param>
    /// <returns>For each row its label and what the model says.</returns>
    public static IReadOnlyList<(bool Label, Prediction Prediction)> Score(ITransformer model, TableView view, int rowsOfEach)
    {
        List<(bool Label, Prediction Prediction)> scored = [];
        IDataView outputs = model.Transform(view);
        DataViewSchema.Column[] columns =
            [outputs.Schema[view.LabelName], .. ((string[])["PredictedLabel", "Score", "Probability"]).Select(name => outputs.Schema[name])];
        using DataViewRowCursor cursor = outputs.GetRowCursor(columns);
        ValueGetter<bool> label = cursor.GetGetter<bool>(columns[0]), predictedLabel = cursor.GetGetter<bool>(columns[1]);
        ValueGetter<float> score = cursor.GetGetter<float>(columns[2]), probability = cursor.GetGetter<float>(columns[3]);
        while (scored.Count < 2 * rowsOfEach && cursor.MoveNext())
        {
            bool isPositive = false, isPredictedPositive = false;
            label(ref isPositive);
            if (scored.Count(s => s.Label == isPositive) == rowsOfEach)
                continue;
            float s = 0, p = 0;
            predictedLabel(ref isPredictedPositive);
            score(ref s);
            probability(ref p);
            scored.Add((isPositive, new Prediction { PredictedLabel = isPredictedPositive, Score = s, Probability = p }));
        }
        return scored;
    }
}
