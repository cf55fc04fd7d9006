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
}
