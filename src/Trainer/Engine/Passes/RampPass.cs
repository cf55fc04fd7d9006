using System.Numerics;

namespace MlNetShallowNet.Engine;

/// <summary>
/// Features that are read through knots (<see cref="Ramps"/>). The kernels read a table of W1's columns V; what the rule updates are the
/// parameters θ behind it. Each share adds up its own dV; then, for a few features of a panel at a time, dV is summed, turned into dθ,
/// applied, and their columns of V are made anew, all while they are in the cache.
/// </summary>
internal sealed class RampPass : InputPass
{
    private const int RowsAhead = 12, RowsAtOnce = 192;

    private readonly Ramps _ramps;
    private readonly RampKernel _kernel;
    private readonly Action<int, int> _update;
    private readonly int[] _bounds; // where each item's features begin
    private readonly AlignedFloats _table;
    private readonly int[] _columns; // of the chunk, m x F: the knot to the left of each value
    private readonly float[] _fractions;
    private readonly float[]?[] _scratch; // of each worker
    private readonly int _longestItem;
    private AlignedFloats[] _shares = [];
    private KnotOrder[] _orders = []; // of each share
    private bool _add;
    private UpdateRule? _rule;
    private float _scale;

    public RampPass(Workspace work, Ramps ramps) : base(work)
    {
        (_ramps, _update) = (ramps, DoUpdate);
        _kernel = RampKernel.Create(work.Layout, ramps);
        Penalties = new FeaturePenalties(work, ramps);
        _table = new AlignedFloats(TableSize);
        _columns = new int[work.ChunkRows * ramps.Count];
        _fractions = new float[_columns.Length];
        var bounds = new List<int> { 0 };
        for (int f = 0; f < ramps.Count; f++)
        {
            if (ramps.FirstColumns[f + 1] - ramps.FirstColumns[bounds[^1]] > Workspace.DenseColumnsAtOnce && f > bounds[^1])
                bounds.Add(f);
        }
        _bounds = [.. bounds, ramps.Count];
        _longestItem = _bounds.Zip(_bounds.Skip(1), (f, e) => ramps.FirstColumns[e] - ramps.FirstColumns[f]).Max() * work.Layout.PanelWidth;
        _scratch = new float[work.Pool.Count][];
    }

    /// <summary>What steps add to the gradient of each feature's parameters.</summary>
    public FeaturePenalties Penalties { get; }

    private int TableSize => _ramps.ColumnCount * Work.Layout.PaddedUnits;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double MultiplyAdds(TrainingRows rows, int count) => 6.0 * count * _ramps.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int ShareShift(int count) => ChunkShape.ShareShift(TableSize, count, atLeastTwo: true);

