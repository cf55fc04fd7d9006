using System.Globalization;

namespace MlNetShallowNet.Quality.Picture;

/// <summary>Numbers onto a stretch of the picture, evenly or by their logarithm.</summary>
internal sealed class Axis
{
    private readonly double _low, _high, _from, _to;
    private readonly bool _logarithmic;

    public Axis(IEnumerable<double> values, bool logarithmic, double from, double to)
    {
        double[] all = [.. values.Select(v => logarithmic ? Math.Log10(v) : v)];
        double margin = Math.Max(0.06 * (all.Max() - all.Min()), 1e-6);
        (_low, _high, _from, _to, _logarithmic) = (all.Min() - margin, all.Max() + margin, from, to, logarithmic);
    }

    public double Place(double value) => _from + (_to - _from) * ((_logarithmic ? Math.Log10(value) : value) - _low) / (_high - _low);

    /// <summary>Round numbers along the axis.</summary>
    public IEnumerable<double> Ticks()
    {
        if (_logarithmic)
        {
            double[] steps = _high - _low > 1.5 ? [1] : [1, 2, 5];
            return from power in Enumerable.Range((int)Math.Floor(_low), (int)Math.Ceiling(_high - _low) + 2)
                   from step in steps
                   let value = step * Math.Pow(10, power)
                   where Math.Log10(value) >= _low && Math.Log10(value) <= _high
                   select value;
        }

        double raw = (_high - _low) / 4, unit = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double width = unit * new[] { 1, 2, 5, 10 }.First(k => k * unit >= raw);
        int first = (int)Math.Ceiling(_low / width), last = (int)Math.Floor(_high / width);
        return Enumerable.Range(first, last - first + 1).Select(k => k * width);
    }

    public static string Text(double value) => value >= 1_000
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : Math.Round(value, 6).ToString(CultureInfo.InvariantCulture);
}
