using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>How often a label is positive.</summary>
internal static class BaseRate
{
    // Where one class is missing: as if there were half a row more of each.
    private const double Pseudo = 0.5;

    /// <summary>The log-odds of a positive, by weight: what a network that knows nothing should say.</summary>
    /// <param name="positive">The weight of positive rows.</param>
    /// <param name="all">The weight of all rows.</param>
    /// <param name="count">How many rows.</param>
    public static double LogOdds(double positive, double all, long count)
    {
        double half = Pseudo * all / count;
        return Math.Log((positive + half) / (all - positive + half));
    }

    /// <summary>The same of rows.</summary>
    public static double LogOdds(TrainingRows rows) => LogOdds(rows, [.. Enumerable.Range(0, rows.Count)]);

    /// <summary>The same of some rows.</summary>
    public static double LogOdds(TrainingRows rows, int[] some)
    {
        double positive = 0, all = 0;
        foreach (int i in some)
        {
            double weight = rows.Weights?[i] ?? 1;
            all += weight;
            positive += weight * rows.Labels[i];
        }
        return LogOdds(positive, all, some.Length);
    }
}
