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
}
