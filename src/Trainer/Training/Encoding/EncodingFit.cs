using MlNetShallowNet.Engine;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// Fits an encoding to rows. A constant feature is left out, and so is one that equals an earlier one in every row; a feature of two values
/// stays one column, scaled so that they are two apart (as far as the two values of a balanced, standardised one), and less where few rows have the rarer
/// one, so that the penalty draws a weight that only they speak for the more to 0; others get knots at
/// quantiles, or at their values where these tell by themselves. Of sparse rows, features that are mostly zero stay one column; it is scaled
/// where its values are larger than 1, so that counts are on the scale of one-hot columns, and keeps its scale where they are smaller, as words do
/// whose row has length 1. Where there are many more columns than rows, so do words that are in many rows: thousands of them with knots would
/// drown the others.
/// </summary>
internal sealed class EncodingFit
{
    private const int MostRowsForQuantiles = 50_000, MostValues = 64, MostValuesThatTell = 512, RowsOfValue = 50;
    private const double ClippedAt = 3; // standard deviations
    private const double Rare = 1 / 30.0, LeastScale = 0.25; // of the rows that have the rarer of two values
    private const double SparseBelow = 0.1; // of the rows that have another value than 0

    private readonly int _intervals, _threads;
    private readonly bool _isFarWider, _atValues;
    private readonly Func<int, bool> _byValue;

    private EncodingFit(int intervals, int threads, bool isFarWider, bool atValues, Func<int, bool> byValue) =>
        (_intervals, _threads, _isFarWider, _atValues, _byValue) = (intervals, threads, isFarWider, atValues, byValue);

    /// <summary>Fits.</summary>
    /// <param name="rows">The rows, or a sample of them.</param>
    /// <param name="intervals">Intervals between a feature's knots, at most; at least 1.</param>
    /// <param name="threads">How many threads may work.</param>
    /// <param name="isFarWider">Whether there are many more columns than rows (<see cref="DataShape.IsFarWider"/>).</param>
    /// <param name="atValues">Whether a feature may have more, a knot at each of its values, where these have rows enough and tell what their
    /// neighbours do not.</param>
    /// <param name="byValue">Which features get a knot at each of their values, where those are at most 64; null for none.</param>
    public static FittedFeature[] Fit(TrainingRows rows, int intervals, int threads, bool isFarWider = false, bool atValues = false, Func<int, bool>? byValue = null)
    {
        var fit = new EncodingFit(intervals, threads, isFarWider, atValues, byValue ?? (_ => false));
        return rows is DenseRows dense ? fit.Fit(dense) : fit.Fit((SparseRows)rows);
    }

    private FittedFeature[] Fit(DenseRows rows)
    {
        int[]? taken = SpreadRows.Of(rows.Count, MostRowsForQuantiles);
        var features = new FittedFeature[rows.FeatureCount];
        ColumnSamples.ForEach(rows, taken, new ParallelOptions { MaxDegreeOfParallelism = _threads }, (d, sample, least, greatest) =>
            features[d] = Measure(sample, () => ColumnSamples.Of(rows, d, d + 1, taken: null)[0], rows.Labels, rows.Weights, taken, least, greatest, _byValue(d)));
        RepeatedFeatures.LeaveOut(rows, features);
        return features;
    }

