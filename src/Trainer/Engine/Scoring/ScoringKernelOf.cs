using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlNetShallowNet.Engine;

/// <summary>
/// Scoring on vectors of one width with one activation. Each hidden unit's sum is two chains, of the even features (with the bias) and of
/// the odd ones, so that a single row does not wait for one multiply-add after another; every method keeps to these chains, and so to the
/// same bits.
/// </summary>
internal sealed partial class ScoringKernel<L, V, G> : ScoringKernel
    where L : ILanes<V> where V : struct where G : struct, IVectorActivation
{
    private readonly ParameterLayout _layout;
    private readonly float[] _parameters; // as in the layout, but with the even features of a panel before the odd ones
    private readonly float[] _zeros;
    private readonly int _features;
    private readonly int _even;           // how many features are even
    private readonly int _vectors;        // of all panels
    private readonly float[] _real;       // in the last vector: 1 for a hidden unit, 0 for a lane that was only added
    private readonly bool _padded;
    private readonly G _g;

    public ScoringKernel(ParameterLayout layout, float[] parameters, G g)
    {
        _layout = layout;
        _zeros = new float[layout.PanelWidth];
        _features = layout.FeatureCount;
        _even = (layout.FeatureCount + 1) / 2;
        _vectors = layout.PaddedUnits / L.Count;
        _g = g;
        _padded = layout.PaddedUnits > layout.HiddenUnits;
        _real = new float[L.Count];
        _real.AsSpan(0, layout.HiddenUnits - (_vectors - 1) * L.Count).Fill(1);
        _parameters = [.. parameters];
        for (int panel = 0; panel < layout.PanelCount; panel++)
        {
            int width = layout.WidthOf(panel);
            for (int d = 0; d < _features; d++)
            {
                parameters.AsSpan(layout.Panel(panel) + d * width, width)
                    .CopyTo(_parameters.AsSpan(layout.Panel(panel) + (d / 2 + d % 2 * _even) * width, width));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float Score(ReadOnlySpan<float> features)
    {
        ref float first = ref MemoryMarshal.GetArrayDataReference(_parameters);
        V sum = L.Create(0);
        int unit = 0;
        for (; unit + 2 * L.Count <= _vectors * L.Count; unit += 2 * L.Count)
        {
            ref float even = ref Unsafe.Add(ref first, unit * _features), odd = ref Unsafe.Add(ref even, 2 * L.Count * _even);
            ref float b1 = ref Unsafe.Add(ref first, _layout.B1 + unit), w2 = ref Unsafe.Add(ref first, _layout.W2 + unit);
            V even0 = L.Load(ref b1), even1 = L.Load(ref Unsafe.Add(ref b1, L.Count)), odd0 = L.Create(0), odd1 = L.Create(0);
            int d = 0;
            for (; d + 1 < features.Length; d += 2)
            {
                V x = L.Create(features[d]), y = L.Create(features[d + 1]);
                even0 = L.MultiplyAdd(x, L.Load(ref even), even0);
                even1 = L.MultiplyAdd(x, L.Load(ref Unsafe.Add(ref even, L.Count)), even1);
                odd0 = L.MultiplyAdd(y, L.Load(ref odd), odd0);
                odd1 = L.MultiplyAdd(y, L.Load(ref Unsafe.Add(ref odd, L.Count)), odd1);
                even = ref Unsafe.Add(ref even, 2 * L.Count);
                odd = ref Unsafe.Add(ref odd, 2 * L.Count);
            }
            if (d < features.Length)
            {
                V x = L.Create(features[d]);
                even0 = L.MultiplyAdd(x, L.Load(ref even), even0);
                even1 = L.MultiplyAdd(x, L.Load(ref Unsafe.Add(ref even, L.Count)), even1);
            }
            sum = L.MultiplyAdd(_g.Value<L, V>(L.Add(even0, odd0)), L.Load(ref w2), sum);
            V a1 = _g.Value<L, V>(L.Add(even1, odd1));
            if (unit + 2 * L.Count == _vectors * L.Count)
                a1 = WithoutPadding(a1);
            sum = L.MultiplyAdd(a1, L.Load(ref Unsafe.Add(ref w2, L.Count)), sum);
        }
        if (unit < _vectors * L.Count)
        {
            ref float even = ref Unsafe.Add(ref first, unit * _features), odd = ref Unsafe.Add(ref even, L.Count * _even);
            V even0 = L.Load(ref Unsafe.Add(ref first, _layout.B1 + unit)), odd0 = L.Create(0);
            int d = 0;
            for (; d + 1 < features.Length; d += 2)
            {
                even0 = L.MultiplyAdd(L.Create(features[d]), L.Load(ref even), even0);
                odd0 = L.MultiplyAdd(L.Create(features[d + 1]), L.Load(ref odd), odd0);
                even = ref Unsafe.Add(ref even, L.Count);
                odd = ref Unsafe.Add(ref odd, L.Count);
            }
            if (d < features.Length)
                even0 = L.MultiplyAdd(L.Create(features[d]), L.Load(ref even), even0);
            V a1 = WithoutPadding(_g.Value<L, V>(L.Add(even0, odd0)));
            sum = L.MultiplyAdd(a1, L.Load(ref Unsafe.Add(ref first, _layout.W2 + unit)), sum);
        }
        return L.Sum(sum) + Unsafe.Add(ref first, _layout.B2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        values = values[..indices.Length];
        ref float first = ref MemoryMarshal.GetArrayDataReference(_parameters);
        V sum = L.Create(0);
        for (int panel = 0; panel < _layout.PanelCount; panel++)
        {
            int width = _layout.WidthOf(panel), start = panel * _layout.PanelWidth;
            for (int lane = 0; lane < width; lane += L.Count)
            {
                ref float w1 = ref Unsafe.Add(ref first, start * _features + lane);
                V even = L.Load(ref Unsafe.Add(ref first, _layout.B1 + start + lane)), odd = L.Create(0);
                for (int k = 0; k < indices.Length; k++)
                {
                    // Both chains, one of them with a zero: no branch to guess wrong, and no bit changed.
                    int d = indices[k], parity = d & 1;
                    float value = values[k];
                    V w = L.Load(ref Unsafe.Add(ref w1, (nint)(d / 2 + parity * _even) * width));
                    even = L.MultiplyAdd(L.Create(parity == 0 ? value : 0), w, even);
                    odd = L.MultiplyAdd(L.Create(parity == 0 ? 0 : value), w, odd);
                }
                V w2 = L.Load(ref Unsafe.Add(ref first, _layout.W2 + start + lane));
                V a1 = _g.Value<L, V>(L.Add(even, odd));
                sum = L.MultiplyAdd(start + lane + L.Count == _layout.PaddedUnits ? WithoutPadding(a1) : a1, w2, sum);
            }
        }
        return L.Sum(sum) + Unsafe.Add(ref first, _layout.B2);
    }

    // A lane that was only added has weights 0; but 0 times an infinite feature is NaN, which must not reach the sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V WithoutPadding(V a1) =>
        _padded ? L.WherePositive(L.Load(ref MemoryMarshal.GetArrayDataReference(_real)), a1, L.Create(0)) : a1;
}
