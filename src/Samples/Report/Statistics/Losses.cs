namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>Log losses in natural units.</summary>
internal static class Losses
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>The loss of every row. A probability of exactly 0 or 1 counts as the nearest other double, as in scikit-learn.</summary>
    public static double[] OfRows(ScoredRows rows) =>
        [.. rows.Probabilities.Zip(rows.Labels, (p, yes) => OfRow(p, yes))];

    /// <summary>The loss of each row for someone who gives every row the same probability.</summary>
    public static double[] OfConstant(ScoredRows rows, double probability) => [.. rows.Labels.Select(yes => OfRow(probability, yes))];

    public static double OfRow(double probability, bool yes)
    {
        double p = Math.Clamp(probability, Epsilon, 1 - Epsilon);
        return yes ? -Math.Log(p) : -Math.Log(1 - p);
    }

    /// <summary>The standard error of a mean.</summary>
    public static double StandardError(IReadOnlyCollection<double> values) =>
        values.Count < 2 ? double.PositiveInfinity : Spread.StandardDeviation(values) / Math.Sqrt(values.Count);
}
