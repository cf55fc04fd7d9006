using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>How often the label is yes.</summary>
internal static class BaseRate
{
    // Where one class is missing: as if there were half a row more of each.
    private const double Pseudo = 0.5;

    /// <summary>The log-odds of a yes, by weight: what a network that knows nothing should say.</summary>
    public static double LogOdds(TrainingRows rows) => LogOdds(rows, [.. Enumerable.Range(0, rows.Count)]);

    /// <summary>The log-odds of a yes among some of the rows.</summary>
    public static double LogOdds(TrainingRows rows, int[] some)
    {
        double yes = 0, all = 0;
        foreach (int i in some)
        {
            double weight = rows.Weights?[i] ?? 1;
            all += weight;
            yes += weight * rows.Labels[i];
        }

        double half = Pseudo * all / some.Length;
        return Math.Log((yes + half) / (all - yes + half));
    }
}

/// <summary>L of one example from its score: max(z, 0) - y z + log(1 + e^-|z|), which never overflows.</summary>
internal static class LogLoss
{
    public static double Of(double score, double label) =>
        Math.Max(score, 0) - label * score + double.LogP1(Math.Exp(-Math.Abs(score)));
}
