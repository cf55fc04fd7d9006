using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// The sum of the rows' losses by weight plus lambda / 2 times the sum of squared weights, and its gradient, as a function of the columns'
/// weights and, last, the intercept. Rows are read in single precision, sums are double.
/// </summary>
internal sealed class LogisticCost
{
    private const int RowsInChunk = 256; // summed up in single precision
    private const int RowsInBlock = 4096, MostBlocks = 64;

    private readonly ScaledRows _rows;
    private readonly float[]? _rowWeights;
    private readonly double _lambda;
    private readonly int _blocks, _threads;
    private readonly float[] _weights;
    private readonly double[][] _gradients;
    private readonly double[] _losses;

    /// <param name="rows">The rows.</param>
    /// <param name="rowWeights">How much each counts; null for 1. Rows that don't take part have 0.</param>
    /// <param name="lambda">The penalty.</param>
    /// <param name="threads">How many threads may work; what comes out does not depend on it.</param>
    public LogisticCost(ScaledRows rows, float[]? rowWeights, double lambda, int threads)
    {
        (_rows, _rowWeights, _lambda, _threads) = (rows, rowWeights, lambda, threads);
        int n = rows.Rows.Count;
        // Each block has a gradient of its own to be cleared and added, which should cost much less than its rows.
        long work = (long)n * rows.DenseColumns + rows.Sparse.RowStarts[n];
        _blocks = (int)Math.Clamp(Math.Min((n + RowsInBlock - 1) / RowsInBlock, work / (8L * (rows.Features.Length + 1))), 1, MostBlocks);
        _gradients = new double[_blocks][];
        for (int b = 0; b < _blocks; b++)
            _gradients[b] = new double[rows.Features.Length + 1];
        _losses = new double[_blocks];
        _weights = new float[rows.Features.Length];
    }

    /// <summary>Cost and gradient at a point.</summary>
    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        int P = _weights.Length;
        for (int c = 0; c < P; c++)
            _weights[c] = (float)point[c];
        double intercept = point[P], cost = 0;
        Parallel.For(0, _blocks, new ParallelOptions { MaxDegreeOfParallelism = _threads }, b => Sum(b, intercept));
        gradient.Clear();
        for (int b = 0; b < _blocks; b++)
        {
            cost += _losses[b];
            Products.Add(1, _gradients[b], gradient);
        }

        ReadOnlySpan<double> weights = point[..P];
        Products.Add(_lambda, weights, gradient);
        return cost + _lambda / 2 * Products.Dot(weights, weights);
    }

    /// <summary>The score of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Score(ScaledRows rows, int row, ReadOnlySpan<double> point)
    {
        double score = point[^1];
        ReadOnlySpan<float> dense = rows.Dense.AsSpan(row * rows.DenseColumns, rows.DenseColumns);
        for (int c = 0; c < dense.Length; c++)
            score += point[c] * dense[c];
        for (int k = rows.Sparse.RowStarts[row]; k < rows.Sparse.RowStarts[row + 1]; k++)
            score += point[rows.DenseColumns + rows.Sparse.Indices[k]] * rows.Sparse.Values[k];
        return score;
    }

    private void Sum(int block, double intercept)
    {
        int n = _rows.Rows.Count, end = (int)((block + 1L) * n / _blocks);
        Span<double> gradient = _gradients[block];
        gradient.Clear();
        float[] sums = new float[_rows.DenseColumns];
        double loss = 0;
        Span<float> scores = stackalloc float[RowsInChunk], losses = stackalloc float[RowsInChunk];
        for (int from = (int)((long)block * n / _blocks); from < end; from += RowsInChunk)
        {
            int count = Math.Min(RowsInChunk, end - from);
            Scores(from, (float)intercept, scores[..count]);
            loss += Errors(from, scores[..count], losses[..count]);
            Add(from, scores[..count], sums, gradient);
        }

        _losses[block] = loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scores(int from, float intercept, Span<float> scores)
    {
        int P = _rows.DenseColumns;
        (int[] starts, int[] indices, float[] values) = (_rows.Sparse.RowStarts, _rows.Sparse.Indices, _rows.Sparse.Values);
        for (int a = 0; a < scores.Length; a++)
        {
            int row = from + a;
            float score = intercept + Products.Dot<float>(_rows.Dense.AsSpan(row * P, P), _weights);
            for (int k = starts[row]; k < starts[row + 1]; k++)
                score += values[k] * _weights[P + indices[k]];
            scores[a] = score;
        }
    }

    // From scores z to errors w (a - y) where they stand; the sum of the losses w (log(1 + e^z) - y z).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Errors(int from, Span<float> z, Span<float> losses)
    {
        LogisticLoss.Errors(z, _rows.Rows.Labels.AsSpan(from, z.Length), losses);
        double sum = 0; // in double precision, for a line search compares sums that hardly differ
        for (int i = 0; i < z.Length; i++)
        {
            float weight = _rowWeights is null ? 1 : _rowWeights[from + i];
            z[i] *= weight;
            sum += losses[i] * weight;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int from, ReadOnlySpan<float> errors, float[] sums, Span<double> gradient)
    {
        int P = _rows.DenseColumns;
        (int[] starts, int[] indices, float[] values) = (_rows.Sparse.RowStarts, _rows.Sparse.Indices, _rows.Sparse.Values);
        Array.Clear(sums);
        double all = 0;
        for (int a = 0; a < errors.Length; a++)
        {
            float error = errors[a];
            if (error == 0)
                continue;
            int row = from + a;
            all += error;
            Products.Add(error, _rows.Dense.AsSpan(row * P, P), sums);
            for (int k = starts[row]; k < starts[row + 1]; k++)
                gradient[P + indices[k]] += error * values[k];
        }

        for (int c = 0; c < P; c++)
            gradient[c] += sums[c];
        gradient[^1] += all;
    }
}
