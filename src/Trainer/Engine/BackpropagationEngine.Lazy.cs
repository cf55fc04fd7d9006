using System.Runtime.CompilerServices;

namespace MlNetShallowNet.Engine;

/// <content>
/// Sparse rows with an update rule in proportion to the non-zeros: a step touches the rows of W1ᵀ whose features occur in the batch. The
/// others wait until they do, or until their turn in a round that passes over all of them, or until somebody wants to see the parameters.
/// The features are cut into two parts, and Z1 is the sum of their shares. A thread may work on each: a part's rows of W1ᵀ, which are what
/// there is much of, stay with one core, and only Z1 and dZ1 of the batch pass to the other.
/// </content>
internal sealed partial class BackpropagationEngine
{
    // So many features at once that their dW1 stays in the first-level cache.
    private const int ColumnsAtOnce = 192;

    private readonly PartForwardWork _partForwardWork;
    private readonly PartUpdateWork _partUpdateWork;
    private FeaturePart[] _parts = []; // both, or one for all features where steps are not shared
    private int _split;
    private AlignedFloats _z1OfPart = new(0); // the second part's share in Z1 of the chunk
    private int[] _since = []; // for every feature the step that its row of W1ᵀ is at
    private float[] _zeros = []; // the gradient of a round's features
    private int _ruleSteps;
    private bool _lazy;
    private bool _behind;

    private void Attach(IUpdateRule rule)
    {
        if (ReferenceEquals(rule, _attached))
            return;
        CatchUp();
        rule.Attach(Layout.Count);
        _attached = rule;
        _ruleSteps = 0;
    }

    private void BeginLazy(SparseRows rows, int count)
    {
        if (_parts.Length == 0)
            MakeParts(rows, count);
        if (_behind)
            return;
        Array.Fill(_since, _ruleSteps);
        ((ISkippingUpdateRule)_attached!).IsSkipping = true;
        _behind = true;
    }

    // Besides the products, a row of W1ᵀ is caught up with and updated.
    private static double LazyWork(SparseRows rows, int count) => 4 * count * rows.MeanNonZeros;

    private void MakeParts(SparseRows rows, int count)
    {
        int features = Layout.FeatureCount;
        _split = FeatureSplit.Of(rows, count);
        int[] all = _split < features ? [0, _split, features] : [0, features];
        _parts = all.Length == 2 || !IsEnoughToShare(LazyWork(rows, count))
            ? [new FeaturePart(features, all)]
            : [new FeaturePart(features, [0, _split]), new FeaturePart(features, [_split, features])];
        _z1OfPart = new AlignedFloats(_parts.Length > 1 ? _chunkRows * Layout.PaddedUnits : 0);
        _since = new int[features];
        _zeros = new float[_parts.Max(p => p.RoundSize) * Layout.PanelWidth];
    }

    // All rows of W1ᵀ to the present.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUp()
    {
        if (!_behind)
            return;
        Span<int> features = stackalloc int[ColumnsAtOnce];
        for (int from = 0; from < Layout.FeatureCount; from += ColumnsAtOnce)
        {
            int count = Math.Min(ColumnsAtOnce, Layout.FeatureCount - from);
            for (int i = 0; i < count; i++)
                features[i] = from + i;
            CatchUp(features[..count], stateToo: true);
        }
        ((ISkippingUpdateRule)_attached!).IsSkipping = false;
        _behind = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUp(ReadOnlySpan<int> features, bool stateToo)
    {
        var skipping = (ISkippingUpdateRule)_attached!;
        for (int panel = 0; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel), offset = Layout.Panel(panel);
            skipping.CatchUpRows(_parameters.AsSpan(offset, Layout.FeatureCount * width), offset, width, features, _since, stateToo);
        }
    }

    // Before phase 1, one part: its features that occur to the present, and its share in Z1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoPartForward(int item)
    {
        FeaturePart part = _parts[item];
        part.Read((SparseRows)_rows, _selection, _count, _inputDropout ? _inputMask : null);
        CatchUp(part.Features, stateToo: false);
        CatchUp(part.Round, stateToo: false);
        _hidden.Multiply(part.Rows, 0, _count, new PanelRows(item == 0 ? _a1 : _z1OfPart, _chunkRows, 0), bias: item == 0, _split);
    }

    // Phase 2, one part: dW1 and update for its features that occur. Those of the round have a gradient of zero.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoPartUpdate(int item, int worker)
    {
        FeaturePart part = _parts[item];
        ReadOnlySpan<int> features = part.Features;
        float[] gradient = _workers[worker].WeightGradient;
        for (int from = 0; from < features.Length; from += ColumnsAtOnce)
        {
            ReadOnlySpan<int> some = features.Slice(from, Math.Min(ColumnsAtOnce, features.Length - from));
            for (int panel = 0; panel < Layout.PanelCount; panel++)
            {
                _hidden.WeightGradient(                                      // dW1ᵀ (D x H) = Xᵀ (D x m) dZ1 (m x H)
                    panel, part.Rows.Columns, from, some.Length, new PanelRows(_a1, _chunkRows, 0), gradient);
                UpdateRows(panel, some, gradient);
            }
            SetPresent(some);
        }
        for (int panel = 0; panel < Layout.PanelCount; panel++)
            UpdateRows(panel, part.Round, _zeros);
        SetPresent(part.Round);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateRows(int panel, ReadOnlySpan<int> features, float[] gradient)
    {
        int width = Layout.WidthOf(panel), offset = Layout.Panel(panel);
        ((ISkippingUpdateRule)_attached!).UpdateRows(
            _parameters.AsSpan(offset, Layout.FeatureCount * width), gradient.AsSpan(0, features.Length * width), offset, width, features,
            _since, _scale, L2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetPresent(ReadOnlySpan<int> features)
    {
        foreach (int feature in features)
            _since[feature] = _ruleSteps;
    }

    private sealed class PartForwardWork(BackpropagationEngine engine) : IParallelWork
    {
        public void Do(int item, int worker) => engine.DoPartForward(item);
    }

    private sealed class PartUpdateWork(BackpropagationEngine engine) : IParallelWork
    {
        public void Do(int item, int worker) => engine.DoPartUpdate(item, worker);
    }
}
