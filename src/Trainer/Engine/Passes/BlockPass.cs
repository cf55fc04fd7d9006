namespace MlNetShallowNet.Engine;

/// <summary>
/// A block of rows forward from Z1 to the loss and, when training, backward to dZ1: what all kinds of rows have in common. A block adds up
/// its own part of dW2, db1 and db2; the sums over blocks follow in the blocks' order.
/// </summary>
internal sealed class BlockPass(Workspace work)
{
    private readonly float[] _parts = new float[work.ChunkRows / work.BlockRows * 2 * work.Layout.PaddedUnits]; // of dW2 and db1
    private readonly BlockSums[] _sums = new BlockSums[work.ChunkRows / work.BlockRows];
    private DropoutMask _mask;
    private bool _isTraining, _dropsUnits, _keepsDerivative;

    /// <summary>Z2 of the chunk, where rows are evaluated.</summary>
    public float[] Z2 { get; } = new float[work.ChunkRows];

    /// <summary>Begins a pass over rows.</summary>
    /// <param name="training">Whether it goes backward too.</param>
    /// <param name="dropout">What training leaves out.</param>
    /// <param name="step">The step, for the random numbers of dropout.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Begin(bool training, Dropout dropout, ulong step)
    {
        _isTraining = training;
        _dropsUnits = training && dropout.Hidden > 0;
        _keepsDerivative = training && (_dropsUnits || !work.Hidden.DerivativeFromValue);
        if (_keepsDerivative)
        {
            foreach (WorkerScratch scratch in work.Workers)
                scratch.MakeRoomForDerivative();
        }
        if (_dropsUnits)
            _mask = new DropoutMask(dropout.Hidden, dropout.Seed, step);
    }

    /// <summary>Does a block whose Z1 is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Do(int block, int worker)
    {
        WorkerScratch scratch = work.Workers[worker];
        HiddenLayer hidden = work.Hidden;
        int from = work.Chunk.FirstRow(block), rows = work.Chunk.FirstRow(block + 1) - from, units = work.Layout.PaddedUnits;
        PanelRows a1 = work.Rows(from), derivative = _keepsDerivative ? new PanelRows(scratch.Derivative, work.BlockRows, 0) : default;
        Span<float> z2 = scratch.Z2(rows), y = scratch.Y(rows), w = scratch.W(rows);
        z2[rows..].Clear();
        ReadRows(from, rows, y, w);
        hidden.Activate(rows, a1, derivative);                               // A1 (m x H) = g(Z1)
        if (_dropsUnits)
            DropUnits(from, rows, a1, derivative);
        float b2 = work.Parameters[work.Layout.B2];
        hidden.Output(rows, a1, z2);                                         // Z2 (m x 1) = A1 (m x H) W2ᵀ (H x 1) + b2
        if (!_isTraining)
        {
            for (int i = 0; i < rows; i++)
                Z2[from + i] = z2[i] + b2;
        }
        float loss = OutputLayer.Backward(z2, b2, y, w, work.WidestLanes, out float db2); // A2 = sigmoid(Z2), dZ2 (m x 1) = w (A2 - Y)
        double weight = rows;
        if (work.Chunk.Rows.Weights is not null)
        {
            weight = 0;
            foreach (float one in w)
                weight += one;
        }
        _sums[block] = new BlockSums(loss, weight, db2);
        if (_isTraining)
        {
            Span<float> parts = _parts.AsSpan(block * 2 * units, 2 * units);
            hidden.Backward(                                                 // dW2 (1 x H) = dZ2ᵀ A1, db1 (1 x H) = sum of dZ1,
                rows, a1, derivative, z2, dW2: parts[..units], db1: parts[units..]); // dZ1 (m x H) = dZ2 W2 * g'(Z1)
        }
    }

    /// <summary>The loss of the chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BatchLoss Loss()
    {
        BatchLoss loss = default;
        for (int block = 0; block < work.Chunk.Blocks; block++)
            loss += new BatchLoss(_sums[block].Loss, _sums[block].Weight);
        return loss;
    }

    /// <summary>The chunk's dW2, db1 and db2 in the gradient, alone or added to what earlier chunks gave; and its loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BatchLoss AddUp(bool add)
    {
        ParameterLayout layout = work.Layout;
        int units = layout.PaddedUnits;
        Span<float> dW2 = work.Gradient.AsSpan(layout.W2, units), db1 = work.Gradient.AsSpan(layout.B1, units);
        ref float db2 = ref work.Gradient[layout.B2];
        if (!add)
        {
            dW2.Clear();
            db1.Clear();
            db2 = 0;
        }
        for (int block = 0; block < work.Chunk.Blocks; block++)
        {
            Span<float> parts = _parts.AsSpan(block * 2 * units, 2 * units);
            work.Hidden.Add(dW2, parts[..units]);
            work.Hidden.Add(db1, parts[units..]);
            db2 += _sums[block].Db2;
        }
        dW2[layout.HiddenUnits..].Clear(); // units that were only added to fill a vector may have g(0) != 0
        return Loss();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadRows(int from, int rows, Span<float> y, Span<float> w)
    {
        y[rows..].Clear();
        w[rows..].Clear();
        Read(work.Chunk.Rows.Labels, from, y[..rows]);
        if (work.Chunk.Rows.Weights is { } weights)
            Read(weights, from, w[..rows]);
        else
            w[..rows].Fill(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(float[] numbers, int from, Span<float> read)
    {
        RowSelection selection = work.Chunk.Selection;
        if (selection.IsConsecutive)
        {
            numbers.AsSpan(selection[from], read.Length).CopyTo(read);
            return;
        }
        for (int i = 0; i < read.Length; i++)
            read[i] = numbers[selection[from + i]];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DropUnits(int from, int rows, in PanelRows a1, in PanelRows derivative)
    {
        for (int panel = 0; panel < work.Layout.PanelCount; panel++)
        {
            int width = work.Layout.WidthOf(panel);
            Span<float> values = MemoryMarshal.CreateSpan(ref a1.Panel(panel, work.Layout.PanelWidth, width), rows * width);
            Span<float> slopes = MemoryMarshal.CreateSpan(ref derivative.Panel(panel, work.Layout.PanelWidth, width), rows * width);
            for (int i = 0; i < rows; i++)
            {
                _mask.Apply(
                    values.Slice(i * width, width), slopes.Slice(i * width, width), work.Chunk.Place + from + i, panel * work.Layout.PanelWidth);
            }
        }
    }
}
