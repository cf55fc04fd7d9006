namespace MlNetShallowNet.Engine;

/// <content>What happens to the rows of a step: which passes they take, chunk by chunk.</content>
internal sealed partial class TrainingEngine
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Attach(UpdateRule rule)
    {
        if (ReferenceEquals(rule, _rule))
            return;
        _lazy?.CatchUp();
        rule.Attach(Layout.Count, _work.WidestLanes, Layout.LaneCount);
        (_rule, _ruleSteps) = (rule, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Begin(TrainingRows rows, RowSelection batch, bool training, UpdateRule? rule)
    {
        int knots = (rows as EncodedRows)?.Ramps.ColumnCount ?? 0;
        if (rows.FeatureCount != Layout.FeatureCount || knots != Ramps.ColumnCount)
            throw new ArgumentException($"The rows have {rows.FeatureCount} columns, {knots} of them knots; the network has {Layout.FeatureCount} and {Ramps.ColumnCount}.");
        _blocks.Begin(training, Dropout, _step);
        _secondPass = null;
        if (rows is DenseRows)
        {
            _lazy?.CatchUp();
            _pass = _dense ??= new DensePass(_work);
        }
        else if (_otherColumns > 0)
        {
            _pass = SparsePart(rows, batch, rule);
            _secondPass = _ramps;
        }
        else
        {
            _pass = _ramps!;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private InputPass SparsePart(TrainingRows rows, RowSelection batch, UpdateRule? rule)
    {
        if (rule?.CanSkip(L2) is true && batch.Count is > 0 && batch.Count <= _work.ChunkRows && HasWeight(rows, batch))
        {
            _lazy ??= new LazySparsePass(_work, Ramps.ColumnCount, _otherColumns, _secondPart);
            _lazy.Begin(rule, _ruleSteps);
            return _lazy;
        }
        _lazy?.CatchUp();
        return _sparse ??= new SparsePass(_work, Ramps.ColumnCount, _otherColumns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool HasWeight(TrainingRows rows, RowSelection batch)
    {
        if (rows.Weights is not { } weights)
            return true;
        for (int i = 0; i < batch.Count; i++)
        {
            if ((uint)batch[i] < (uint)weights.Length && weights[batch[i]] > 0)
                return true;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginChunk(TrainingRows rows, RowSelection batch, int place, bool training, bool stepping)
    {
        RowSelection selection = batch.Slice(place, Math.Min(_work.ChunkRows, batch.Count - place));
        selection.CheckWithin(rows.Count);
        double work = _pass.MultiplyAdds(rows, selection.Count) + (_secondPass?.MultiplyAdds(rows, selection.Count) ?? 0);
        int shift = training ? Math.Min(_pass.ShareShift(selection.Count), _secondPass?.ShareShift(selection.Count) ?? int.MaxValue) : 0;
        _work.Chunk.Begin(rows, selection, place, _work.BlockRows, shift < int.MaxValue ? shift : 0);
        _blocksAtOnce = Math.Max(_pass.BlocksAtOnce, _secondPass?.BlocksAtOnce ?? 1);
        _isShareable = _work.IsWorthSharing(work);
        _work.Chunk.IsAlone = !_isShareable || (stepping && _sharing.IsAlone);
        _pass.Read(training);
        _secondPass?.Read(training);
    }

    // Threads divide the blocks of the only share.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoOneShare(Chunk chunk)
    {
        DoAllBlocks(chunk);
        _pass.AddShare(0);
        _secondPass?.AddShare(0);
    }

    // Of what one thread would take through W1 together each of several takes its part.
    private int BlocksOfItem => Math.Max(1, _blocksAtOnce / _work.Pool.Count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoAllBlocks(Chunk chunk) =>
        _work.Pool.ForEach((chunk.Blocks + BlocksOfItem - 1) / BlocksOfItem, _doBlocks, chunk.IsAlone);

    // Some blocks of rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoBlocks(int item, int worker)
    {
        int first = item * BlocksOfItem;
        DoBlocks(first, Math.Min(first + BlocksOfItem, _work.Chunk.Blocks), worker);
    }

    // A share: its blocks of rows, and its dW1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoShare(int share, int worker)
    {
        int end = _work.Chunk.FirstBlock(share + 1);
        for (int block = _work.Chunk.FirstBlock(share); block < end; block += _blocksAtOnce)
            DoBlocks(block, Math.Min(block + _blocksAtOnce, end), worker);
        _pass.AddShare(share);
        _secondPass?.AddShare(share);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoBlocks(int first, int end, int worker)
    {
        int from = _work.Chunk.FirstRow(first), rows = _work.Chunk.FirstRow(end) - from;
        _pass.Multiply(from, rows, first: true);
        _secondPass?.Multiply(from, rows, first: false);
        for (int block = first; block < end; block++)
            _blocks.Do(block, worker);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateOutputLayer(UpdateRule rule, float scale)
    {
        rule.BeginStep(L2);
        _ruleSteps++;
        _work.Update(rule, Layout.B1, Layout.PaddedUnits, scale, l2: 0);
        _work.Update(rule, Layout.W2, Layout.PaddedUnits, scale, L2);
        _work.Update(rule, Layout.B2, 1, scale, l2: 0);
    }
}
