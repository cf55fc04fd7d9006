namespace MlNetShallowNet.Engine;

/// <summary>
/// Sparse rows with an update rule in proportion to the non-zeros: a step touches the rows of W1ᵀ whose features occur in the batch. The
/// others wait until they do, or until a round that passes over all of them reaches them, or until somebody wants to see the parameters.
/// The features are cut into two parts, and Z1 is the sum of theirs. A thread may work on each: a part's rows of W1ᵀ, which are what there
/// is much of, stay with one core, and only Z1 and dZ1 of the batch pass to the other (on 50,000 x 20,000 two threads reach 18.5 times the
/// peers' rate instead of 14).
/// </summary>
internal sealed class LazySparsePass : InputPass
{
    private readonly int _firstColumn, _columnCount;
    private readonly Action<int, int> _forward, _update;
    private readonly int[] _since; // for every feature the step that its row of W1ᵀ is at
    private FeaturePart[] _parts = []; // both, or one for all features where steps are not shared
    private AlignedFloats _z1OfPart = new(0); // the second part of Z1 of the chunk
    private float[] _zeros = []; // the gradient of a round's features
    private UpdateRule _rule = null!;
    private int _steps;
    private bool _isBehind;
    private float _scale;

    public LazySparsePass(Workspace work, int firstColumn, int columnCount, int secondPart) : base(work)
    {
        (_firstColumn, _columnCount, SecondPart) = (firstColumn, columnCount, secondPart);
        (_forward, _update) = (Forward, Update);
        _since = new int[columnCount];
    }

    /// <summary>The first feature of the second part; 0 before the first rows say it.</summary>
    public int SecondPart { get; private set; }

    /// <summary>Begins a step: from now on rows may be left behind.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="steps">The steps that it has made.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Begin(UpdateRule rule, int steps)
    {
        (_rule, _steps) = (rule, steps);
        if (_isBehind)
            return;
        Array.Fill(_since, steps);
        foreach (FeaturePart part in _parts)
            part.BeginRounds();
        rule.IsSkipping = true;
        _isBehind = true;
    }

    // Besides the products, a row of W1ᵀ is caught up with and updated.
    public override double MultiplyAdds(TrainingRows rows, int count) => 4 * count * SparsePass.PartOf(rows).MeanNonZeros;

    public override int ShareShift(int count) => int.MaxValue; // as many as another pass may want: nothing is added up over shares here

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Read(bool training)
    {
        if (_parts.Length == 0)
            MakeParts(SparsePass.PartOf(Work.Chunk.Rows), Work.Chunk.Count);
        Work.Pool.ForEach(_parts.Length, _forward, Work.Chunk.IsAlone);
    }

    private void MakeParts(SparseRows rows, int batch)
    {
        if (SecondPart == 0)
            SecondPart = FeatureSplit.Of(rows, batch);
        int[] all = SecondPart < _columnCount ? [0, SecondPart, _columnCount] : [0, _columnCount];
        _parts = all.Length == 2 || !Work.IsWorthSharing(4 * batch * rows.MeanNonZeros)
            ? [new FeaturePart(_columnCount, all, _firstColumn)]
            : [new FeaturePart(_columnCount, [0, SecondPart], _firstColumn), new FeaturePart(_columnCount, [SecondPart, _columnCount], _firstColumn)];
        _z1OfPart = new AlignedFloats(_parts.Length > 1 ? Work.ChunkRows * Work.Layout.PaddedUnits : 0);
        _zeros = new float[_parts.Max(p => p.RoundSize) * Work.Layout.PanelWidth];
    }

    // One part: its features that occur to the present, and its part of Z1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int item, int worker)
    {
        FeaturePart part = _parts[item];
        part.Read(SparsePass.PartOf(Work.Chunk.Rows), Work.Chunk.Selection);
        CatchUp(part.Features, stateToo: false);
        CatchUp(part.Round, stateToo: false);
        PanelRows z1 = item == 0 ? Work.Rows(0) : new PanelRows(_z1OfPart, Work.ChunkRows, 0);
        Work.Hidden.Multiply(part.Rows, 0, Work.Chunk.Count, z1, item == 0 ? SumStart.Bias : SumStart.Zero, SecondPart);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(int from, int rows, bool first)
    {
        if (_parts.Length > 1)
            Work.Hidden.Add(rows, Work.Rows(from), new PanelRows(_z1OfPart, Work.ChunkRows, from));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ApplyGradient(bool add, UpdateRule? rule, float scale)
    {
        _scale = scale;
        _steps++;
        Work.Pool.ForEach(_parts.Length, _update, Work.Chunk.IsAlone);
    }

    // One part: dW1 and update for its features that occur. Those of the round have a gradient of zero.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(int item, int worker)
    {
        FeaturePart part = _parts[item];
        ReadOnlySpan<int> features = part.Features;
        float[] gradient = Work.Workers[worker].WeightGradient;
        for (int from = 0; from < features.Length; from += Workspace.SparseColumnsAtOnce)
        {
            ReadOnlySpan<int> some = features.Slice(from, Math.Min(Workspace.SparseColumnsAtOnce, features.Length - from));
            for (int panel = 0; panel < Work.Layout.PanelCount; panel++)
            {
                Work.Hidden.WeightGradient(                                      // dW1ᵀ (D x H) = Xᵀ (D x m) dZ1 (m x H)
                    panel, part.Rows.Columns, from, some.Length, Work.Rows(0), gradient);
                UpdateRows(panel, some, gradient);
            }
            SetPresent(some);
        }
        for (int panel = 0; panel < Work.Layout.PanelCount; panel++)
            UpdateRows(panel, part.Round, _zeros);
        SetPresent(part.Round);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateRows(int panel, ReadOnlySpan<int> features, float[] gradient)
    {
        int width = Work.Layout.WidthOf(panel), offset = Offset(panel, width);
        _rule.UpdateRows(
            Work.Parameters.AsSpan(offset, _columnCount * width), gradient.AsSpan(0, features.Length * width), offset, width, features, _since,
            _scale, Work.L2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetPresent(ReadOnlySpan<int> features)
    {
        foreach (int feature in features)
            _since[feature] = _steps;
    }

    /// <summary>Brings all rows of W1ᵀ to the present.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CatchUp()
    {
        if (!_isBehind)
            return;
        Span<int> features = stackalloc int[Workspace.SparseColumnsAtOnce];
        for (int from = 0; from < _columnCount; from += features.Length)
        {
            int count = Math.Min(features.Length, _columnCount - from);
            for (int i = 0; i < count; i++)
                features[i] = from + i;
            CatchUp(features[..count], stateToo: true);
        }
        _rule.IsSkipping = false;
        _isBehind = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUp(ReadOnlySpan<int> features, bool stateToo)
    {
        for (int panel = 0; panel < Work.Layout.PanelCount; panel++)
        {
            int width = Work.Layout.WidthOf(panel), offset = Offset(panel, width);
            _rule.CatchUpRows(Work.Parameters.AsSpan(offset, _columnCount * width), offset, width, features, _since, stateToo);
        }
    }

    private int Offset(int panel, int width) => Work.Layout.Panel(panel) + _firstColumn * width;
}
