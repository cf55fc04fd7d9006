using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Quality.Measuring;

/// <summary>How long a model takes to score.</summary>
internal static class ScoringTime
{
    private const double LeastSeconds = 0.2;
    private const int MostRounds = 20;

    /// <summary>Microseconds a row when all rows are read through one cursor, on one thread: the best of several passes.</summary>
    public static double Batch(IDataView scored, int rows)
    {
        double best = double.MaxValue, total = 0;
        for (int round = 0; round < MostRounds && total < LeastSeconds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = scored.GetColumn<float>("Score").Sum(score => (double)score);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            (best, total) = (Math.Min(best, seconds), total + seconds);
        }

        return best * 1e6 / rows;
    }

    /// <summary>Microseconds of a call of <c>PredictionEngine.Predict</c> with an object of one's own to fill: the best of many rounds.</summary>
    public static double OneRow(MLContext ml, ITransformer model, FeatureRow[] rows)
    {
        using PredictionEngine<FeatureRow, Scored> engine = ml.Model.CreatePredictionEngine<FeatureRow, Scored>(
            model, inputSchemaDefinition: FeatureRow.Schema(rows[0].Features.Length));
        const int calls = 2_000, rounds = 100;
        var result = new Scored();
        double best = double.MaxValue;
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
                engine.Predict(rows[i % rows.Length], ref result);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / calls);
        }

        return best * 1e6;
    }

    private sealed class Scored
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
