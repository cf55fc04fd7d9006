using System.Globalization;

namespace MlNetShallowNet.Samples.Output;

/// <summary>How fast rows are worked through and how long it takes still, in words; told from the first report on, for what comes before it is of another kind.</summary>
/// <param name="time">The clock.</param>
internal sealed class Pace(TimeProvider time)
{
    private readonly HashSet<int> _reported = [];
    private (long Time, double Rows, double Share)? _first;
    private bool _isKnown;

    /// <summary>Rows per second and the time that is left: ", 1,200,000 rows/s, 8 s left"; nothing until a worker reports again, for workers that begin
    /// together report together, and what they have done until then took longer than from one report to the next.</summary>
    /// <param name="rows">The rows that were worked through, each as often as it was.</param>
    /// <param name="share">The share of the work that is done, 0 to 1.</param>
    /// <param name="worker">Which of those that work at the same time reports.</param>
    public string After(double rows, double share, int worker = 0)
    {
        _isKnown |= !_reported.Add(worker);
        _first ??= (time.GetTimestamp(), rows, share);
        if (!_isKnown || _first is not { } first)
            return "";
        double seconds = time.GetElapsedTime(first.Time).TotalSeconds;
        string rate = rows > first.Rows && seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Rounded((rows - first.Rows) / seconds):N0} rows/s") : "";
        string left = share > first.Share && share < 1 ? $", {Duration(seconds * (1 - share) / (share - first.Share))} left" : "";
        return rate + left;
    }

    /// <summary>A time as one says it: 8 s, 3 min 20 s, 2 h 5 min.</summary>
    private static string Duration(double time)
    {
        long seconds = (long)Math.Ceiling(time);
        return seconds < 60 ? $"{seconds} s"
            : seconds < 3600 ? $"{seconds / 60} min {seconds % 60} s"
            : $"{seconds / 3600} h {seconds / 60 % 60} min";
    }

    // To two digits: more of them would only flicker.
    private static double Rounded(double rate)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(rate)) - 1));
        return Math.Round(rate / unit) * unit;
    }
}
