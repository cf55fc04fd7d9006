using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlNetShallowNet.Engine;

/// <content>
/// Phase 2 for dense rows: dW1 = dZ1ᵀ X and the update. A chunk of many rows is divided into groups, and dW1 is the sum over groups, in
/// their order. Who computes what does not matter to it, so threads share in one of two ways. Where there are groups for all of them, a
/// thread does both phases for the rows of its groups, and only dW1 passes from core to core: on machines whose cores have caches of their
/// own that is what counts. Otherwise they share the features.
/// </content>
internal sealed partial class BackpropagationEngine
{
    // So many features at once that their part of dW1 stays in the first-level cache.
    private const int FeaturesAtOnce = 96;

    private readonly FeatureWork _featureWork;
    private readonly GroupWork _groupWork;
    private readonly SumWork _sumWork;
    private AlignedFloats _groupGradients = new(0); // W1's part of the gradient, of each group
    private int _groupShift; // the logarithm of how many groups there are
    private bool _byGroups;

    // How the features of a panel are divided into items of work.
    private int _featuresPerItem;
    private int _itemsPerPanel;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginGroups()
    {
        _groupShift = BitOperations.Log2((uint)ChunkShape.Groups(Layout, _count));
        _byGroups = _training && !_alone && _team.Count > 1 && _team.Count <= Groups;
        if (_byGroups && _groupGradients.Length < Groups * Layout.B1)
            _groupGradients = new AlignedFloats(Groups * Layout.B1);
    }

    private int Groups => 1 << _groupShift;

    private int FirstBlock(int group) => _blocks * group >> _groupShift;

    // So many features to an item that there are enough items for all threads.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int DivideFeatures()
    {
        int features = Layout.FeatureCount;
        _featuresPerItem = FeaturesAtOnce;
        int wanted = _alone ? 1 : 3 * _team.Count;
        while (_featuresPerItem > 12 && Layout.PanelCount * ((features + _featuresPerItem - 1) / _featuresPerItem) < wanted)
            _featuresPerItem -= 12;
        _itemsPerPanel = (features + _featuresPerItem - 1) / _featuresPerItem;
        return Layout.PanelCount * _itemsPerPanel;
    }

    private FeatureBlock BlockOf(int item)
    {
        int panel = item / _itemsPerPanel;
        return BlockOf(panel, (item - panel * _itemsPerPanel) * _featuresPerItem, _featuresPerItem);
    }

    private FeatureBlock BlockOf(int panel, int from, int most)
    {
        int width = Layout.WidthOf(panel);
        return new FeatureBlock(panel, from, Math.Min(most, Layout.FeatureCount - from), width, Layout.Panel(panel) + from * width);
    }

    // Some features of one panel: dW1 over all rows of the chunk, and the update.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoFeatures(int item, int worker)
    {
        FeatureBlock block = BlockOf(item);
        Span<float> gradient = _gradient.AsSpan(block.Offset, block.Count * block.Width);
        for (int group = 0; group < Groups; group++)
        {
            if (_groupShift == 0 || (group == 0 && !_add))
            {
                ComputeGradient(group, block, ref gradient[0], _add);
                continue;
            }
            Span<float> addend = _workers[worker].WeightGradient.AsSpan(0, gradient.Length);
            ComputeGradient(group, block, ref addend[0], add: false);
            _hidden.Add(gradient, addend);
        }
        if (_rule is not null)
            Update(_rule, block.Offset, gradient.Length, L2);
    }

    // A group of rows: phase 1, and their dW1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoGroup(int group, int worker)
    {
        for (int block = FirstBlock(group); block < FirstBlock(group + 1); block++)
        {
            ComputeZ1(block * _blockRows, Math.Min((block + 1) * _blockRows, _count));
            DoBlock(block, worker);
        }
        for (int panel = 0; panel < Layout.PanelCount; panel++)
        {
            for (int from = 0; from < Layout.FeatureCount; from += FeaturesAtOnce)
            {
                FeatureBlock block = BlockOf(panel, from, FeaturesAtOnce);
                ComputeGradient(group, block, ref _groupGradients[group * Layout.B1 + block.Offset], add: false);
            }
        }
    }

    // Some features of one panel: dW1 as the sum over the groups, and the update.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoSum(int item)
    {
        FeatureBlock block = BlockOf(item);
        Span<float> gradient = _gradient.AsSpan(block.Offset, block.Count * block.Width);
        for (int group = 0; group < Groups; group++)
        {
            Span<float> addend = _groupGradients.AsSpan(group * Layout.B1 + block.Offset, gradient.Length);
            if (group == 0 && !_add)
                addend.CopyTo(gradient);
            else
                _hidden.Add(gradient, addend);
        }
        if (_rule is not null)
            Update(_rule, block.Offset, gradient.Length, L2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeGradient(int group, in FeatureBlock block, ref float gradient, bool add)
    {
        int from = FirstBlock(group) * _blockRows, end = Math.Min(FirstBlock(group + 1) * _blockRows, _count);
        _hidden.WeightGradient(                                              // dW1ᵀ (D x H) = Xᵀ (D x m) dZ1 (m x H)
            block.Panel, ref Unsafe.Add(ref X(from), block.From), _xStride, end - from, new PanelRows(_a1, _chunkRows, from), block.Count,
            ref gradient, add);
    }

    // Some features of a panel: the first, how many, the panel's width, and where they are among all parameters.
    private readonly record struct FeatureBlock(int Panel, int From, int Count, int Width, int Offset);

    private sealed class FeatureWork(BackpropagationEngine engine) : IParallelWork
    {
        public void Do(int item, int worker) => engine.DoFeatures(item, worker);
    }

    private sealed class GroupWork(BackpropagationEngine engine) : IParallelWork
    {
        public void Do(int item, int worker) => engine.DoGroup(item, worker);
    }

    private sealed class SumWork(BackpropagationEngine engine) : IParallelWork
    {
        public void Do(int item, int worker) => engine.DoSum(item);
    }
}
