using System.Diagnostics;
using Microsoft.ML;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Comparison;

/// <summary>How long a model takes for one row.</summary>
internal static class PredictionTime
{
    private const int Calls = 1000;

    /// <summary>Microseconds of a call of <c>PredictionEngine.Predict</c> with an object of one's own to fill: the best of many rounds.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="model">From features to the score.</param>
    /// <param name="rows">Rows to score, again and again.</param>
    /// <param name="leastSeconds">How long to go on.</param>
    /// <param name="label">What the label column was called in training.</param>
    public static double Microseconds(
        MLContext ml, ITransformer model, IReadOnlyList<FeatureRow> rows, double leastSeconds, string label = nameof(FeatureRow.Label))
    {
        using PredictionEngine<FeatureRow, Prediction> engine = ml.Model.CreatePredictionEngine<FeatureRow, Prediction>(
            model, inputSchemaDefinition: FeatureRow.Schema(rows[0].Features.Length, label));
        var result = new Prediction();
        double best = double.MaxValue;
        for (double total = 0; total < leastSeconds;)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Calls; i++)
                engine.Predict(rows[i % rows.Count], ref result);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            (best, total) = (Math.Min(best, seconds), total + seconds);
        }

        return best * 1e6 / Calls;
    }
}
