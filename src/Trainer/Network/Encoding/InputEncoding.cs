using System.Runtime.CompilerServices;

namespace MlNetShallowNet;

/// <summary>
/// What a network reads instead of raw features, where it was trained so: every feature is first clamped to its bounds; a feature with
/// knots k0 &lt; k1 &lt; ... then becomes one column for each, of which at most two neighbours are not 0: between two knots the left one's
/// column falls from 1 to 0 and the right one's rises from 0 to 1. So the first layer sees a piecewise-linear function of the feature with
/// any value at each knot: the piecewise-linear encoding of Gorishniy et al. (2022, "On embeddings for numerical features"), summed up.
/// Because two columns are all that a row needs of a feature, scoring costs the same however many knots there are. Immutable.
/// </summary>
public sealed class InputEncoding
{
    private readonly float[] _lower, _upper;
    private readonly float[][] _knots;
    private readonly float[][] _slopes; // 1 / distance to the next knot
    private readonly int[] _firstColumn;

    /// <summary>An encoding. The arrays are copied.</summary>
    /// <param name="lower">The lower bound of each feature, D numbers; negative infinity for none.</param>
    /// <param name="upper">The upper bounds; infinity for none.</param>
    /// <param name="knots">For each feature its knots, ascending, at least two; a single number (whatever it is) for a feature that is one
    /// column as it is; none for a feature that is left out.</param>
    /// <exception cref="ArgumentException">Lengths differ, a bound is NaN or above its upper one, or knots do not ascend or are not finite.</exception>
    public InputEncoding(ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, IReadOnlyList<float[]> knots)
    {
        ArgumentNullException.ThrowIfNull(knots);
        if (lower.Length < 1 || upper.Length != lower.Length || knots.Count != lower.Length)
            throw new ArgumentException($"There must be as many lower bounds, upper bounds and lists of knots; there are {lower.Length}, {upper.Length} and {knots.Count}.");
        (_lower, _upper) = (lower.ToArray(), upper.ToArray());
        _knots = [.. knots.Select(k => (float[])k.Clone())];
        _firstColumn = new int[lower.Length + 1];
        for (int d = 0; d < lower.Length; d++)
        {
            if (!(lower[d] <= upper[d]))
                throw new ArgumentException($"Feature {d} has the bounds {lower[d]} and {upper[d]}; the first must not be above the second.");
            float[] ofFeature = _knots[d];
            if (ofFeature.Any(k => !float.IsFinite(k)) || ofFeature.Zip(ofFeature.Skip(1)).Any(pair => pair.First >= pair.Second))
                throw new ArgumentException($"The knots of feature {d} must be finite and ascend; they are {string.Join(", ", ofFeature)}.");
            _firstColumn[d + 1] = _firstColumn[d] + ofFeature.Length;
        }

        if (ColumnCount == 0)
            throw new ArgumentException("At least one feature must have a column.");
        _slopes = [.. _knots.Select(k => k.Zip(k.Skip(1), (a, b) => (float)(1 / ((double)b - a))).ToArray())];
    }

    /// <summary>D, the number of raw features.</summary>
    public int FeatureCount => _lower.Length;

    /// <summary>T, the number of columns that the first layer reads.</summary>
    public int ColumnCount => _firstColumn[^1];

    /// <summary>The largest number of columns that a row can have which are not 0.</summary>
    public int LargestRow => _knots.Sum(k => Math.Min(k.Length, 2));

    /// <summary>The lower bounds, D numbers.</summary>
    public ReadOnlySpan<float> Lower => _lower;

    /// <summary>The upper bounds, D numbers.</summary>
    public ReadOnlySpan<float> Upper => _upper;

    /// <summary>The knots of a feature: two or more; one for a feature that is a column as it is; none for one left out.</summary>
    public ReadOnlySpan<float> Knots(int feature) => _knots[feature];

    /// <summary>The first of a feature's columns.</summary>
    public int FirstColumn(int feature) => _firstColumn[feature];

    /// <summary>The feature that a column belongs to.</summary>
    public int FeatureOf(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, ColumnCount);
        int at = Array.BinarySearch(_firstColumn, column);
        at = at < 0 ? ~at - 1 : at;
        while (_firstColumn[at + 1] == column) // features without columns begin where the next one does
            at++;
        return at;
    }

    /// <summary>A row's columns, T numbers. A NaN feature makes its first column NaN.</summary>
    /// <param name="row">The raw features, D numbers.</param>
    /// <param name="columns">Where the columns go.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void Encode(ReadOnlySpan<float> row, Span<float> columns)
    {
        if (row.Length != FeatureCount || columns.Length != ColumnCount)
            throw new ArgumentException($"Expected {FeatureCount} features and room for {ColumnCount} columns; found {row.Length} and {columns.Length}.");
        columns.Clear();
        for (int d = 0; d < row.Length; d++)
        {
            int count = Encode(d, row[d], out int column, out float first, out float second);
            if (count > 0)
                columns[column] = first;
            if (count > 1)
                columns[column + 1] = second;
        }
    }

    /// <summary>The columns of a row that are not 0: how many, and their ascending indices and values.</summary>
    internal int Encode(ReadOnlySpan<float> row, Span<int> indices, Span<float> values)
    {
        int at = 0;
        for (int d = 0; d < row.Length; d++)
        {
            int count = Encode(d, row[d], out int column, out float first, out float second);
            if (count == 0)
                continue;
            (indices[at], values[at++]) = (column, first);
            if (count > 1)
                (indices[at], values[at++]) = (column + 1, second);
        }

        return at;
    }

    /// <summary>The one or two columns of a feature's value that are not 0, from <paramref name="column"/> on; how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Encode(int feature, float x, out int column, out float first, out float second)
    {
        float[] knots = _knots[feature];
        (column, second) = (_firstColumn[feature], 0);
        if (!float.IsNaN(x))
            x = MathF.Min(MathF.Max(x, _lower[feature]), _upper[feature]);
        first = x;
        if (knots.Length < 2)
            return x == 0 ? 0 : knots.Length;
        if (float.IsNaN(x))
            return 1;

        int left = 0, last = knots.Length - 1;
        if (x >= knots[last])
            left = last;
        else if (x > knots[0])
            left = Interval(knots, x);
        column += left;
        first = 1;
        if (left == last || x <= knots[left])
            return 1;
        second = (x - knots[left]) * _slopes[feature][left];
        first = 1 - second;
        return 2;
    }

    // The last knot that is not above x.
    private static int Interval(float[] knots, float x)
    {
        int low = 0, high = knots.Length - 1; // knots[low] <= x < knots[high]
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (knots[middle] <= x)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
