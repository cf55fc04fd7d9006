using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Report;

/// <summary>Takes what a report needs out of scored views.</summary>
internal static class ReportReader
{
    /// <summary>The labels, scores and probabilities of all rows of a view that a model has scored.</summary>
    public static ScoredRows ReadScores(IDataView scored, string labelName) => Read(scored, labelName, [], _ => static () => { });

    /// <summary>The labels, scores, probabilities and inputs of all rows of a view that a model has scored.</summary>
    /// <param name="scored">The view.</param>
    /// <param name="labelName">Its label column.</param>
    public static (ScoredRows Rows, FeatureRows Inputs) Read(IDataView scored, string labelName)
    {
        DataViewSchema.Column features = scored.Schema[FeaturePipeline.Features];
        var values = new List<VBuffer<float>>();
        ScoredRows rows = Read(scored, labelName, [features], cursor =>
        {
            ValueGetter<VBuffer<float>> featuresOf = cursor.GetGetter<VBuffer<float>>(features);
            return () =>
            {
                VBuffer<float> row = default;
                featuresOf(ref row);
                values.Add(row);
            };
        });
        InputMap map = InputMap.Of(scored.Schema, features.Name);
        return (rows, new FeatureRows(values, map.Names, map.Columns));
    }

    // What else is read of a row, from further columns, the action does that is made for the cursor.
    private static ScoredRows Read(IDataView scored, string labelName, DataViewSchema.Column[] further, Func<DataViewRowCursor, Action> readFurther)
    {
        DataViewSchema.Column label = scored.Schema[labelName], score = scored.Schema["Score"], probability = scored.Schema["Probability"];
        int count = (int)(scored.GetRowCount() ?? 0);
        var labels = new List<bool>(count);
        var scores = new List<double>(count);
        var probabilities = new List<double>(count);
        using DataViewRowCursor cursor = scored.GetRowCursor([label, score, probability, .. further]);
        ValueGetter<bool> labelOf = cursor.GetGetter<bool>(label);
        ValueGetter<float> scoreOf = cursor.GetGetter<float>(score), probabilityOf = cursor.GetGetter<float>(probability);
        Action read = readFurther(cursor);
        while (cursor.MoveNext())
        {
            bool yes = false;
            float s = 0, p = 0;
            labelOf(ref yes);
            scoreOf(ref s);
            probabilityOf(ref p);
            labels.Add(yes);
            scores.Add(s);
            probabilities.Add(p);
            read();
        }

        return new ScoredRows([.. labels], [.. scores], [.. probabilities]);
    }
}