    private FittedFeature[] Fit(SparseRows rows)
    {
        int D = rows.FeatureCount;
        int[] present = new int[D];
        double[] squares = new double[D];
        bool[] isPart = new bool[D];
        isPart.AsSpan().Fill(_isFarWider);
        for (int k = rows.RowStarts[0]; k < rows.RowStarts[rows.Count]; k++)
        {
            present[rows.Indices[k]]++;
            squares[rows.Indices[k]] += (double)rows.Values[k] * rows.Values[k];
            isPart[rows.Indices[k]] &= rows.Values[k] is >= 0 and < 1;
        }
        var features = new FittedFeature[D];
        var dense = new Dictionary<int, float[]>();
        for (int d = 0; d < D; d++)
        {
            if (present[d] > SparseBelow * rows.Count && !isPart[d])
                dense[d] = new float[rows.Count];
            features[d] = present[d] > 0 && squares[d] > 0 && float.IsFinite((float)Math.Sqrt(present[d] / squares[d]))
                ? new FittedFeature { Scale = (float)Math.Min(1, Math.Sqrt(present[d] / squares[d])) }
                : FittedFeature.LeftOut;
        }
        for (int i = 0; i < rows.Count && dense.Count > 0; i++)
        {
            for (int k = rows.RowStarts[i]; k < rows.RowStarts[i + 1]; k++)
            {
                if (dense.TryGetValue(rows.Indices[k], out float[]? values))
                    values[i] = rows.Values[k];
            }
        }
        int[]? taken = SpreadRows.Of(rows.Count, MostRowsForQuantiles);
        Parallel.ForEach(dense, new ParallelOptions { MaxDegreeOfParallelism = _threads }, column =>
        {
            float[] values = column.Value;
            FittedFeature measured = Measure(
                ColumnSamples.Of(taken, values), () => values, rows.Labels, rows.Weights, taken, TensorPrimitives.Min(values), TensorPrimitives.Max(values), _byValue(column.Key));
            if (measured.HasKnots || measured.Scale == 0)
                features[column.Key] = measured;
        });
        return features;
    }

    // From some of the values, which are sorted; all are asked for only where these are two and not all.
    private FittedFeature Measure(float[] sample, Func<float[]> all, float[] labels, float[]? weights, int[]? taken, float least, float greatest, bool byValue)
    {
        if (ColumnSummary.IsConstant(least, greatest))
            return FittedFeature.LeftOut;
        var single = new FittedFeature { Least = least, Greatest = greatest, Scale = (float)(2 / ((double)greatest - least)) };
        (float, double)? two = OfTwo(sample, taken is null ? weights : null, least, greatest);
        if (two is not null && taken is not null)
            two = OfTwo(all(), weights, least, greatest);
        if (two is (float usual, double rarer))
            return single with { Reference = usual, Scale = (float)(single.Scale * Math.Clamp(Math.Sqrt(rarer / Rare), LeastScale, 1)) };

        var summary = new ColumnSummary(sample, ColumnSamples.Of(taken, weights));
        if (!(summary.Deviation > 0)) // the rows taken happen to be alike
            return single with { Reference = sample[0] };
        float[] knots = (byValue ? summary.Values(MostValues) : null) ?? Knots(summary, sample.Length, all, labels, weights, least, greatest);
        knots = KnotSpacing.Apart(knots);
        (float[] line, float[] means) = summary.LineAt(knots, ClippedAt);
        return new FittedFeature { Least = least, Greatest = greatest, Knots = knots, Line = line, MeanColumns = means };
    }

    // At quantiles; at each value where that is asked for and pays.
    private float[] Knots(ColumnSummary summary, int rows, Func<float[]> all, float[] labels, float[]? weights, float least, float greatest)
    {
        float[] usual = summary.Knots(_intervals, least, greatest);
        return _atValues && summary.Values(Math.Min(MostValuesThatTell, rows / RowsOfValue)) is { } values && values.Length > usual.Length
            && LabelsByValue.Tell(values, all(), labels, weights) ? values : usual;
    }

    // Where the feature has these two values only: the one of more rows, and the share of the other.
    private static (float Usual, double Rarer)? OfTwo(float[] values, float[]? weights, float least, float greatest)
    {
        double balance = 0, all = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != least && values[i] != greatest)
                return null;
            double weight = weights?[i] ?? 1;
            balance += values[i] == least ? weight : -weight;
            all += weight;
        }
        return (balance >= 0 ? least : greatest, (1 - Math.Abs(balance) / all) / 2);
    }
}
