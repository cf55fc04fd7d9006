using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Rows as trees read them: for each feature a column of bytes that say which knot is nearest. A feature that is nearly always at the same
/// knot is also listed row by row where it is not, so that such features cost no more than those entries.
/// </summary>
internal sealed class TreeColumns
{
    public const int MostKnots = 256;

    private const int MostRowsForKnots = 20_000;
    private const int RowsInBlock = 256;
    private const double UsualShare = 0.75;

    private readonly float[][] _knots;
    private readonly byte[][] _bins;
    private readonly float[]?[] _values; // of sparse rows' columns that have values between knots
    private readonly bool[] _isBetween; // whether a column of dense rows has values between knots

    /// <summary>Sorts rows into bins.</summary>
    /// <param name="rows">The rows, which are kept.</param>
    /// <param name="intervals">Intervals between a feature's knots, at most; 1 to 255.</param>
    /// <param name="threads">How many threads may work.</param>
    /// <param name="leastWeight">Columns of sparse rows that are not 0 in rows of less weight together are taken for constants: no split could be made there.</param>
    public TreeColumns(TrainingRows rows, int intervals, int threads, double leastWeight = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(intervals, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(intervals, MostKnots - 1);
        Rows = rows;
        int D = rows.FeatureCount;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        (_knots, _bins, _values, _isBetween) = (new float[D][], new byte[D][], new float[]?[D], new bool[D]);
        if (rows is DenseRows dense)
            Fill(dense, intervals, parallel);
        else
            Fill((SparseRows)rows, intervals, leastWeight, parallel);
        Used = [.. Enumerable.Range(0, D).Where(d => _knots[d].Length > 1)];
        Sparse = new SparseBins(this, UsualShare, parallel);
        Categories = CategoryColumn.Find(this, d => _knots[d] is [0, 1] or [0] && !HasValuesBetween(d), d => _knots[d].Length > 1);
    }

    /// <summary>The rows themselves.</summary>
    public TrainingRows Rows { get; }

    /// <summary>The features that are not constant, ascending.</summary>
    public int[] Used { get; }

    /// <summary>The entries of features that are nearly always at one knot.</summary>
    public SparseBins Sparse { get; }

    /// <summary>One-hot encoded columns.</summary>
    public CategoryColumn[] Categories { get; }

    /// <summary>A feature's knots, ascending; a single one for a constant.</summary>
    public float[] Knots(int feature) => _knots[feature];

    /// <summary>For each row the knot that is nearest, the lower of two that are as near; none for a constant.</summary>
    public byte[] Bins(int feature) => _bins[feature];

    /// <summary>Where a feature's values are: row i's at offset + i * stride; none where each is at a knot, so that the bins say them.</summary>
    public float[]? Values(int feature, out int offset, out int stride)
    {
        (offset, stride) = Rows is DenseRows ? (feature, Rows.FeatureCount) : (0, 1);
        return Rows is not DenseRows dense ? _values[feature] : _isBetween[feature] ? dense.Values : null;
    }

    private bool HasValuesBetween(int feature) => _values[feature] is not null || _isBetween[feature];

    /// <summary>Whether a feature of sparse rows is 0 or one other value.</summary>
    public bool IsTwoValued(int feature) => Rows is SparseRows && _knots[feature].Length == 2 && _values[feature] is null;

    private void Fill(DenseRows rows, int intervals, ParallelOptions parallel)
    {
        int D = rows.FeatureCount;
        var finders = new BinFinder?[D];
        int[]? taken = SpreadRows.Of(rows.Count, MostRowsForKnots);
        ColumnSamples.ForEach(rows, taken, parallel, (d, sample, least, greatest) =>
        {
            _knots[d] = KnotsOf(sample, ColumnSamples.Of(taken, rows.Weights), intervals, least, greatest);
            (_bins[d], finders[d]) = _knots[d].Length > 1 ? (new byte[rows.Count], new BinFinder(_knots[d])) : ([], null);
        });
        Parallel.For(0, (rows.Count + RowsInBlock - 1) / RowsInBlock, parallel, block =>
        {
            int from = block * RowsInBlock, to = Math.Min(from + RowsInBlock, rows.Count);
            for (int d = 0; d < D; d++)
            {
                if (finders[d] is not { } finder)
                    continue;
                Span<byte> bins = _bins[d].AsSpan(from..to);
                finder.Find(rows.Values, (long)from * D + d, D, bins);
                if (!_isBetween[d] && !AreAtKnots(rows.Values, (long)from * D + d, D, bins, _knots[d]))
                    _isBetween[d] = true; // never the other way, so that it does not matter which thread is first
            }
        });
    }

    private void Fill(SparseRows rows, int intervals, double leastWeight, ParallelOptions parallel)
    {
        SparseView columns = rows.View.ByColumn(rows.Count, rows.FeatureCount);
        int[]? taken = SpreadRows.Of(rows.Count, MostRowsForKnots);
        Parallel.For(0, rows.FeatureCount, parallel, d =>
        {
            Range own = columns.RowStarts[d]..columns.RowStarts[d + 1];
            ReadOnlySpan<int> at = columns.Indices.AsSpan(own);
            ReadOnlySpan<float> present = columns.Values.AsSpan(own);
            double weight = 0;
            float least = at.Length < rows.Count ? 0 : float.PositiveInfinity, greatest = -least;
            for (int k = 0; k < at.Length; k++)
            {
                weight += rows.Weights?[at[k]] ?? 1;
                (least, greatest) = (MathF.Min(least, present[k]), MathF.Max(greatest, present[k]));
            }
            (_knots[d], _bins[d]) = ([least], []);
            if (weight < leastWeight || ColumnSummary.IsConstant(least, greatest))
                return;
            if (at.Length < rows.Count && !present.ContainsAnyExcept(least == 0 ? greatest : least))
                FillTwo(d, at, rows.Count, least, greatest);
            else
                FillAny(d, at, present, rows, taken, intervals, least, greatest);
        });
    }

    // 0 and another value.
    private void FillTwo(int d, ReadOnlySpan<int> at, int count, float least, float greatest)
    {
        byte[] bins = new byte[count];
        byte other = least == 0 ? (byte)1 : (byte)0;
        if (other == 0)
            bins.AsSpan().Fill(1);
        foreach (int row in at)
            bins[row] = other;
        (_knots[d], _bins[d]) = ([least, greatest], bins);
    }

    private void FillAny(int d, ReadOnlySpan<int> at, ReadOnlySpan<float> present, SparseRows rows, int[]? taken, int intervals, float least, float greatest)
    {
        float[] column = new float[rows.Count];
        for (int k = 0; k < at.Length; k++)
            column[at[k]] = present[k];
        _knots[d] = KnotsOf(ColumnSamples.Of(taken, column), ColumnSamples.Of(taken, rows.Weights), intervals, least, greatest);
        _bins[d] = new byte[rows.Count];
        new BinFinder(_knots[d]).Find(column, 0, 1, _bins[d]);
        if (!AreAtKnots(column, 0, 1, _bins[d], _knots[d]))
            _values[d] = column;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreAtKnots(float[] values, long offset, int stride, ReadOnlySpan<byte> bins, float[] knots)
    {
        for (int i = 0; i < bins.Length; i++, offset += stride)
        {
            if (values[offset] != knots[bins[i]])
                return false;
        }

        return true;
    }

    // All values where there are few, else quantiles.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] KnotsOf(float[] values, float[]? weights, int intervals, float least, float greatest)
    {
        if (ColumnSummary.IsConstant(least, greatest))
            return [least];
        bool between = false;
        foreach (float value in values)
            between |= value != least && value != greatest;
        if (!between)
            return [least, greatest];
        var summary = new ColumnSummary(values, weights); // sorts them
        var distinct = new List<float> { least };
        foreach (float value in values)
        {
            if (value > distinct[^1])
                distinct.Add(value);
            if (distinct.Count > intervals)
                break;
        }

        if (distinct[^1] < greatest && distinct.Count <= intervals)
            distinct.Add(greatest);
        if (distinct[^1] == greatest)
            return [.. distinct];
        float[] knots = summary.Knots(intervals, least, greatest);
        for (int fewer = intervals; knots.Length > intervals + 1 && fewer > 1;)
            knots = summary.Knots(fewer = fewer * 7 / 8, least, greatest);
        return knots;
    }
}
