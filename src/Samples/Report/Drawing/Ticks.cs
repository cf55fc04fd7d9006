namespace MlNetShallowNet.Samples.Report.Drawing;

/// <summary>Round numbers for an axis.</summary>
internal static class Ticks
{
    /// <summary>About so many multiples of 1, 2 or 5 times a power of ten between two numbers.</summary>
    public static IReadOnlyList<double> Between(double low, double high, int about = 5)
    {
        double raw = (high - low) / about;
        if (!(raw > 0) || double.IsInfinity(raw))
            return [low];
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = new[] { 1.0, 2, 5, 10 }.Select(f => f * power).First(s => s >= raw * 0.9);
        long first = (long)Math.Ceiling(low / step - 1e-9), last = (long)Math.Floor(high / step + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * step)];
    }
}