    // A panel's columns then stay in the first-level cache while rows pass by; block by block, Z1 of 28 features of 33 knots takes a third longer.
    public override int BlocksAtOnce => RowsAtOnce / Work.BlockRows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Read(bool training)
    {
        int shares = training ? Work.Chunk.Shares : 0;
        if (_shares.Length >= shares)
            return;
        _shares = [.. _shares, .. Enumerable.Range(_shares.Length, shares - _shares.Length).Select(_ => new AlignedFloats(TableSize))];
        _orders = [.. _shares.Select(_ => new KnotOrder(_ramps))];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(int from, int rows, bool first)
    {
        int F = _ramps.Count;
        var encoded = (EncodedRows)Work.Chunk.Rows;
        for (int i = from; i < from + rows; i++)
        {
            AskForRow(encoded, i + RowsAhead);
            Place(encoded.Positions.AsSpan(Work.Chunk.Selection[i] * F, F), _columns.AsSpan(i * F, F), _fractions.AsSpan(i * F, F));
        }
        ReadOnlySpan<float> b1 = first ? Work.Parameters.AsSpan(Work.Layout.B1, Work.Layout.PaddedUnits) : default;
        _kernel.Multiply(                                                        // Z1 (m x H) = X (m x T) V (T x H) + b1 (1 x H)
            rows, _columns.AsSpan(from * F), _fractions.AsSpan(from * F), _table, b1, Work.Rows(from));
    }

    // Asking ahead saves a tenth at a million rows of 28.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskForRow(EncodedRows encoded, int i)
    {
        if (!Prefetch.IsSupported || Work.Chunk.Selection.IsConsecutive || i >= Work.Chunk.Count)
            return;
        int row = Work.Chunk.Selection[i];
        Prefetch.Numbers(ref encoded.Positions[row * _ramps.Count], _ramps.Count);
        Prefetch.Number(ref encoded.Labels[row]);
    }

    // From positions along the knots to the columns to their left and how far they are from there.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(ReadOnlySpan<float> positions, Span<int> columns, Span<float> fractions)
    {
        ReadOnlySpan<int> firsts = _ramps.FirstColumns.AsSpan(0, positions.Length), lasts = _ramps.LastIntervals.AsSpan(0, positions.Length);
        int f = 0;
        for (; f + Vector<float>.Count <= positions.Length; f += Vector<float>.Count)
        {
            var position = new Vector<float>(positions[f..]);
            Vector<int> interval = Vector.Min(Vector.ConvertToInt32(position), new Vector<int>(lasts[f..]));
            (position - Vector.ConvertToSingle(interval)).CopyTo(fractions[f..]);
            (interval + new Vector<int>(firsts[f..])).CopyTo(columns[f..]);
        }
        for (; f < positions.Length; f++)
        {
            int interval = Math.Min((int)positions[f], lasts[f]);
            (columns[f], fractions[f]) = (firsts[f] + interval, positions[f] - interval);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddShare(int share)
    {
        Chunk chunk = Work.Chunk;
        int F = _ramps.Count, from = chunk.FirstRow(chunk.FirstBlock(share)), rows = chunk.FirstRow(chunk.FirstBlock(share + 1)) - from;
        _orders[share].Build(rows, _columns.AsSpan(from * F, rows * F), _fractions.AsSpan(from * F, rows * F));
        _kernel.Gradient(_orders[share], Work.Rows(from), _shares[share]);       // dV (T x H) = Xᵀ (T x m) dZ1 (m x H)
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ApplyGradient(bool add, UpdateRule? rule, float scale)
    {
        (_add, _rule, _scale) = (add, rule, scale);
        Work.Pool.ForEach((_bounds.Length - 1) * Work.Layout.PanelCount, _update, !ChunkShape.IsWorthSharing(Work.Chunk.Shares * TableSize));
        _rule = null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoUpdate(int item, int worker)
    {
        int panel = item / (_bounds.Length - 1), group = item - panel * (_bounds.Length - 1);
        int offset = Features(panel, group, out int first, out int end, out int width, out Span<float> table, out Span<float> parameters);
        Span<float> dV = _shares[0].AsSpan(_kernel.Panel(panel) + _ramps.FirstColumns[first] * width, table.Length);
        for (int share = 1; share < Work.Chunk.Shares; share++)
            Work.Hidden.Add(dV, _shares[share].AsSpan(_kernel.Panel(panel) + _ramps.FirstColumns[first] * width, table.Length));
        Span<float> gradient = Work.Gradient.AsSpan(offset, table.Length);
        if (_add)
        {
            Span<float> dTheta = (_scratch[worker] ??= new float[_longestItem]).AsSpan(0, table.Length);
            _kernel.Gather(first, end, width, dV, dTheta);
            Work.Hidden.Add(gradient, dTheta);
        }
        else
        {
            _kernel.Gather(first, end, width, dV, gradient);
        }
        if (_rule is null)
            return;
        for (int f = first; f < end; f++)
        {
            int column = _ramps.FirstColumns[f] - _ramps.FirstColumns[first], columns = _ramps.FirstColumns[f + 1] - _ramps.FirstColumns[f];
            Work.Update(_rule, offset + column * width, columns * width, _scale, Penalties[f]);
        }
        _kernel.Build(first, end, width, parameters, table);
    }

    /// <summary>The table anew, after the parameters were changed otherwise than by a step.</summary>
    public void Rebuild()
    {
        for (int panel = 0; panel < Work.Layout.PanelCount; panel++)
        {
            for (int group = 0; group < _bounds.Length - 1; group++)
            {
                Features(panel, group, out int first, out int end, out int width, out Span<float> table, out Span<float> parameters);
                _kernel.Build(first, end, width, parameters, table);
            }
        }
    }

    /// <summary>The columns of W1 as scoring needs them, into a block of the engine's layout.</summary>
    public void CopyTable(Span<float> flat)
    {
        for (int panel = 0; panel < Work.Layout.PanelCount; panel++)
        {
            int numbers = _ramps.ColumnCount * Work.Layout.WidthOf(panel);
            _table.AsSpan(_kernel.Panel(panel), numbers).CopyTo(flat[Work.Layout.Panel(panel)..]);
        }
    }

    // Some features of a panel: their part of the table and of the parameters. Returns where that begins among all parameters.
    private int Features(int panel, int group, out int first, out int end, out int width, out Span<float> table, out Span<float> parameters)
    {
        (first, end, width) = (_bounds[group], _bounds[group + 1], Work.Layout.WidthOf(panel));
        int column = _ramps.FirstColumns[first], length = (_ramps.FirstColumns[end] - column) * width, offset = Work.Layout.Panel(panel) + column * width;
        table = _table.AsSpan(_kernel.Panel(panel) + column * width, length);
        parameters = Work.Parameters.AsSpan(offset, length);
        return offset;
    }
}
