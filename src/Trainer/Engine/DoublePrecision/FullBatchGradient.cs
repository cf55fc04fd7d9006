namespace MlNetShallowNet.Engine;

/// <summary>
/// The cost and its gradient over all rows at once, in double precision, for the solvers that follow the exact gradient. It is laid out as the
/// course has it (X is D x m, a column per example), cut into blocks of columns that fit the cache; every line is one of the course's
/// equations, along a block. Blocks are summed in a fixed order, so the result does not depend on the number of threads.
/// </summary>
internal sealed class FullBatchGradient : IDisposable
{
    private const int ColumnsOfABlock = 512;
    private const int MostChunks = 8;

    private readonly int _D;
    private readonly int _H;
    private readonly HiddenActivation _g;
    private readonly ExampleBlock[] _blocks;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _doChunk;
    private readonly Scratch[] _scratch;
    private readonly double[][] _chunkGradients;
    private readonly double[] _chunkLosses;
    private readonly double[] _parameters;

    /// <param name="rows">The rows.</param>
    /// <param name="which">The rows that count; null for all.</param>
    /// <param name="hiddenUnits">H.</param>
    /// <param name="activation">g.</param>
    /// <param name="threads">How many threads may work.</param>
    public FullBatchGradient(
        TrainingRows rows, int[]? which, int hiddenUnits, IActivation activation, int threads)
    {
        (_D, _H, _g) = (rows.FeatureCount, hiddenUnits, new HiddenActivation(activation));
        int m = which?.Length ?? rows.Count;
        _blocks = new ExampleBlock[(m + ColumnsOfABlock - 1) / ColumnsOfABlock];
        for (int i = 0; i < _blocks.Length; i++)
            _blocks[i] = ExampleBlock.Of(rows, which, i * ColumnsOfABlock, Math.Min(m, (i + 1) * ColumnsOfABlock));
        TotalWeight = _blocks.Sum(block => block.TotalWeight);

        int chunks = Math.Min(MostChunks, _blocks.Length);
        _chunkGradients = [.. Enumerable.Range(0, chunks).Select(_ => new double[ParameterCount])];
        _chunkLosses = new double[chunks];
        _parameters = new double[ParameterCount];
        _pool = new WorkerPool(Math.Min(threads, chunks));
        _doChunk = DoChunk;
        _scratch = [.. Enumerable.Range(0, _pool.Count).Select(_ => new Scratch(_H, Math.Min(m, ColumnsOfABlock)))];
    }

    /// <summary>m, the sum of the rows' weights.</summary>
    public double TotalWeight { get; }

    /// <summary>Parameters in course order: W1 (H x D, row by row), b1, W2, b2.</summary>
    public int ParameterCount => _H * _D + 2 * _H + 1;

    /// <summary>Whether parameter <paramref name="i"/> is a weight, which penalties act on; biases are free.</summary>
    public bool IsWeight(int i) => i < _H * _D || (i >= _H * _D + _H && i < _H * _D + 2 * _H);

    /// <summary>J, the (weighted) mean loss, and its derivative by every parameter, without penalty. Allocates nothing.</summary>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        parameters.CopyTo(_parameters);
        _pool.ForEach(_chunkGradients.Length, _doChunk, alone: _blocks.Length == 1);
        double loss = 0;
        gradient.Clear();
        for (int chunk = 0; chunk < _chunkGradients.Length; chunk++)
        {
            loss += _chunkLosses[chunk];
            TensorPrimitives.Add(gradient, _chunkGradients[chunk], gradient);
        }

        TensorPrimitives.Divide(gradient, TotalWeight, gradient);
        return loss / TotalWeight;
    }

    public void Dispose() => _pool.Dispose();

    private void DoChunk(int chunk, int worker)
    {
        int chunks = _chunkGradients.Length;
        double[] gradient = _chunkGradients[chunk];
        Array.Clear(gradient);
        double loss = 0;
        int end = (int)((long)_blocks.Length * (chunk + 1) / chunks);
        for (int block = (int)((long)_blocks.Length * chunk / chunks); block < end; block++)
            loss += AddBlock(_blocks[block], _scratch[worker], gradient);
        _chunkLosses[chunk] = loss;
    }

    private double AddBlock(ExampleBlock block, Scratch scratch, Span<double> gradient)
    {
        int n = block.Count;
        ReadOnlySpan<double> W1 = _parameters.AsSpan(0, _H * _D), b1 = _parameters.AsSpan(_H * _D, _H), W2 = _parameters.AsSpan(_H * _D + _H, _H);
        double b2 = _parameters[^1];
        Span<double> dW1 = gradient[..(_H * _D)], db1 = gradient.Slice(_H * _D, _H), dW2 = gradient.Slice(_H * _D + _H, _H);
        Span<double> Z2 = scratch.Z2.AsSpan(0, n), dZ2 = scratch.dZ2.AsSpan(0, n);

        Z2.Fill(b2);
        for (int h = 0; h < _H; h++)
        {
            Span<double> Z1 = scratch.Z1(h, n), A1 = scratch.A1(h, n);
            Z1.Fill(b1[h]);
            block.AddProduct(W1.Slice(h * _D, _D), Z1);               // Z1 (H x n) = W1 (H x D) X (D x n) + b1
            _g.Values(Z1, A1);                                        // A1 (H x n) = g(Z1)
            TensorPrimitives.MultiplyAdd(A1, W2[h], Z2, Z2);          // Z2 (1 x n) = W2 (1 x H) A1 (H x n) + b2
        }

        double loss = block.Losses(Z2, dZ2);
        block.OutputErrors(Z2, dZ2);                                  // dZ2 (1 x n) = A2 - Y, times the examples' weights
        gradient[^1] += TensorPrimitives.Sum(dZ2);                    // db2 = sum of dZ2
        for (int h = 0; h < _H; h++)
        {
            Span<double> Z1 = scratch.Z1(h, n), A1 = scratch.A1(h, n);
            dW2[h] += TensorPrimitives.Dot(dZ2, A1);                  // dW2 (1 x H) = dZ2 (1 x n) A1ᵀ (n x H)
            _g.Derivatives(Z1, A1, Z1);
            TensorPrimitives.Multiply(Z1, dZ2, Z1);
            Span<double> dZ1 = Z1;
            TensorPrimitives.Multiply(dZ1, W2[h], dZ1);               // dZ1 (H x n) = W2ᵀ (H x 1) dZ2 (1 x n) * g'(Z1)
            block.AddOuterProduct(dZ1, dW1.Slice(h * _D, _D));        // dW1 (H x D) = dZ1 (H x n) Xᵀ (n x D)
            db1[h] += TensorPrimitives.Sum(dZ1);                      // db1 (H x 1) = row sums of dZ1
        }

        return loss;
    }

    /// <summary>One thread's workspace.</summary>
    private sealed class Scratch(int hiddenUnits, int columns)
    {
        private readonly double[] _z1 = new double[hiddenUnits * columns];
        private readonly double[] _a1 = new double[hiddenUnits * columns];

        public double[] Z2 { get; } = new double[columns];

        public double[] dZ2 { get; } = new double[columns];

        public Span<double> Z1(int h, int count) => _z1.AsSpan(h * columns, count);

        public Span<double> A1(int h, int count) => _a1.AsSpan(h * columns, count);
    }
}
