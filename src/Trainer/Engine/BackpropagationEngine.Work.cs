using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlNetShallowNet.Engine;

/// <content>What any thread does with one item of the current chunk.</content>
internal sealed partial class BackpropagationEngine
{
    private const int LongestRowAskedFor = 128;

    private readonly RowWork _rowWork;
    private readonly ColumnWork _columnWork;
    private readonly UpdateWork _updateWork;
    private readonly WorkerScratch[] _workers;

    // The current pass.
    private TrainingRows _rows = null!;
    private IUpdateRule? _rule;
    private bool _training;
    private bool _stepping;
    private bool _consecutive;
    private float _smoothing;
    private bool _inputDropout;
    private bool _hiddenDropout;
    private bool _keepDerivative;
    private DropoutMask _inputMask;
    private DropoutMask _hiddenMask;
    private float _scale;

    // The current chunk: its place in the batch, its rows, and its X, dense or sparse.
    private int _place;
    private int _count;
    private int _blocks;
    private int _blocksAtOnce;
    private RowSelection _selection;
    private bool _isShareable;
    private bool _alone;
    private bool _add;
    private bool _pack;
    private float[] _x = [];
    private int _xStart;
    private int _xStride;

    // Phase 1, some blocks of rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoRows(int item, int worker)
    {
        int first = item * _blocksAtOnce, end = Math.Min(first + _blocksAtOnce, _blocks);
        ComputeZ1(first * _blockRows, Math.Min(end * _blockRows, _count));
        for (int block = first; block < end; block++)
            DoBlock(block, worker);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeZ1(int from, int end)
    {
        int rows = end - from;
        var z1 = new PanelRows(_a1, _chunkRows, from);
        if (_lazy)
        {
            if (_parts.Length > 1)
                _hidden.Add(rows, z1, new PanelRows(_z1OfPart, _chunkRows, from));
        }
        else if (_rows is DenseRows dense)
        {
            if (_pack)
            {
                PackRows(dense, from, rows);
                AskForRows(end);
            }
            _hidden.Multiply(ref X(from), _xStride, rows, z1);               // Z1 (m x H) = X (m x D) W1ᵀ (D x H) + b1 (1 x H)
        }
        else
        {
            _hidden.Multiply(_sparse!, from, rows, z1);
        }
    }

    // From Z1 of a block of rows forward and, when training, backward to dZ1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoBlock(int block, int worker)
    {
        WorkerScratch scratch = _workers[worker];
        int from = block * _blockRows, rows = Math.Min(_blockRows, _count - from);
        var a1 = new PanelRows(_a1, _chunkRows, from);
        PanelRows derivative = _keepDerivative ? new PanelRows(scratch.Derivative, _blockRows, 0) : default;
        Span<float> z2 = scratch.Z2(rows), y = scratch.Y(rows), w = scratch.W(rows);
        z2[rows..].Clear();
        ReadRows(from, rows, y, w);
        _hidden.Activate(rows, a1, derivative);                              // A1 (m x H) = g(Z1)
        if (_hiddenDropout)
            DropUnits(from, rows, a1, derivative);
        float b2 = _parameters[Layout.B2];
        _hidden.Output(rows, a1, z2);                                        // Z2 (m x 1) = A1 (m x H) W2ᵀ (H x 1) + b2
        if (!_training)
        {
            for (int i = 0; i < rows; i++)
                _z2[from + i] = z2[i] + b2;
        }
        float loss = OutputLayer.Backward(z2, b2, y, w, out float db2);      // A2 = sigmoid(Z2), dZ2 (m x 1) = w (A2 - Y)
        double weight = rows;
        if (_rows.Weights is not null)
        {
            weight = 0;
            foreach (float one in w)
                weight += one;
        }
        _sums[block] = new BlockSums(loss, weight, db2);
        if (_training)
        {
            Span<float> shares = _shares.AsSpan(block * 2 * Layout.PaddedUnits, 2 * Layout.PaddedUnits);
            _hidden.Backward(                                                // dW2 (1 x H) = dZ2ᵀ A1, db1 (1 x H) = sum of dZ1,
                rows, a1, derivative, z2,                                    // dZ1 (m x H) = dZ2 W2 * g'(Z1)
                dW2: shares[..Layout.PaddedUnits], db1: shares[Layout.PaddedUnits..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadRows(int from, int rows, Span<float> y, Span<float> w)
    {
        y[rows..].Clear();
        w[rows..].Clear();
        Read(_rows.Labels, from, y[..rows]);
        if (_smoothing != 0)
        {
            foreach (ref float label in y[..rows])
                label = label * (1 - _smoothing) + _smoothing / 2;
        }
        if (_rows.Weights is { } weights)
            Read(weights, from, w[..rows]);
        else
            w[..rows].Fill(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(float[] numbers, int from, Span<float> read)
    {
        if (_selection.Consecutive)
        {
            numbers.AsSpan(_selection[from], read.Length).CopyTo(read);
            return;
        }
        for (int i = 0; i < read.Length; i++)
            read[i] = numbers[_selection[from + i]];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackRows(DenseRows dense, int from, int rows)
    {
        int features = Layout.FeatureCount;
        RowCopy.Copy(dense.Values, _selection, from, rows, features, _packed.AsSpan(from * _packedStride), _packedStride);
        for (int i = 0; _inputDropout && i < rows; i++)
            _inputMask.Apply(_packed.AsSpan((from + i) * _packedStride, features), _place + from + i, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DropUnits(int from, int rows, in PanelRows a1, in PanelRows derivative)
    {
        for (int panel = 0; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel);
            Span<float> values = MemoryMarshal.CreateSpan(ref a1.Panel(panel, Layout.PanelWidth, width), rows * width);
            Span<float> slopes = MemoryMarshal.CreateSpan(ref derivative.Panel(panel, Layout.PanelWidth, width), rows * width);
            for (int i = 0; i < rows; i++)
            {
                _hiddenMask.Apply(
                    values.Slice(i * width, width), slopes.Slice(i * width, width), _place + from + i, panel * Layout.PanelWidth);
            }
        }
    }

    // The rows of the block that is this thread's next one most likely. Long rows are found by the hardware once their first numbers are read.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AskForRows(int from)
    {
        int features = Layout.FeatureCount, end = Math.Min(from + _blockRows, _count);
        if (!Prefetch.IsSupported || features > LongestRowAskedFor)
            return;
        float[] values = ((DenseRows)_rows).Values;
        for (int i = from; i < end; i++)
        {
            int row = _selection[i];
            Prefetch.Numbers(ref values[row * features], features);
            Prefetch.Number(ref _rows.Labels[row]);
        }
    }

    private ref float X(int row) => ref _x[_xStart + row * _xStride];

    // Phase 2 for sparse rows, some of the features that occur: dW1 over the rows where they do, added to what other chunks gave.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoColumns(int item, int worker)
    {
        BatchColumns columns = _sparse!.Columns;
        int from = item * ColumnsAtOnce;
        ReadOnlySpan<int> features = columns.Features.Slice(from, Math.Min(ColumnsAtOnce, columns.Features.Length - from));
        var dZ1 = new PanelRows(_a1, _chunkRows, 0);
        float[] gradient = _workers[worker].WeightGradient;
        for (int panel = 0; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel), offset = Layout.Panel(panel);
            _hidden.WeightGradient(panel, columns, from, features.Length, dZ1, gradient);
            for (int i = 0; i < features.Length; i++)
                Add(_gradient.AsSpan(offset + features[i] * width, width), gradient.AsSpan(i * width, width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoUpdate(int item)
    {
        FeatureBlock block = BlockOf(item);
        Update(_rule!, block.Offset, block.Count * block.Width, L2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Span<float> sum, ReadOnlySpan<float> addend)
    {
        int i = 0;
        for (; i + Vector<float>.Count <= sum.Length; i += Vector<float>.Count)
            (new Vector<float>(sum[i..]) + new Vector<float>(addend[i..])).CopyTo(sum[i..]);
        for (; i < sum.Length; i++)
            sum[i] += addend[i];
    }

    private sealed class RowWork(BackpropagationEngine engine) : IParallelWork
    {
        public void Do(int item, int worker) => engine.DoRows(item, worker);
    }

    private sealed class ColumnWork(BackpropagationEngine engine) : IParallelWork
    {
        public void Do(int item, int worker) => engine.DoColumns(item, worker);
    }

    private sealed class UpdateWork(BackpropagationEngine engine) : IParallelWork
    {
        public void Do(int item, int worker) => engine.DoUpdate(item);
    }
}
