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
    private double _least = double.PositiveInfinity, _most = double.NegativeInfinity;
    private long _count;

    /// <summary>The mean, 0 if there is no number.</summary>
    public double Mean => _mean;

    /// <summary>The number that becomes 0, and the one that becomes 1; 0 and 1 where numbers stay as they are.</summary>
    public (double Zero, double One) Line { get; private set; } = (0, 1);

    /// <summary>Whether the numbers are put on another line.</summary>
    public bool IsMoved => Line != (0, 1);

    /// <summary>The least and the largest number.</summary>
    public (double Least, double Largest) Range => (_least, _most);

    /// <summary>Whether there is no line on which single precision holds all the numbers, or tells any of them apart.</summary>
    public bool IsBeyondSingle { get; private set; }

    public void Add(double number)
    {
        if (double.IsNaN(number))
            return;
        _mean += (number - _mean) / ++_count;
        (_least, _most) = (Math.Min(_least, number), Math.Max(_most, number));
        if (_doubles.Count < MostCompared && _doubles.Add(number))
            _singles.Add((float)number);
    }

    /// <summary>Decides whether the numbers are to be put on another line, once all have been seen.</summary>
    public void Decide()
    {
        double largest = _count == 0 ? 0 : Math.Max(Math.Abs(_least), Math.Abs(_most));
        bool isLost = _doubles.Count - _singles.Count > _doubles.Count / 100;
        if (largest == 0 || (!isLost && largest is > Smallest and < Largest))
            return;
        Line = FindLine() ?? Line;
        HashSet<float> placed = [.. _doubles.Select(Placed)];
        IsBeyondSingle = !float.IsFinite(Placed(_least)) || !float.IsFinite(Placed(_most)) || (placed.Count == 1 && _doubles.Count > 1);
    }

    private float Placed(double number) => (float)((number - Line.Zero) / (Line.One - Line.Zero));

    private (double Zero, double One)? FindLine()
    {
        // Quartiles, so that a few numbers far from the others, such as 0 for an unknown time, don't decide.
        double[] sorted = [.. _doubles.Order()];
        double middle = sorted[sorted.Length / 2], spread = sorted[3 * sorted.Length / 4] - sorted[sorted.Length / 4];
        spread = spread > 0 ? spread : sorted[^1] - sorted[0];
        spread = spread == 0 && Math.Abs(middle) > float.MaxValue ? Math.Abs(middle) / 16 : spread; // of which 1 / spread is a normal number
        return double.IsFinite(spread) && double.IsNormal(1 / spread) && double.IsFinite(middle + spread) && middle + spread != middle
            ? (middle, middle + spread) : null;
    }
}
