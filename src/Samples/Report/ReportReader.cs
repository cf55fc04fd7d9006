using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Report;

/// <summary>Takes what a report needs out of scored views.</summary>
internal static class ReportReader
{
    /// <summary>The labels, scores and probabilities of all rows of a view that a model has scored.</summary>
    public static ScoredRows ReadScores(IDataView scored, string labelName)
    {
        DataViewSchema.Column label = scored.Schema[labelName], score = scored.Schema["Score"], probability = scored.Schema["Probability"];
        var labels = new List<bool>();
        var scores = new List<double>();
        var probabilities = new List<double>();
        using DataViewRowCursor cursor = scored.GetRowCursor([label, score, probability]);
        ValueGetter<bool> labelOf = cursor.GetGetter<bool>(label);
        ValueGetter<float> scoreOf = cursor.GetGetter<float>(score), probabilityOf = cursor.GetGetter<float>(probability);
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
        }

        return new ScoredRows([.. labels], [.. scores], [.. probabilities]);
    }

    /// <summary>The labels, scores, probabilities and inputs of all rows of a view that a model has scored.</summary>
    /// <param name="scored">The view.</param>
    /// <param name="labelName">Its label column.</param>
    public static (ScoredRows Rows, FeatureRows Inputs) Read(IDataView scored, string labelName)
    {
        DataViewSchema.Column label = scored.Schema[labelName], score = scored.Schema["Score"], probability = scored.Schema["Probability"];
        DataViewSchema.Column features = scored.Schema[FeaturePipeline.Features];
        var labels = new List<bool>();
        var scores = new List<double>();
        var probabilities = new List<double>();
        var values = new List<VBuffer<float>>();
        using (DataViewRowCursor cursor = scored.GetRowCursor([label, score, probability, features]))
        {
            ValueGetter<bool> labelOf = cursor.GetGetter<bool>(label);
            ValueGetter<float> scoreOf = cursor.GetGetter<float>(score), probabilityOf = cursor.GetGetter<float>(probability);
            ValueGetter<VBuffer<float>> featuresOf = cursor.GetGetter<VBuffer<float>>(features);
            while (cursor.MoveNext())
            {
                bool yes = false;
                float s = 0, p = 0;
                labelOf(ref yes);
                scoreOf(ref s);
                probabilityOf(ref p);
                VBuffer<float> row = default;
                featuresOf(ref row);
                labels.Add(yes);
                scores.Add(s);
                probabilities.Add(p);
                values.Add(row);
            }
        }

        InputMap map = InputMap.Of(scored.Schema, features.Name);
        return (new ScoredRows([.. labels], [.. scores], [.. probabilities]),
            new FeatureRows(values, map.Names, map.Columns));
    }
}
