using System.Numerics;
using MlNetShallowNet.Network;

namespace MlNetShallowNet;

/// <summary>
/// What a network reads instead of raw features, where it was trained so: every feature is first clamped to its bounds; a feature with
/// knots k0 &lt; k1 &lt; ... then becomes one column for each, of which at most two neighbours are not 0: between two knots the left one's
/// column falls from 1 to 0 and the right one's rises from 0 to 1. So the first layer sees a piecewise-linear function of the feature with
/// any value at each knot: the piecewise-linear encoding of Gorishniy et al. (2022, "On embeddings for numerical features"), summed up.
/// Because two columns are all that a row needs of a feature, scoring costs the same however many knots there are. Behind the columns of the
/// features come those of crosses, which are products of two of them. Immutable.
/// </summary>
public sealed class InputEncoding
{
    private const int FewKnots = 64;

    private readonly float[] _lower, _upper;
    private readonly float[] _knots, _slopes; // of all features; 1 / distance to the next knot
    private readonly int[] _firstColumn;
    private readonly CrossColumns _crosses;
    private readonly int[] _crossed; // the features of crosses

    /// <summary>An encoding. The arrays are copied.</summary>
    /// <param name="lower">The lower bound of each feature, D numbers; negative infinity for none.</param>
    /// <param name="upper">The upper bounds; infinity for none.</param>
    /// <param name="knots">For each feature its knots, ascending, at least two; a single number for a feature that is one column, its value
    /// less that number; none for a feature that is left out.</param>
    /// <param name="crosses">The features that are read together, too; none by default.</param>
    /// <exception cref="ArgumentException">Lengths differ, a bound is NaN or above its upper one, knots do not ascend, are not finite or nearer than 3e-39, or
    /// there are no such features to cross.</exception>
    public InputEncoding(ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, IReadOnlyList<float[]> knots, ReadOnlySpan<FeatureCross> crosses = default)
    {
        ArgumentNullException.ThrowIfNull(knots);
        if (lower.Length < 1 || upper.Length != lower.Length || knots.Count != lower.Length)
            throw new ArgumentException($"There must be as many lower bounds, upper bounds and lists of knots; there are {lower.Length}, {upper.Length} and {knots.Count}.");
        (_lower, _upper) = (lower.ToArray(), upper.ToArray());
        _firstColumn = new int[lower.Length + 1];
        for (int d = 0; d < lower.Length; d++)
        {
            if (!(lower[d] <= upper[d]))
                throw new ArgumentException($"Feature {d} has the bounds {lower[d]} and {upper[d]}; the first must not be above the second.");
            _firstColumn[d + 1] = checked(_firstColumn[d] + knots[d].Length);
        }
        if (FirstCrossColumn == 0)
            throw new ArgumentException("At least one feature must have a column.");
        _crosses = new CrossColumns(crosses, _firstColumn);
        _crossed = Crossed(crosses, lower.Length);
        LargestRow = _crosses.Count;
        (_knots, _slopes) = (new float[FirstCrossColumn + Vector256<float>.Count], new float[FirstCrossColumn]); // vectors read past the last knot
        for (int d = 0; d < lower.Length; d++)
        {
            float[] ofFeature = knots[d];
            for (int k = 0; k < ofFeature.Length; k++)
            {
                float slope = k == 0 ? 0 : KnotSpacing.Slope(ofFeature[k - 1], ofFeature[k]);
                if (!float.IsFinite(ofFeature[k]) || !(slope >= 0 && float.IsFinite(slope)))
                    throw new ArgumentException($"The knots of feature {d} must be finite, ascend and be 3e-39 apart at least; they are {string.Join(", ", ofFeature)}.");
                _knots[_firstColumn[d] + k] = ofFeature[k];
                if (k > 0)
                    _slopes[_firstColumn[d] + k - 1] = slope;
            }
            LargestRow += Math.Min(ofFeature.Length, 2);
        }
    }

    /// <summary>D, the number of raw features.</summary>
    public int FeatureCount => _lower.Length;

    /// <summary>T, the number of columns that the first layer reads.</summary>
    public int ColumnCount => FirstCrossColumn + _crosses.Count;

    /// <summary>The columns of the features, behind which those of the crosses stand.</summary>
    public int FirstCrossColumn => _firstColumn[^1];

    /// <summary>The features that are read together.</summary>
    public ReadOnlySpan<FeatureCross> Crosses => _crosses.All;

