namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>How far numbers are apart.</summary>
internal static class Spread
{
    /// <summary>The standard deviation of a sample, with n - 1.</summary>
    public static double StandardDeviation(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
