using System.Numerics.Tensors;
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
    private const int FeaturesAtOnce = 16; // they share a line of the cache
    private const double UsualShare = 0.75;

    private readonly float[][] _knots;
    private readonly byte[][] _bins;

    /// <summary>Sorts rows into bins.</summary>
    /// <param name="rows">The rows, which are kept.</param>
    /// <param name="intervals">Intervals between a feature's knots, at most; 1 to 255.</param>
    /// <param name="threads">How many threads may work.</param>
    public TreeColumns(DenseRows rows, int intervals, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(intervals, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(intervals, MostKnots - 1);
        Rows = rows;
        int D = rows.FeatureCount;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        (float[] least, float[] greatest) = Ranges(rows);
        _knots = new float[D][];
        _bins = new byte[D][];
        Parallel.For(0, (D + FeaturesAtOnce - 1) / FeaturesAtOnce, parallel, group =>
        {
            int from = group * FeaturesAtOnce, to = Math.Min(from + FeaturesAtOnce, D);
            float[][] samples = SampleOf(rows, from, to);
            for (int d = from; d < to; d++)
            {
                _knots[d] = KnotsOf(samples[d - from], rows, intervals, least[d], greatest[d]);
                _bins[d] = _knots[d].Length > 1 ? new byte[rows.Count] : [];
            }
        });
        Used = [.. Enumerable.Range(0, D).Where(d => _knots[d].Length > 1)];
        var finders = new BinFinder[D];
        foreach (int d in Used)
            finders[d] = new BinFinder(_knots[d]);
        Parallel.For(0, (rows.Count + RowsInBlock - 1) / RowsInBlock, parallel, block =>
        {
            int from = block * RowsInBlock, to = Math.Min(from + RowsInBlock, rows.Count);
            foreach (int d in Used)
                finders[d].Find(rows.Values, (long)from * D + d, D, _bins[d].AsSpan(from..to));
        });
        Sparse = new SparseBins(this, UsualShare, parallel);
    }

    /// <summary>The rows themselves.</summary>
    public DenseRows Rows { get; }

    /// <summary>The features that are not constant, ascending.</summary>
    public int[] Used { get; }

    /// <summary>The entries of features that are nearly always at one knot.</summary>
    public SparseBins Sparse { get; }

    /// <summary>A feature's knots, ascending; a single one for a constant.</summary>
    public float[] Knots(int feature) => _knots[feature];

    /// <summary>For each row the knot that is nearest, the lower of two that are as near; none for a constant.</summary>
    public byte[] Bins(int feature) => _bins[feature];

    private static (float[] Least, float[] Greatest) Ranges(DenseRows rows)
    {
        int D = rows.FeatureCount;
        float[] least = new float[D], greatest = new float[D];
        Array.Fill(least, float.PositiveInfinity);
        Array.Fill(greatest, float.NegativeInfinity);
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = rows.Values.AsSpan(i * D, D);
            TensorPrimitives.Min(row, least, least);
            TensorPrimitives.Max(row, greatest, greatest);
        }

        return (least, greatest);
    }

    private static int Step(DenseRows rows) => Math.Max(1, (rows.Count + MostRowsForKnots - 1) / MostRowsForKnots);

    // The values of some neighbouring features in rows evenly chosen.
    private static float[][] SampleOf(DenseRows rows, int from, int to)
    {
        int step = Step(rows), taken = (rows.Count + step - 1) / step;
        float[][] values = [.. Enumerable.Range(from, to - from).Select(_ => new float[taken])];
        for (int i = 0; i < taken; i++)
        {
            ReadOnlySpan<float> row = rows.Values.AsSpan(i * step * rows.FeatureCount, rows.FeatureCount);
            for (int d = from; d < to; d++)
                values[d - from][i] = row[d];
        }

        return values;
    }

    // All values where there are few, else quantiles.
    private static float[] KnotsOf(float[] values, DenseRows rows, int intervals, float least, float greatest)
    {
        if (!(least < greatest) || !float.IsFinite(1 / (greatest - least)))
            return [least];
        bool between = false;
        foreach (float value in values)
            between |= value != least && value != greatest;
        if (!between)
            return [least, greatest];
        float[]? weights = rows.Weights is null ? null : [.. Enumerable.Range(0, values.Length).Select(i => rows.Weights[i * Step(rows)])];
        var summary = new ColumnSummary(values, weights); // sorts the values
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
