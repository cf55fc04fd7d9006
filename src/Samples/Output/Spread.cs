namespace MlNetShallowNet.Samples.Output;

/// <summary>How far numbers are apart.</summary>
internal static class Spread
{
    /// <summary>The standard deviation of a sample.</summary>
    public static double StandardDeviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
