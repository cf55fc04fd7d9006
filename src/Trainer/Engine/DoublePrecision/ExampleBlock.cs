namespace MlNetShallowNet.Engine;

/// <summary>Some examples, a column each: their features (dense or sparse), labels and weights in double precision.</summary>
internal abstract class ExampleBlock
{
    private readonly double[] _labels;
    private readonly double[]? _weights;

    protected ExampleBlock(TrainingRows rows, int[] which)
    {
        _labels = [.. which.Select(i => (double)rows.Labels[i])];
        _weights = rows.Weights is { } weights ? [.. which.Select(i => (double)weights[i])] : null;
    }

    /// <summary>The examples at positions <paramref name="from"/> up to <paramref name="to"/> of those that count.</summary>
    public static ExampleBlock Of(TrainingRows rows, int[]? which, int from, int to)
    {
        int[] indices = which?[from..to] ?? [.. Enumerable.Range(from, to - from)];
        return rows switch
        {
            DenseRows dense => new DenseBlock(dense, indices),
            SparseRows sparse => new SparseBlock(sparse, indices),
            _ => throw new ArgumentException($"Rows of type {rows.GetType().Name} are not known."),
        };
    }

    /// <summary>n, the number of examples.</summary>
    public int Count => _labels.Length;

    /// <summary>The sum of the examples' weights.</summary>
    public double TotalWeight => _weights?.Sum() ?? Count;

    /// <summary>Adds w X (1 x n) to a row: w is a row of W1 (1 x D).</summary>
    public abstract void AddProduct(ReadOnlySpan<double> w, Span<double> sums);

    /// <summary>Adds dZ Xᵀ (1 x D) to a row of dW1: dZ is a row of dZ1 (1 x n).</summary>
    public abstract void AddOuterProduct(ReadOnlySpan<double> dZ, Span<double> dW);

    /// <summary>The sum of w L, with L = max(z2, 0) - y z2 + log(1 + e^-|z2|).</summary>
    /// <param name="Z2">The scores.</param>
    /// <param name="losses">Workspace of n numbers.</param>
    public double Losses(ReadOnlySpan<double> Z2, Span<double> losses)
    {
        TensorPrimitives.Abs(Z2, losses);
        TensorPrimitives.Negate(losses, losses);
        TensorPrimitives.Exp(losses, losses);
        TensorPrimitives.LogP1(losses, losses);
        for (int i = 0; i < Z2.Length; i++)
            losses[i] += Math.Max(Z2[i], 0) - _labels[i] * Z2[i];
        return _weights is null ? TensorPrimitives.Sum(losses) : TensorPrimitives.Dot(losses, _weights);
    }

    /// <summary>dZ2 = (A2 - Y) times the weights, with A2 = sigmoid(Z2).</summary>
    public void OutputErrors(ReadOnlySpan<double> Z2, Span<double> dZ2)
    {
        TensorPrimitives.Sigmoid(Z2, dZ2);
        TensorPrimitives.Subtract(dZ2, _labels, dZ2);
        if (_weights is not null)
            TensorPrimitives.Multiply(dZ2, _weights, dZ2);
    }

    /// <summary>Features in full, X (D x n).</summary>
    private sealed class DenseBlock : ExampleBlock
    {
        private readonly double[] _x;

        public DenseBlock(DenseRows rows, int[] which)
            : base(rows, which)
        {
            int D = rows.FeatureCount, n = which.Length;
            _x = new double[D * n];
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<float> row = rows.Values.AsSpan(which[i] * D, D);
                for (int d = 0; d < D; d++)
                    _x[d * n + i] = row[d];
            }
        }

        public override void AddProduct(ReadOnlySpan<double> w, Span<double> sums)
        {
            for (int d = 0; d < w.Length; d++)
                TensorPrimitives.MultiplyAdd(_x.AsSpan(d * Count, Count), w[d], sums, sums);
        }

        public override void AddOuterProduct(ReadOnlySpan<double> dZ, Span<double> dW)
        {
            for (int d = 0; d < dW.Length; d++)
                dW[d] += TensorPrimitives.Dot(dZ, _x.AsSpan(d * Count, Count));
        }
    }

    /// <summary>Only the features that are not zero.</summary>
    private sealed class SparseBlock : ExampleBlock
    {
        private readonly SparseRows _rows;
        private readonly int[] _which;

        public SparseBlock(SparseRows rows, int[] which)
            : base(rows, which) => (_rows, _which) = (rows, which);

        public override void AddProduct(ReadOnlySpan<double> w, Span<double> sums)
        {
            for (int i = 0; i < _which.Length; i++)
            {
                double sum = 0;
                for (int k = _rows.RowStarts[_which[i]]; k < _rows.RowStarts[_which[i] + 1]; k++)
                    sum += w[_rows.Indices[k]] * _rows.Values[k];
                sums[i] += sum;
            }
        }

        public override void AddOuterProduct(ReadOnlySpan<double> dZ, Span<double> dW)
        {
            for (int i = 0; i < _which.Length; i++)
            {
                for (int k = _rows.RowStarts[_which[i]]; k < _rows.RowStarts[_which[i] + 1]; k++)
                    dW[_rows.Indices[k]] += dZ[i] * _rows.Values[k];
            }
        }
    }
}
