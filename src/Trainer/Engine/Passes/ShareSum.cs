namespace MlNetShallowNet.Engine;

/// <summary>dW1 of each share of a chunk, for some neighbouring columns, and what becomes of it: the sum in the shares' order, and the update.</summary>
/// <param name="work">The workspace.</param>
/// <param name="firstColumn">The first of the columns.</param>
/// <param name="columnCount">How many.</param>
internal sealed class ShareSum(Workspace work, int firstColumn, int columnCount)
{
    private const int ColumnsAtOnce = Workspace.DenseColumnsAtOnce;

    private AlignedFloats[] _shares = [];
    private Action<int, int>? _sum;
    private bool _add;
    private UpdateRule? _rule;
    private float _scale;

    private int Size => columnCount * work.Layout.PaddedUnits;

    /// <summary>The numbers of a share, panel after panel, each of all the columns.</summary>
    public AlignedFloats this[int share] => _shares[share];

    /// <summary>Sees to it that there is room for the chunk's shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MakeRoom()
    {
        int shares = work.Chunk.Shares;
        if (_shares.Length < shares)
            _shares = [.. _shares, .. Enumerable.Range(_shares.Length, shares - _shares.Length).Select(_ => new AlignedFloats(Size))];
    }

    /// <summary>dW1 = the sum over the shares, added to what earlier chunks gave if so asked, and with a rule given the update.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(bool add, UpdateRule? rule, float scale)
    {
        (_add, _rule, _scale) = (add, rule, scale);
        int itemsPerPanel = (columnCount + ColumnsAtOnce - 1) / ColumnsAtOnce;
        work.Pool.ForEach(itemsPerPanel * work.Layout.PanelCount, _sum ??= Sum, !ChunkShape.IsWorthSharing(work.Chunk.Shares * Size));
        _rule = null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(int item, int worker)
    {
        int itemsPerPanel = (columnCount + ColumnsAtOnce - 1) / ColumnsAtOnce, panel = item / itemsPerPanel, width = work.Layout.WidthOf(panel);
        int from = (item - panel * itemsPerPanel) * ColumnsAtOnce, length = Math.Min(ColumnsAtOnce, columnCount - from) * width;
        int offset = work.Layout.Panel(panel) + (firstColumn + from) * width, start = panel * work.Layout.PanelWidth * columnCount + from * width;
        Span<float> gradient = work.Gradient.AsSpan(offset, length);
        for (int share = 0; share < work.Chunk.Shares; share++)
        {
            Span<float> addend = _shares[share].AsSpan(start, length);
            if (share == 0 && !_add)
                addend.CopyTo(gradient);
            else
                work.Hidden.Add(gradient, addend);
        }
        if (_rule is not null)
            work.Update(_rule, offset, length, _scale, work.L2);
    }
}
