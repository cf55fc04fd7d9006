namespace MlNetShallowNet.Engine;

/// <summary>
/// Dense rows. Where W1 is small, each share computes a dW1 of its own and the sum follows; so a thread does the rows of its shares to the
/// end by itself, and only dW1 passes from core to core. Where W1 is large, dW1 is computed over all rows for some features at a time and
/// applied while they are in the cache.
/// </summary>
internal sealed class DensePass : InputPass
{
    // Numbers of W1 that the second-level cache does not hold beside the rows. Then several blocks go through it at a time: 20,000 x 784 with
    // 512 units takes a tenth less time.
    private const int LargeW1 = 128 * 1024;

    // Longer rows are found by the hardware once their first numbers are read; asking ahead for shorter ones saves an eighth at a million
    // rows of 28, and another tenth where that is spread over the tiles: a core waits for some twenty lines of the cache at a time.
    private const int LongestRowAskedFor = 128;

    private readonly int _packedStride, _rowsOfTile;
    private readonly Action<int, int> _features;
    private readonly ShareSum _shares;
    private float[] _packed = []; // X of the chunk, where it cannot be read in place
    private float[] _x = [];
    private int _xStart, _xStride;
    private bool _isPacked, _add;
    private UpdateRule? _rule;
    private float _scale;

    // How the features of a panel are divided among threads.
    private int _featuresPerItem, _itemsPerPanel;

    public DensePass(Workspace work) : base(work)
    {
        _packedStride = ChunkShape.PackedStride(work.Layout.FeatureCount);
        _rowsOfTile = PanelProduct.RowsOfTile(work.Layout.WidthOf(work.Layout.PanelCount - 1) / work.Layout.LaneCount);
        (_features, _shares) = (DoFeatures, new ShareSum(work, 0, work.Layout.FeatureCount));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double MultiplyAdds(TrainingRows rows, int count) => 2.0 * count * Work.Layout.FeatureCount;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int ShareShift(int count) => ChunkShape.ShareShift(Work.Layout.B1, count);

    public override int BlocksAtOnce => Work.Layout.B1 < LargeW1 ? 1 : 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Read(bool training)
    {
        Chunk chunk = Work.Chunk;
        int features = Work.Layout.FeatureCount;
        float[] values = ((DenseRows)chunk.Rows).Values;
        _isPacked = !chunk.Selection.IsConsecutive;
        if (_isPacked && _packed.Length == 0)
            _packed = new float[Work.ChunkRows * _packedStride];
        (_x, _xStart, _xStride) = _isPacked ? (_packed, 0, _packedStride) : (values, chunk.Selection[0] * features, features);
        if (training && chunk.Shares > 1)
            _shares.MakeRoom();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(int from, int rows, bool first)
    {
        if (_isPacked)
        {
            Chunk chunk = Work.Chunk;
            var dense = (DenseRows)chunk.Rows;
            RowCopy.Copy(
                dense.Values, chunk.Selection.Slice(from, rows), dense.FeatureCount, _packed.AsSpan(from * _packedStride), _packedStride,
                Work.WidestLanes);
            if (Prefetch.IsSupported && dense.FeatureCount <= LongestRowAskedFor)
            {
                MultiplyAndAsk(dense, from, rows);
                return;
            }
        }
        Work.Hidden.Multiply(ref X(from), _xStride, rows, Work.Rows(from));      // Z1 (m x H) = X (m x D) W1ᵀ (D x H) + b1 (1 x H)
    }

    // Tile by tile, and before each as many rows asked for of the block that is this thread's next one most likely.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyAndAsk(DenseRows dense, int from, int rows)
    {
        for (int i = 0; i < rows; i += _rowsOfTile)
        {
            int count = Math.Min(_rowsOfTile, rows - i);
            AskForRows(dense, from + rows + i, count);
            Work.Hidden.Multiply(ref X(from + i), _xStride, count, Work.Rows(from + i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AskForRows(DenseRows dense, int from, int count)
    {
        int features = dense.FeatureCount, end = Math.Min(from + count, Work.Chunk.Count);
        for (int i = from; i < end; i++)
        {
            int row = Work.Chunk.Selection[i];
            Prefetch.Numbers(ref dense.Values[row * features], features);
            Prefetch.Number(ref dense.Labels[row]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddShare(int share)
    {
        if (Work.Chunk.Shares == 1)
            return;
        for (int panel = 0; panel < Work.Layout.PanelCount; panel++)
        {
            for (int from = 0; from < Work.Layout.FeatureCount; from += Workspace.DenseColumnsAtOnce)
            {
                ColumnBlock block = Work.Layout.Columns(panel, from, Workspace.DenseColumnsAtOnce);
                ComputeGradient(share, block, ref _shares[share][block.Offset], add: false);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ApplyGradient(bool add, UpdateRule? rule, float scale)
    {
        Chunk chunk = Work.Chunk;
        if (chunk.Shares > 1)
        {
            _shares.Apply(add, rule, scale);
            return;
        }
        (_add, _rule, _scale) = (add, rule, scale);
        Divide(chunk.IsAlone ? 1 : 3 * Work.Pool.Count);
        Work.Pool.ForEach(Work.Layout.PanelCount * _itemsPerPanel, _features, chunk.IsAlone);
        _rule = null;
    }

    // So many features to an item that there are enough items for all threads.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Divide(int wanted)
    {
        int features = Work.Layout.FeatureCount;
        _featuresPerItem = Workspace.DenseColumnsAtOnce;
        while (_featuresPerItem > 12 && Work.Layout.PanelCount * ((features + _featuresPerItem - 1) / _featuresPerItem) < wanted)
            _featuresPerItem -= 12;
        _itemsPerPanel = (features + _featuresPerItem - 1) / _featuresPerItem;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoFeatures(int item, int worker)
    {
        int panel = item / _itemsPerPanel;
        ColumnBlock block = Work.Layout.Columns(panel, (item - panel * _itemsPerPanel) * _featuresPerItem, _featuresPerItem);
        ComputeGradient(0, block, ref Work.Gradient[block.Offset], _add);
        if (_rule is not null)
            Work.Update(_rule, block.Offset, block.Length, _scale, Work.L2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeGradient(int share, in ColumnBlock block, ref float gradient, bool add)
    {
        Chunk chunk = Work.Chunk;
        int from = chunk.FirstRow(chunk.FirstBlock(share)), end = chunk.FirstRow(chunk.FirstBlock(share + 1));
        Work.Hidden.WeightGradient(                                              // dW1ᵀ (D x H) = Xᵀ (D x m) dZ1 (m x H)
            block.Panel, ref Unsafe.Add(ref X(from), block.From), _xStride, end - from, Work.Rows(from), block.Count, ref gradient, add);
    }

    private ref float X(int row) => ref _x[_xStart + row * _xStride];
}
