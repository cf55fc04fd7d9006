using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>An encoding fitted to training rows, and how the first layer's parameters are trained on it.</summary>
internal sealed class FittedEncoding
{
    private const int MostRowsForQuantiles = 50_000;
    private const double ClippedAt = 3; // standard deviations
    private const double SinglePrecision = 1.0 / (1 << 24);

    private readonly FittedFeature?[] _features;

    private FittedEncoding(InputEncoding encoding, FittedFeature?[] features)
    {
        (Encoding, _features) = (encoding, features);
        Trained = [.. features.OfType<FittedFeature>()];
        ParameterRows = Trained.Sum(f => f.Parameters);
    }

    /// <summary>The encoding as the model keeps it.</summary>
    public InputEncoding Encoding { get; }

    /// <summary>The features that have columns.</summary>
    public FittedFeature[] Trained { get; }

    /// <summary>Rows of the first layer's trained parameters: as many as columns.</summary>
    public int ParameterRows { get; }

    /// <summary>
    /// Fits an encoding. A constant feature is left out, and so is one that equals an earlier one in every row; a feature of two values stays
    /// one column, scaled so that they are two apart (as far as the two values of a balanced, standardised one); others get knots. Quantiles
    /// are those of at most 50,000 rows, evenly chosen; ranges are those of all rows.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="intervals">Intervals between a feature's knots, at most; at least 1.</param>
    /// <param name="threads">How many threads may work.</param>
    public static FittedEncoding Fit(DenseRows rows, int intervals, int threads)
    {
        int D = rows.FeatureCount;
        var columns = new Column[D];
        Parallel.For(0, D, new ParallelOptions { MaxDegreeOfParallelism = threads }, d => columns[d] = Measure(rows, d, intervals));
        LeaveOutRepeated(rows, columns);

        var features = new FittedFeature?[D];
        float[] lower = new float[D], upper = new float[D];
        float[][] knots = new float[D][];
        int column = 0;
        for (int d = 0; d < D; d++)
        {
            Column c = columns[d];
            (lower[d], upper[d]) = (c.Least, c.Greatest);
            knots[d] = c.IsLeftOut ? [] : c.Knots.Length == 0 ? [c.Reference] : c.Knots;
            if (c.IsLeftOut)
                continue;
            features[d] = new FittedFeature(column, column, c.Reference, c.Scale, c.Line, c.MeanColumns);
            column += knots[d].Length;
        }

        // Nothing to learn from: one column that is always the same keeps the shapes alive.
        if (column == 0)
            (knots[0], features[0]) = ([0], new FittedFeature(0, 0, lower[0], 0, [], []));
        return new FittedEncoding(new InputEncoding(lower, upper, knots), features);
    }

    /// <summary>Rows as training reads them, sparse: knots' columns as the model has them, single columns less their reference and scaled.</summary>
    public SparseRows Encode(DenseRows rows)
    {
        int D = rows.FeatureCount;
        int[] starts = new int[rows.Count + 1];
        int most = Trained.Sum(f => Math.Min(2, f.Columns)), at = 0;
        int[] indices = new int[checked(rows.Count * most)];
        float[] values = new float[indices.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = rows.Values.AsSpan(i * D, D);
            for (int d = 0; d < D; d++)
            {
                if (_features[d] is not FittedFeature feature)
                    continue;
                int count = Encoding.Encode(d, row[d], out int column, out float first, out float second);
                if (feature.Knots == 0)
                    (column, first, count) = (feature.FirstColumn, (first - feature.Reference) * feature.Scale, 1);
                if (first == 0)
                    continue;
                (indices[at], values[at++]) = (column, first);
                if (count == 2)
                    (indices[at], values[at++]) = (column + 1, second);
            }

            starts[i + 1] = at;
        }

        return new SparseRows(Encoding.ColumnCount, starts, indices, values, rows.Labels, rows.Weights);
    }

