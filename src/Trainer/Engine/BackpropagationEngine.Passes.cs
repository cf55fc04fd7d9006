using System.Runtime.CompilerServices;

namespace MlNetShallowNet.Engine;

/// <content>A pass over rows, chunk by chunk: what the calling thread does.</content>
internal sealed partial class BackpropagationEngine
{
    // Below this many multiply-adds a pass over a chunk takes less time than sharing it would cost.
    private const long SmallestSharedWork = 300_000;

    // The same for adding up so many numbers of groups' dW1.
    private const int SmallestSharedSum = 30_000;

    // Numbers of W1 that the second-level cache does not hold beside the rows.
    private const int LargeW1 = 128 * 1024;

    private readonly AlignedFloats _a1;   // A1 and then dZ1 of the chunk
    private readonly float[] _z2;         // Z2 of the chunk, where scores are asked for
    private readonly int[] _indices;      // the chunk's rows, where they do not follow one another
    private readonly float[] _shares;     // of each block in dW2 and db1
    private readonly BlockSums[] _sums;   // of each block in the rest
    private float[] _packed = [];         // X of the chunk, where it cannot be read in place
    private SparseChunk? _sparse;         // X of the chunk, where it is sparse

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BatchLoss Backpropagate(TrainingRows rows, ReadOnlySpan<int> batch, bool all, IUpdateRule? rule)
    {
        int count = Begin(rows, batch, all, training: true);
        _stepping = rule is not null;
        _lazy = count > 0 && count <= _chunkRows && rows is SparseRows && rule is ISkippingUpdateRule skipping && skipping.CanSkip(L2)
            && HasWeight(rows, batch, all);
        if (_lazy)
        {
            BeginLazy((SparseRows)rows, count);
        }
        else
        {
            CatchUp();
            if (rows is SparseRows)
                _gradient.Span.Clear();
        }
        BatchLoss loss = default;
        for (int place = 0; place < count; place += _chunkRows)
        {
            BeginChunk(batch, place, count);
            if (_lazy)
                _team.ForEach(_parts.Length, _partForwardWork, _alone);
            if (_byGroups)
                _team.ForEach(Groups, _groupWork, _alone);
            else
                _team.ForEach(RowItems, _rowWork, _alone);
            loss += AddShares(add: place > 0);

            bool last = place + _chunkRows >= count && loss.Weight > 0;
            if (last && rule is not null)
                BeginUpdate(rule, loss.Weight);
            ComputeWeightGradient(add: place > 0, last ? rule : null);
        }
        return loss;
    }

    // A step whose weights are all 0 changes nothing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool HasWeight(TrainingRows rows, ReadOnlySpan<int> batch, bool all)
    {
        if (rows.Weights is not { } weights)
            return true;
        if (all)
            return weights.AsSpan().ContainsAnyExcept(0);
        foreach (int row in batch)
        {
            if ((uint)row < (uint)weights.Length && weights[row] > 0)
                return true;
        }
        return false;
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
            _team.ForEach(RowItems, _rowWork, _alone);
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
        _lazy = _stepping = _isShareable = false;
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

        if (_rows is DenseRows dense)
        {
            _pack = !_consecutive || _inputDropout;
            if (_pack && _packed.Length == 0)
                _packed = new float[_chunkRows * _packedStride];
            (_x, _xStart, _xStride) = _pack
                ? (_packed, 0, _packedStride)
                : (dense.Values, place * Layout.FeatureCount, Layout.FeatureCount);
            // Where W1 is large, several blocks go through it at a time, for it comes from far away.
            _blocksAtOnce = Layout.B1 < LargeW1 ? 1 : Math.Max(1, 4 / _team.Count);
            Share(2.0 * _count * Layout.FeatureCount);
            BeginGroups();
        }
        else if (_rows is SparseRows sparse)
        {
            Share(_lazy ? LazyWork(sparse, _count) : 2 * _count * sparse.MeanNonZeros);
            _byGroups = false;
            _blocksAtOnce = 1;
            if (_lazy)
                return; // a part of the features at a time
            _sparse ??= new SparseChunk(Layout.FeatureCount, 0, Layout.FeatureCount);
            _sparse.Read(sparse, _selection, _count, _inputDropout ? _inputMask : null, _place);
            if (_training)
                _sparse.BuildColumns();
        }
    }

    private int RowItems => (_blocks + _blocksAtOnce - 1) / _blocksAtOnce;

    // Whether threads share the chunk: if the work is enough, and if steps are faster for it.
    private void Share(double work)
    {
        _isShareable = IsEnoughToShare(work);
        _alone = !_isShareable || (_stepping && _sharing.IsAlone);
    }

    // So many multiply-adds for each hidden unit.
    private bool IsEnoughToShare(double work) => _team.Count > 1 && work * Layout.PaddedUnits >= SmallestSharedWork;

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
        if (_byGroups)
        {
            _team.ForEach(DivideFeatures(), _sumWork, alone: Groups * Layout.B1 < SmallestSharedSum);
        }
        else if (_rows is DenseRows)
        {
            _team.ForEach(DivideFeatures(), _featureWork, _alone);
        }
        else if (_lazy)
        {
            _team.ForEach(_parts.Length, _partUpdateWork, _alone);
        }
        else
        {
            _team.ForEach((_sparse!.Columns.Features.Length + ColumnsAtOnce - 1) / ColumnsAtOnce, _columnWork, _alone);
            if (rule is not null)
                _team.ForEach(DivideFeatures(), _updateWork, alone: Layout.B1 < SmallestSharedWork);
        }
        _rule = null;
    }
}
