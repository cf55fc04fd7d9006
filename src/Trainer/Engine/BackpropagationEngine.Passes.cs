using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlNetShallowNet.Engine;

/// <content>A pass over rows, chunk by chunk: what the calling thread does.</content>
internal sealed partial class BackpropagationEngine
{
    // Below this many multiply-adds a pass over a chunk takes less time than sharing it would cost.
    private const long SmallestSharedWork = 300_000;

    private readonly AlignedFloats _a1;   // A1 and then dZ1 of the chunk
    private readonly float[] _z2;         // Z2 of the chunk, where scores are asked for
    private readonly int[] _indices;      // the chunk's rows, where they do not follow one another
    private readonly float[] _shares;     // of each block in dW2 and db1
    private readonly BlockSums[] _sums;   // of each block in the rest
    private float[] _packed = [];         // X of the chunk, where it cannot be read in place
    private BatchColumns? _columns;       // X of the chunk by columns, where it is sparse
    private int[] _packedStarts = [], _packedIndices = []; // sparse X of the chunk, where it cannot be read in place
    private float[] _packedValues = [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BatchLoss Backpropagate(TrainingRows rows, ReadOnlySpan<int> batch, bool all, IUpdateRule? rule)
    {
        int count = Begin(rows, batch, all, training: true);
        _lazy = rows is SparseRows && count <= _chunkRows && rule is ISkippingUpdateRule skipping && skipping.CanSkip(L2);
        if (_lazy)
            BeginLazy();
        else
            CatchUp();
        if (!_lazy && rows is SparseRows)
            _gradient.Span.Clear();
        BatchLoss loss = default;
        for (int place = 0; place < count; place += _chunkRows)
        {
            BeginChunk(batch, place, count);
            if (_lazy)
                _team.ForEach(ColumnItems, _catchUpWork, _alone);
            _team.ForEach(_blocks, _rowWork, _alone);
            loss += AddShares(add: place > 0);

            bool last = place + _chunkRows >= count && loss.Weight > 0;
            if (last && rule is not null)
                BeginUpdate(rule, loss.Weight);
            ComputeWeightGradient(add: place > 0, last ? rule : null);
        }
        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BatchLoss Evaluate(TrainingRows rows, ReadOnlySpan<int> which, bool all, Span<float> scores)
    {
        int count = Begin(rows, which, all, training: false);
        CatchUp();
        BatchLoss loss = default;
        for (int place = 0; place < count; place += _chunkRows)
        {
            BeginChunk(which, place, count);
            _team.ForEach(_blocks, _rowWork, _alone);
            for (int block = 0; block < _blocks; block++)
                loss += new BatchLoss(_sums[block].Loss, _sums[block].Weight);
            if (!scores.IsEmpty)
                _z2.AsSpan(0, _count).CopyTo(scores[place..]);
        }
        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Begin(TrainingRows rows, ReadOnlySpan<int> batch, bool all, bool training)
    {
        if (rows.FeatureCount != Layout.FeatureCount)
            throw new ArgumentException($"The rows have {rows.FeatureCount} features; the network has {Layout.FeatureCount}.");
        _rows = rows;
        _consecutive = all;
        _training = training;
        _smoothing = training ? LabelSmoothing : 0;
        _inputDropout = training && Dropout.Input > 0;
        _hiddenDropout = training && Dropout.Hidden > 0;
        _keepDerivative = training && (_hiddenDropout || !_hidden.DerivativeFromValue);
        if (_keepDerivative)
        {
            foreach (WorkerScratch scratch in _workers)
                scratch.MakeRoomForDerivative();
        }
        _inputMask = new DropoutMask(Dropout.Input, Dropout.Seed, _step, 0);
        _hiddenMask = new DropoutMask(Dropout.Hidden, Dropout.Seed, _step, 1);
        return all ? rows.Count : batch.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginChunk(ReadOnlySpan<int> batch, int place, int total)
    {
        _place = place;
        _count = Math.Min(_chunkRows, total - place);
        _blocks = (_count + _blockRows - 1) / _blockRows;
        if (!_consecutive)
        {
            ReadOnlySpan<int> part = batch.Slice(place, _count);
            foreach (int row in part)
            {
                if ((uint)row >= (uint)_rows.Count)
                    throw new ArgumentOutOfRangeException(nameof(batch), row, $"There are {_rows.Count} rows.");
            }
            part.CopyTo(_indices);
        }
        _selection = new RowSelection(_consecutive ? null : _indices, place);

        long work = 0;
        if (_rows is DenseRows dense)
        {
            work = (long)_count * Layout.FeatureCount;
            _pack = !_consecutive || _inputDropout;
            if (_pack && _packed.Length == 0)
                _packed = new float[_chunkRows * _packedStride];
            (_x, _xStart, _xStride) = _pack
                ? (_packed, 0, _packedStride)
                : (dense.Values, place * Layout.FeatureCount, Layout.FeatureCount);
        }
        else if (_rows is SparseRows sparse)
        {
            work = _consecutive && !_inputDropout ? ReadInPlace(sparse) : Pack(sparse);
            if (_training)
                (_columns ??= MakeColumns()).Build(_sparse, _sparseSelection, _count);
        }
        _alone = (_lazy ? 4 : 2) * work * Layout.PaddedUnits < SmallestSharedWork;
    }

    // The blocks' shares in dW2, db1 and db2, added in the blocks' order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BatchLoss AddShares(bool add)
    {
        int units = Layout.PaddedUnits;
        Span<float> dW2 = _gradient.AsSpan(Layout.W2, units), db1 = _gradient.AsSpan(Layout.B1, units);
        ref float db2 = ref _gradient[Layout.B2];
        if (!add)
        {
            dW2.Clear();
            db1.Clear();
            db2 = 0;
        }
        BatchLoss loss = default;
        for (int block = 0; block < _blocks; block++)
        {
            Span<float> shares = _shares.AsSpan(block * 2 * units, 2 * units);
            Add(dW2, shares[..units]);
            Add(db1, shares[units..]);
            db2 += _sums[block].Db2;
            loss += new BatchLoss(_sums[block].Loss, _sums[block].Weight);
        }
        dW2[Layout.HiddenUnits..].Clear(); // units that were only added to fill a vector may have g(0) != 0
        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginUpdate(IUpdateRule rule, double weight)
    {
        _scale = (float)(1 / weight);
        rule.BeginStep(L2);
        _ruleSteps++;
        Update(rule, Layout.B1, Layout.PaddedUnits, l2: 0);
        Update(rule, Layout.W2, Layout.PaddedUnits, L2);
        Update(rule, Layout.B2, 1, l2: 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(IUpdateRule rule, int offset, int count, float l2) =>
        rule.Update(_parameters.AsSpan(offset, count), _gradient.AsSpan(offset, count), offset, _scale, l2);

    // dW1 of the chunk; with a rule given W1 is updated with it, part by part while it is in the cache.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeWeightGradient(bool add, IUpdateRule? rule)
    {
        _add = add;
        _rule = rule;
        if (_rows is DenseRows)
        {
            _team.ForEach(DivideFeatures(), _featureWork, _alone);
        }
        else if (_lazy)
        {
            // A step that changes nothing (all weights are 0) leaves everything as it is.
            if (rule is not null)
                _team.ForEach(ColumnItems + 1, _lazyWork, _alone);
        }
        else
        {
            _team.ForEach(ColumnItems, _columnWork, _alone);
            if (rule is not null)
                _team.ForEach(DivideFeatures(), _updateWork, alone: Layout.B1 < SmallestSharedWork);
        }
        _rule = null;
    }

    private BatchColumns MakeColumns()
    {
        foreach (WorkerScratch scratch in _workers)
            scratch.MakeRoomForColumns(ColumnsPerItem * Layout.PanelWidth);
        return new BatchColumns(Layout.FeatureCount);
    }

    private long ReadInPlace(SparseRows sparse)
    {
        (_sparse, _sparseSelection) = (sparse.View, _selection);
        return sparse.RowStarts[_place + _count] - sparse.RowStarts[_place];
    }

    // Puts the chunk's sparse rows next to each other, without what dropout leaves out: they are needed twice, by rows and by columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Pack(SparseRows sparse)
    {
        long total = 0;
        for (int i = 0; i < _count; i++)
            total += sparse.RowStarts[_selection[i] + 1] - sparse.RowStarts[_selection[i]];
        if (_packedStarts.Length == 0)
            _packedStarts = new int[_chunkRows + 1];
        if (_packedIndices.Length < total)
        {
            int room = (int)Math.Min(Array.MaxLength, total * 5 / 4);
            (_packedIndices, _packedValues) = (new int[room], new float[room]);
        }

        int at = 0;
        for (int i = 0; i < _count; i++)
        {
            int start = sparse.RowStarts[_selection[i]], count = sparse.RowStarts[_selection[i] + 1] - start;
            CopyRun(sparse.Indices, start, count, _packedIndices, at);
            CopyRun(sparse.Values, start, count, _packedValues, at);
            at += _inputDropout ? LeaveOut(_place + i, at, count) : count;
            _packedStarts[i + 1] = at;
        }
        (_sparse, _sparseSelection) = (new SparseView(_packedStarts, _packedIndices, _packedValues), new RowSelection(null, 0));
        return at;
    }

    // Most rows are short, and copying a fixed length has no branches to be foreseen wrongly: what is copied too much is overwritten by the
    // next row, or stands behind the last.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRun<T>(T[] source, int start, int count, T[] target, int at)
    {
        const int run = 32;
        if (count <= run && source.Length - start >= run && target.Length - at >= run)
            source.AsSpan(start, run).CopyTo(target.AsSpan(at, run));
        else
            source.AsSpan(start, count).CopyTo(target.AsSpan(at));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int LeaveOut(int place, int from, int count)
    {
        int kept = from;
        for (int k = from; k < from + count; k++)
        {
            float factor = _inputMask.Factor(place, _packedIndices[k]);
            if (factor == 0)
                continue;
            _packedIndices[kept] = _packedIndices[k];
            _packedValues[kept++] = _packedValues[k] * factor;
        }
        return kept - from;
    }
}
