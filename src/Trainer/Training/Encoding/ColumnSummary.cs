namespace MlNetShallowNet.Training;

/// <summary>The values of one feature over the training rows, sorted, with the rows' weights.</summary>
internal sealed class ColumnSummary
{
    private readonly float[] _values;
    private readonly float[]? _weights;
    private readonly double _weight;

    /// <param name="values">The values, which are sorted where they stand.</param>
    /// <param name="weights">Their weights, sorted along; null where each is 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ColumnSummary(float[] values, float[]? weights)
    {
        RadixSort.Sort(values, weights);
        (_values, _weights) = (values, weights);
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            _weight += WeightAt(i);
            sum += WeightAt(i) * values[i];
        }

        Mean = sum / _weight;
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
            squares += WeightAt(i) * (values[i] - Mean) * (values[i] - Mean);
        Deviation = Math.Sqrt(squares / _weight);
    }

    /// <summary>Whether values between these say nothing: also where they are so near that the difference can't be divided by.</summary>
    public static bool IsConstant(float least, float greatest) => !(least < greatest) || !float.IsFinite((float)(2 / ((double)greatest - least)));

    public double Mean { get; }

    public double Deviation { get; }

    /// <summary>
    /// Knots: the ends, every value that has more than its share (1 / <paramref name="intervals"/>) of the rows, and quantiles of the other
    /// values, so that the intervals between hold about as many rows each.
    /// </summary>
    /// <param name="intervals">How many intervals, about; at least 1.</param>
    /// <param name="least">The lower end, at most the least value.</param>
    /// <param name="greatest">The upper end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float[] Knots(int intervals, float least, float greatest)
    {
        var knots = new SortedSet<float> { least, greatest };
        double share = _weight / intervals, rest = _weight;
        int next;
        for (int from = 0; from < _values.Length; from = next)
        {
            next = EndOfRun(from, out double weight);
            if (weight <= share)
                continue;
            knots.Add(_values[from]);
            rest -= weight;
        }

        double passed = 0;
        int quantile = 1;
        for (int from = 0; from < _values.Length && quantile < intervals; from = next)
        {
            next = EndOfRun(from, out double weight);
            if (weight > share)
                continue;
            passed += weight;
            for (; quantile < intervals && passed > rest * quantile / intervals; quantile++)
                knots.Add(_values[from]);
        }

        return [.. knots];
    }

    /// <summary>
    /// The feature itself at the knots, standardised; clipped at <paramref name="clip"/> standard deviations, so that a long tail does not take
    /// all the room, and standardised again as what the knots make of it. And the mean of each knot's column over the rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (float[] Line, float[] MeanColumns) LineAt(float[] knots, double clip)
    {
        // In each interval: the weight of its rows, and the sums of how far they are from its left knot (0 to 1), plain and squared.
        int intervals = knots.Length - 1, at = 0;
        double[] weight = new double[intervals], far = new double[intervals], squaredFar = new double[intervals];
        for (int i = 0; i < _values.Length; i++)
        {
            while (at < intervals - 1 && _values[i] >= knots[at + 1])
                at++;
            double t = ((double)_values[i] - knots[at]) / ((double)knots[at + 1] - knots[at]), w = WeightAt(i) / _weight;
            weight[at] += w;
            far[at] += w * t;
            squaredFar[at] += w * t * t;
        }

        double[] line = [.. knots.Select(k => Math.Clamp((k - Mean) / Deviation, -clip, clip))];
        double[] means = new double[knots.Length];
        double mean = 0, squares = 0;
        for (int k = 0; k < intervals; k++)
        {
            double rise = line[k + 1] - line[k];
            mean += line[k] * weight[k] + rise * far[k];
            squares += line[k] * line[k] * weight[k] + 2 * line[k] * rise * far[k] + rise * rise * squaredFar[k];
            means[k] += weight[k] - far[k];
            means[k + 1] += far[k];
        }

        double variance = squares - mean * mean, deviation = variance > 1e-12 ? Math.Sqrt(variance) : 1;
        return ([.. line.Select(l => (float)((l - mean) / deviation))], [.. means.Select(m => (float)m)]);
    }

    /// <summary>All values, ascending; null where there are more than <paramref name="most"/>.</summary>
    public float[]? Values(int most)
    {
        var values = new List<float>();
        for (int from = 0; from < _values.Length; from = EndOfRun(from, out _))
        {
            if (values.Count == most)
                return null;
            values.Add(_values[from]);
        }
        return [.. values];
    }

    private double WeightAt(int i) => _weights?[i] ?? 1;

    // The end of the run of equal values that begins here, and its weight.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EndOfRun(int from, out double weight)
    {
        weight = 0;
        int to = from;
        for (; to < _values.Length && _values[to] == _values[from]; to++)
            weight += WeightAt(to);
        return to;
    }
}
