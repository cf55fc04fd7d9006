using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Rows as the logistic regression reads them: column c of a row is <c>(x - Offset[c]) * Scale[c]</c> of the feature <c>Features[c]</c>. The
/// first columns are dense; the others, of features that are mostly 0, are sparse.
/// </summary>
internal sealed class ScaledRows
{
    private const double ZerosOfSparse = 0.75;

    private double[]? _squaredLengths;

    private ScaledRows(TrainingRows rows, int[] features, int denseColumns, double[] offset, double[] scale, float[] dense, SparseView sparse) =>
        (Rows, Features, DenseColumns, Offset, Scale, Dense, Sparse) = (rows, features, denseColumns, offset, scale, dense, sparse);

    /// <summary>The rows that these are of.</summary>
    public TrainingRows Rows { get; }

    /// <summary>The feature of each column.</summary>
    public int[] Features { get; }

    public int DenseColumns { get; }

    public double[] Offset { get; }

    public double[] Scale { get; }

    /// <summary>The dense columns, row after row.</summary>
    public float[] Dense { get; }

    /// <summary>The sparse columns; their indices count from 0.</summary>
    public SparseView Sparse { get; }

    /// <summary>
    /// Standardised; constants are left out. Where the column is sparse its mean is not taken off, which comes to the same, for the
    /// intercept is free.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ScaledRows Of(DenseRows rows)
    {
        var moments = DenseMoments.Of(rows);
        int D = rows.FeatureCount, n = rows.Count;
        int[] kept = [.. Enumerable.Range(0, D).Where(d => moments.Deviation[d] > 0)];
        bool[] isSparse = [.. Enumerable.Range(0, D).Select(d => moments.Zeros[d] >= ZerosOfSparse * n)];
        int[] dense = [.. kept.Where(d => !isSparse[d])], sparse = [.. kept.Where(d => isSparse[d])];
        double[] offset = [.. dense.Select(d => moments.Mean[d]), .. sparse.Select(_ => 0.0)];
        int[] features = [.. dense, .. sparse];
        double[] scale = [.. features.Select(d => 1 / moments.Deviation[d])];
        float[] values = new float[(long)n * dense.Length];
        int[] starts = new int[n + 1];
        long nonZeros = sparse.Sum(d => n - moments.Zeros[d]);
        int[] indices = new int[checked((int)nonZeros)];
        float[] sparseValues = new float[indices.Length];
        int at = 0;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> row = rows.Values.AsSpan(i * D, D);
            Span<float> to = values.AsSpan(i * dense.Length, dense.Length);
            for (int c = 0; c < to.Length; c++)
                to[c] = (float)((row[dense[c]] - offset[c]) * scale[c]);
            for (int c = 0; c < sparse.Length; c++)
            {
                float x = row[sparse[c]];
                if (x != 0)
                    (indices[at], sparseValues[at++]) = (c, (float)(x * scale[dense.Length + c]));
            }

            starts[i + 1] = at;
        }

        return new ScaledRows(rows, features, dense.Length, offset, scale, values, new SparseView(starts, indices, sparseValues));
    }

    /// <summary>
    /// As they are, but for numbers beside words, which are often not 0 and beyond 1: these are divided by their spread. Words are not, for it
    /// would blow up the weights of rare ones, and of the parts that texts of length 1 are made of. Features that occur in no row have no
    /// column: there may be very many.
    /// </summary>
    public static ScaledRows Of(SparseRows rows)
    {
        int D = rows.FeatureCount;
        long[] present = new long[D];
        bool[] isNumber = new bool[D];
        int from = rows.RowStarts[0], to = rows.RowStarts[rows.Count];
        for (int k = from; k < to; k++)
        {
            present[rows.Indices[k]]++;
            isNumber[rows.Indices[k]] |= Math.Abs(rows.Values[k]) > 1;
        }

        int[] features = [.. Enumerable.Range(0, D).Where(d => present[d] > 0)], columns = new int[D];
        double[] deviation = Deviations(rows), scale = new double[features.Length];
        for (int c = 0; c < features.Length; c++)
        {
            int d = features[c];
            columns[d] = c;
            scale[c] = isNumber[d] && present[d] > (1 - ZerosOfSparse) * rows.Count && deviation[d] > 0 ? 1 / deviation[d] : 1;
        }

        int[] indices = new int[to];
        float[] values = new float[to];
        for (int k = from; k < to; k++)
        {
            indices[k] = columns[rows.Indices[k]];
            values[k] = (float)(rows.Values[k] * scale[indices[k]]);
        }

        return new ScaledRows(rows, features, 0, new double[features.Length], scale, [], new SparseView(rows.RowStarts, indices, values));
    }

    /// <summary>The same rows, which are all sparse, with each column times a number.</summary>
    public ScaledRows Times(double[] by)
    {
        float[] values = [.. Sparse.Values];
        for (int k = 0; k < values.Length; k++)
            values[k] *= (float)by[Sparse.Indices[k]];
        return new ScaledRows(Rows, Features, DenseColumns, Offset, Scale, Dense, new SparseView(Sparse.RowStarts, Sparse.Indices, values));
    }

    /// <summary>The squared length of each row.</summary>
    public double[] SquaredLengths => _squaredLengths ??= [.. Enumerable.Range(0, Rows.Count).Select(SquaredLength)];

    private double SquaredLength(int i)
    {
        ReadOnlySpan<float> dense = Dense.AsSpan(i * DenseColumns, DenseColumns);
        ReadOnlySpan<float> sparse = Sparse.Values.AsSpan(Sparse.RowStarts[i]..Sparse.RowStarts[i + 1]);
        float sum = TensorPrimitives.SumOfSquares(dense) + TensorPrimitives.SumOfSquares(sparse);
        return float.IsFinite(sum) ? sum : SumOfSquares(dense) + SumOfSquares(sparse);
    }

    // Of numbers whose squares single precision does not reach.
    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float x in values)
            sum += (double)x * x;
        return sum;
    }

    private static double[] Deviations(SparseRows rows)
    {
        double[] sums = new double[rows.FeatureCount], squares = new double[rows.FeatureCount];
        double all = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weights?[i] ?? 1;
            all += weight;
            for (int k = rows.RowStarts[i]; k < rows.RowStarts[i + 1]; k++)
            {
                double x = rows.Values[k];
                sums[rows.Indices[k]] += weight * x;
                squares[rows.Indices[k]] += weight * x * x;
            }
        }

        for (int d = 0; d < sums.Length; d++)
            squares[d] = Math.Sqrt(Math.Max(0, squares[d] / all - sums[d] / all * (sums[d] / all)));
        return squares;
    }
}
