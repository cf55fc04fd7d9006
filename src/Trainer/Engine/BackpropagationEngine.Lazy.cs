using System.Runtime.CompilerServices;

namespace MlNetShallowNet.Engine;

/// <content>
/// Sparse rows with an update rule in proportion to the non-zeros: a step touches the rows of W1ᵀ whose features occur in the batch. The
/// others wait until they do, or until their turn in a round that passes over all of them, or until somebody wants to see the parameters.
/// </content>
internal sealed partial class BackpropagationEngine
{
    private const int ColumnsPerItem = 192;

    // Features brought up to date per step in passing, so that none waits longer than rules remember.
    private readonly int _roundSize;
    private readonly CatchUpWork _catchUpWork;
    private readonly LazyWork _lazyWork;
    private int[] _since = []; // for every feature the step that its row of W1ᵀ is at
    private int[] _round = []; // scratch: the features of this step's round
    private int _roundAt;
    private int _ruleSteps;
    private bool _lazy;
    private bool _behind;

    private int ColumnItems => (_columns!.Features.Length + ColumnsPerItem - 1) / ColumnsPerItem;

    private void Attach(IUpdateRule rule)
    {
        if (ReferenceEquals(rule, _attached))
            return;
        CatchUp();
        rule.Attach(Layout.Count);
        _attached = rule;
        _ruleSteps = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginLazy()
    {
        if (_behind)
            return;
        if (_since.Length == 0)
            (_since, _round) = (new int[Layout.FeatureCount], new int[_roundSize]);
        Array.Fill(_since, _ruleSteps);
        ((ISkippingUpdateRule)_attached!).IsSkipping = true;
        _behind = true;
    }

    // All rows of W1ᵀ to the present.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUp()
    {
        if (!_behind)
            return;
        for (int from = 0; from < Layout.FeatureCount; from += _roundSize)
            CatchUpRange(from, skipOccurring: false);
        ((ISkippingUpdateRule)_attached!).IsSkipping = false;
        _behind = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUpRange(int from, bool skipOccurring)
    {
        int count = 0, end = Math.Min(from + _roundSize, Layout.FeatureCount);
        for (int feature = from; feature < end; feature++)
        {
            if (!skipOccurring || !_columns!.Contains(feature))
                _round[count++] = feature;
        }
        CatchUpFeatures(_round.AsSpan(0, count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUpFeatures(ReadOnlySpan<int> features)
    {
        // Which are behind is hard to foresee, so they are chosen without a branch.
        Span<int> behind = stackalloc int[ColumnsPerItem];
        for (int from = 0; from < features.Length; from += ColumnsPerItem)
        {
            int count = 0;
            foreach (int feature in features.Slice(from, Math.Min(ColumnsPerItem, features.Length - from)))
            {
                behind[count] = feature;
                count += _since[feature] == _ruleSteps ? 0 : 1;
            }
            CatchUpBehind(behind[..count]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUpBehind(ReadOnlySpan<int> features)
    {
        if (features.IsEmpty)
            return;
        var skipping = (ISkippingUpdateRule)_attached!;
        for (int panel = 0; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel), offset = Layout.Panel(panel);
            skipping.CatchUpRows(_parameters.AsSpan(offset, Layout.FeatureCount * width), offset, width, features, _since);
        }
        foreach (int feature in features)
            _since[feature] = _ruleSteps;
    }

    private ReadOnlySpan<int> ColumnsOf(int item)
    {
        ReadOnlySpan<int> features = _columns!.Features;
        int from = item * ColumnsPerItem;
        return features.Slice(from, Math.Min(ColumnsPerItem, features.Length - from));
    }

    // Before phase 1: the features that occur, so that the forward pass sees them as they should be.
    private void DoCatchUp(int item) => CatchUpFeatures(ColumnsOf(item));

    // Phase 2: dW1 and update for some features that occur. The last item is the round over those that don't.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoLazy(int item, int worker)
    {
        if (item == ColumnItems)
        {
            CatchUpRange(_roundAt, skipOccurring: true);
            _roundAt = _roundAt + _roundSize < Layout.FeatureCount ? _roundAt + _roundSize : 0;
            return;
        }
        var skipping = (ISkippingUpdateRule)_rule!;
        BatchColumns columns = _columns!;
        ReadOnlySpan<int> features = ColumnsOf(item);
        var dZ1 = new PanelRows(_a1, _chunkRows, 0);
        float[] gradient = _workers[worker].ColumnGradient;
        for (int panel = 0; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel), offset = Layout.Panel(panel);
            _hidden.WeightGradient(panel, columns, item * ColumnsPerItem, features.Length, dZ1, gradient);
            skipping.UpdateRows(
                _parameters.AsSpan(offset, Layout.FeatureCount * width), gradient.AsSpan(0, features.Length * width), offset, width,
                features, _scale, L2);
        }
        foreach (int feature in features)
            _since[feature] = _ruleSteps;
    }

    private sealed class CatchUpWork(BackpropagationEngine engine) : IParallelWork
    {
        public void Do(int item, int worker) => engine.DoCatchUp(item);
    }

    private sealed class LazyWork(BackpropagationEngine engine) : IParallelWork
    {
        public void Do(int item, int worker) => engine.DoLazy(item, worker);
    }
}
