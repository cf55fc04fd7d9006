namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// What is to be known of a column of numbers before they become single: their mean, and the line on which they are put where single
/// precision could not tell them apart (an offset taken off, a scale).
/// </summary>
internal sealed class NumberStatistics
{
    private const int MostCompared = 1000;

    /// <summary>Sums of squares stay within single precision for numbers between these.</summary>
    private const double Smallest = 1e-15, Largest = 1e15;

    private readonly HashSet<double> _doubles = [];
    private readonly HashSet<float> _singles = [];
    private double _mean;
    private long _count;

    /// <summary>The mean, 0 if there is no number.</summary>
    public double Mean => _mean;

    /// <summary>The number that becomes 0, and the one that becomes 1; 0 and 1 where numbers stay as they are.</summary>
    public (double Zero, double One) Line { get; private set; } = (0, 1);

    /// <summary>Whether the numbers are put on another line.</summary>
    public bool IsMoved => Line != (0, 1);

    public void Add(double number)
    {
        if (double.IsNaN(number))
            return;
        _mean += (number - _mean) / ++_count;
        if (_doubles.Count < MostCompared && _doubles.Add(number))
            _singles.Add((float)number);
    }

    /// <summary>Decides whether the numbers are to be put on another line, once all have been seen.</summary>
    public void Decide()
    {
        double largest = _doubles.Select(Math.Abs).DefaultIfEmpty(0).Max();
        bool isLost = _doubles.Count - _singles.Count > _doubles.Count / 100;
        if (largest == 0 || (!isLost && largest is > Smallest and < Largest))
            return;
        // Quartiles, so that a few numbers far from the others, such as 0 for an unknown time, don't decide.
        double[] sorted = [.. _doubles.Order()];
        double middle = sorted[sorted.Length / 2], spread = sorted[3 * sorted.Length / 4] - sorted[sorted.Length / 4];
        spread = spread > 0 ? spread : sorted[^1] - sorted[0];
        if (!double.IsFinite(spread) || !double.IsNormal(1 / spread) || middle + spread == middle)
            return;
        Line = (middle, middle + spread);
    }
}