    /// <summary>From weights on the columns that training reads to the same function of the model's columns. W1 is H x T, row by row.</summary>
    public void Fold(Span<double> w1, Span<double> b1)
    {
        int T = Encoding.ColumnCount;
        foreach (FittedFeature feature in Trained)
        {
            if (feature.Knots > 0)
                continue;
            for (int h = 0; h < b1.Length; h++)
            {
                ref double w = ref w1[h * T + feature.FirstColumn];
                w *= feature.Scale;
                b1[h] -= w * feature.Reference;
            }
        }
    }

    private sealed record Column(float Least, float Greatest, float Reference, float Scale, float[] Knots, float[] Line, float[] MeanColumns)
    {
        public bool IsLeftOut { get; set; }
    }

    private static Column Measure(DenseRows rows, int d, int intervals)
    {
        int D = rows.FeatureCount, count = rows.Count;
        float least = float.PositiveInfinity, greatest = float.NegativeInfinity;
        for (int i = 0; i < count; i++)
        {
            float value = rows.Values[i * D + d];
            (least, greatest) = (MathF.Min(least, value), MathF.Max(greatest, value));
        }

        // A spread below the rounding of the values is a constant's.
        double range = (double)greatest - least;
        if (range <= Math.Max(Math.Abs(least), Math.Abs(greatest)) * SinglePrecision || !float.IsFinite((float)(2 / range)))
            return new Column(least, greatest, least, 0, [], [], []) { IsLeftOut = true };
        if (MoreFrequentOfTwo(rows, d, least, greatest) is float usual)
            return new Column(least, greatest, usual, (float)(2 / range), [], [], []);

        int step = (count + MostRowsForQuantiles - 1) / MostRowsForQuantiles, taken = (count + step - 1) / step;
        float[] values = new float[taken];
        float[]? weights = rows.Weights is null ? null : new float[taken];
        for (int i = 0; i < taken; i++)
        {
            values[i] = rows.Values[i * step * D + d];
            if (weights is not null)
                weights[i] = rows.Weights![i * step];
        }

        var summary = new ColumnSummary(values, weights);
        if (!(summary.Deviation > 0)) // the rows taken happen to be alike
            return new Column(least, greatest, values[0], (float)(2 / range), [], [], []);
        float[] knots = summary.Knots(intervals, least, greatest);
        (float[] line, float[] means) = summary.LineAt(knots, ClippedAt);
        return new Column(least, greatest, 0, 0, knots, line, means);
    }

    // Where the feature has these two values only: the one of more rows.
    private static float? MoreFrequentOfTwo(DenseRows rows, int d, float least, float greatest)
    {
        double balance = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            float value = rows.Values[i * rows.FeatureCount + d], weight = rows.Weights?[i] ?? 1;
            if (value != least && value != greatest)
                return null;
            balance += value == least ? weight : -weight;
        }

        return balance >= 0 ? least : greatest;
    }

    // Two features that agree in every row say the same; the second would only count it twice.
    private static void LeaveOutRepeated(DenseRows rows, Column[] columns)
    {
        int D = rows.FeatureCount;
        var seen = new Dictionary<(float, float, int), List<int>>();
        for (int d = 0; d < D; d++)
        {
            if (columns[d].IsLeftOut)
                continue;
            var hash = new HashCode();
            for (int i = 0; i < rows.Count; i += 1 + rows.Count / 1024)
                hash.Add(rows.Values[i * D + d]);
            (float, float, int) key = (columns[d].Least, columns[d].Greatest, hash.ToHashCode());
            if (!seen.TryGetValue(key, out List<int>? alike))
                seen[key] = alike = [];
            if (alike.Any(other => Agree(rows, other, d)))
                columns[d].IsLeftOut = true;
            else
                alike.Add(d);
        }
    }

    private static bool Agree(DenseRows rows, int a, int b)
    {
        for (int start = 0; start < rows.Values.Length; start += rows.FeatureCount)
        {
            if (rows.Values[start + a] != rows.Values[start + b])
                return false;
        }

        return true;
    }
}