    /// <summary>The largest number of columns that a row can have which are not 0.</summary>
    public int LargestRow { get; }

    /// <summary>The lower bounds, D numbers.</summary>
    public ReadOnlySpan<float> Lower => _lower;

    /// <summary>The upper bounds, D numbers.</summary>
    public ReadOnlySpan<float> Upper => _upper;

    /// <summary>The knots of a feature: two or more; one for a feature that is a single column, which is what is taken off its value; none
    /// for one left out.</summary>
    public ReadOnlySpan<float> Knots(int feature) => _knots.AsSpan(_firstColumn[feature].._firstColumn[feature + 1]);

    /// <summary>The first of a feature's columns.</summary>
    public int FirstColumn(int feature) => _firstColumn[feature];

    /// <summary>The feature that a column belongs to, twice, or the two that it is the product of.</summary>
    public (int First, int Second) FeaturesOf(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        if (column < FirstCrossColumn)
        {
            int feature = FeatureOf(column);
            return (feature, feature);
        }
        (int first, int second) = FactorsOf(column);
        return (FeatureOf(first), FeatureOf(second));
    }

    /// <summary>The two columns that a column of a cross is the product of.</summary>
    /// <param name="column">The column, from <see cref="FirstCrossColumn"/> on.</param>
    public (int First, int Second) FactorsOf(int column)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(column, FirstCrossColumn);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, ColumnCount);
        return _crosses.FactorsOf(column);
    }

    /// <summary>The columns of the crosses by the columns that they are products of.</summary>
    internal CrossColumns CrossColumns => _crosses;

    private int FeatureOf(int column)
    {
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
        int[] indices = new int[LargestRow];
        float[] values = new float[LargestRow];
        int count = Encode(row, indices, values);
        for (int k = 0; k < count; k++)
            columns[indices[k]] = values[k];
    }

    /// <summary>The columns of a row that are not 0: how many, and their ascending indices and values.</summary>
    internal int Encode(ReadOnlySpan<float> row, Span<int> indices, Span<float> values)
    {
        int at = 0;
        for (int d = 0; d < row.Length; d++)
            at += Encode(d, row[d], indices[at..], values[at..]);
        return at + _crosses.Multiply(indices[..at], values[..at], indices[at..], values[at..]);
    }

    /// <summary>The columns of the crosses that are not 0, in the same way.</summary>
    /// <param name="row">The raw features.</param>
    /// <param name="indices">Room for <see cref="RoomForCrosses"/>; the columns' indices.</param>
    /// <param name="values">As much room; their values.</param>
    internal int Cross(ReadOnlySpan<float> row, Span<int> indices, Span<float> values)
    {
        int at = 0;
        foreach (int d in _crossed)
            at += Encode(d, row[d], indices[at..], values[at..]);
        int count = _crosses.Multiply(indices[..at], values[..at], indices[at..], values[at..]);
        indices.Slice(at, count).CopyTo(indices);
        values.Slice(at, count).CopyTo(values);
        return count;
    }

    /// <summary>The same of a row by its features that are not 0.</summary>
    /// <param name="features">Which they are.</param>
    /// <param name="ofFeatures">Their values.</param>
    /// <param name="zeros">D numbers that are 0, also afterwards.</param>
    /// <param name="indices">Room for <see cref="RoomForCrosses"/>; the columns' indices.</param>
    /// <param name="values">As much room; their values.</param>
    internal int Cross(ReadOnlySpan<int> features, ReadOnlySpan<float> ofFeatures, Span<float> zeros, Span<int> indices, Span<float> values)
    {
        for (int k = 0; k < features.Length; k++)
            zeros[features[k]] = ofFeatures[k];
        int count = Cross(zeros, indices, values);
        foreach (int feature in features)
            zeros[feature] = 0;
        return count;
    }

    /// <summary>The room that the crosses of a row need; 0 where there are none.</summary>
    internal int RoomForCrosses => 2 * _crossed.Length + _crosses.Count;

    private int Encode(int feature, float x, Span<int> indices, Span<float> values)
    {
        int count = Encode(feature, x, out int column, out float first, out float second);
        if (count > 0)
            (indices[0], values[0]) = (column, first);
        if (count > 1)
            (indices[1], values[1]) = (column + 1, second);
        return count;
    }

    private static int[] Crossed(ReadOnlySpan<FeatureCross> crosses, int features)
    {
        bool[] isCrossed = new bool[features];
        foreach (FeatureCross cross in crosses)
        {
            isCrossed.AsSpan(cross.First, cross.FirstCount).Fill(true);
            isCrossed.AsSpan(cross.Second, cross.SecondCount).Fill(true);
        }
        return [.. Enumerable.Range(0, features).Where(d => isCrossed[d])];
    }

    /// <summary>The one or two columns of a feature's value that are not 0, from <paramref name="column"/> on; how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Encode(int feature, float x, out int column, out float first, out float second)
    {
        int start = _firstColumn[feature], knots = _firstColumn[feature + 1] - start;
        (column, first, second) = (start, x, 0);
        if (knots == 0)
            return 0;
        if (float.IsNaN(x))
            return 1;
        if (knots == 1)
        {
            first = MathF.Min(MathF.Max(x, _lower[feature]), _upper[feature]) - _knots[start];
            return first == 0 ? 0 : 1;
        }
        second = Locate(feature, x, out int interval);
        column += interval;
        first = 1 - second;
        if (second == 0)
            return 1;
        if (second < 1)
            return 2;
        (column, first, second) = (column + 1, 1, 0);
        return 1;
    }

    /// <summary>Where a value is along the knots of a feature: 2.25 is a quarter of the way from knot 2 to knot 3.</summary>
    internal float Position(int feature, float x)
    {
        float fraction = Locate(feature, x, out int interval);
        return interval + fraction;
    }

    /// <summary>The interval between two knots that a value is in, and how far it is from the left one, 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float Locate(int feature, float x, out int interval)
    {
        x = MathF.Min(MathF.Max(x, _lower[feature]), _upper[feature]);
        int start = _firstColumn[feature], knots = _firstColumn[feature + 1] - start;
        interval = Math.Clamp((knots <= FewKnots ? CountUpTo(x, start, knots) : SearchUpTo(x, start, knots)) - 1, 0, knots - 2);
        return MathF.Min(MathF.Max((x - _knots[start + interval]) * _slopes[start + interval], 0), 1);
    }

    /// <summary>Where values of one feature are along its knots: the same as of each alone, in a third of the time.</summary>
    /// <param name="feature">The feature, with knots.</param>
    /// <param name="values">The values; afterwards how far each is from the left knot.</param>
    /// <param name="intervals">Takes the interval of each.</param>
    internal void Locate(int feature, Span<float> values, Span<int> intervals)
    {
        int start = _firstColumn[feature], last = _firstColumn[feature + 1] - 2, i = 0;
        Vector256<float> lower = Vector256.Create(_lower[feature]), upper = Vector256.Create(_upper[feature]);
        for (; last - start < FewKnots && i + Vector256<float>.Count <= values.Length; i += Vector256<float>.Count)
        {
            Vector256<float> x = Vector256.Min(Vector256.Max(Vector256.Create<float>(values[i..]), lower), upper);
            Vector256<float> left = Vector256.Create(_knots[start]), slope = Vector256.Create(_slopes[start]);
            Vector256<int> interval = Vector256<int>.Zero;
            for (int k = start + 1; k <= last; k++)
            {
                Vector256<float> knot = Vector256.Create(_knots[k]), isPassed = Vector256.LessThanOrEqual(knot, x);
                left = Vector256.ConditionalSelect(isPassed, knot, left);
                slope = Vector256.ConditionalSelect(isPassed, Vector256.Create(_slopes[k]), slope);
                interval -= isPassed.AsInt32();
            }
            Vector256.Min(Vector256.Max((x - left) * slope, Vector256<float>.Zero), Vector256<float>.One).CopyTo(values[i..]);
            interval.CopyTo(intervals[i..]);
        }
        for (; i < values.Length; i++)
            values[i] = Locate(feature, values[i], out intervals[i]);
    }

    // Knots up to x: a few comparisons without a branch that could be foreseen wrongly.
    private int CountUpTo(float x, int start, int knots)
    {
        ref float first = ref _knots[start];
        Vector256<float> value = Vector256.Create(x);
        int count = 0;
        for (int k = 0; k < knots; k += Vector256<float>.Count)
        {
            uint bits = Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref first, (nuint)k), value).ExtractMostSignificantBits();
            count += BitOperations.PopCount(knots - k < Vector256<float>.Count ? bits & ((1u << (knots - k)) - 1) : bits);
        }
        return count;
    }

    private int SearchUpTo(float x, int start, int knots)
    {
        int at = _knots.AsSpan(start, knots).BinarySearch(x);
        return at >= 0 ? at + 1 : ~at;
    }
}
