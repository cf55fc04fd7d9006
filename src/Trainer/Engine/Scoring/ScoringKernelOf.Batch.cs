using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlNetShallowNet.Engine;

/// <content>Batches of rows.</content>
internal sealed partial class ScoringKernel<L, V, G>
{
    private const int BlockRows = 24, DepthBlock = 128, SmallPanels = 16 * 1024 / sizeof(float);

    public override void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int scored = _layout.B1 <= SmallPanels ? ScoreByFours(rows, scores) : ScoreByBlocks(rows, scores);
        for (int i = scored; i < scores.Length; i++)
            scores[i] = Score(rows.Slice(i * _features, _features));
    }

    // W1 stays in the first-level cache: four rows at a time, everything in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScoreByFours(ReadOnlySpan<float> rows, Span<float> scores)
    {
        ref float first = ref MemoryMarshal.GetArrayDataReference(_parameters);
        nint second = _features, third = 2 * second, fourth = 3 * second;
        int row = 0;
        for (; row + 4 <= scores.Length; row += 4)
        {
            V sum0 = L.Create(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (int unit = 0; unit < _layout.PaddedUnits; unit += L.Count)
            {
                int panel = unit / _layout.PanelWidth, width = _layout.WidthOf(panel), start = panel * _layout.PanelWidth;
                ref float even = ref Unsafe.Add(ref first, start * _features + (unit - start));
                ref float odd = ref Unsafe.Add(ref even, _even * width);
                ref float x = ref MemoryMarshal.GetReference(rows.Slice(row * _features, 4 * _features));
                V even0 = L.Load(ref Unsafe.Add(ref first, _layout.B1 + unit)), even1 = even0, even2 = even0, even3 = even0;
                V odd0 = L.Create(0), odd1 = odd0, odd2 = odd0, odd3 = odd0;
                for (int pairs = _features / 2; pairs > 0; pairs--)
                {
                    V w = L.Load(ref even), v = L.Load(ref odd);
                    even0 = L.MultiplyAdd(L.Create(x), w, even0);
                    even1 = L.MultiplyAdd(L.Create(Unsafe.Add(ref x, second)), w, even1);
                    even2 = L.MultiplyAdd(L.Create(Unsafe.Add(ref x, third)), w, even2);
                    even3 = L.MultiplyAdd(L.Create(Unsafe.Add(ref x, fourth)), w, even3);
                    x = ref Unsafe.Add(ref x, 1);
                    odd0 = L.MultiplyAdd(L.Create(x), v, odd0);
                    odd1 = L.MultiplyAdd(L.Create(Unsafe.Add(ref x, second)), v, odd1);
                    odd2 = L.MultiplyAdd(L.Create(Unsafe.Add(ref x, third)), v, odd2);
                    odd3 = L.MultiplyAdd(L.Create(Unsafe.Add(ref x, fourth)), v, odd3);
                    x = ref Unsafe.Add(ref x, 1);
                    even = ref Unsafe.Add(ref even, width);
                    odd = ref Unsafe.Add(ref odd, width);
                }
                if (_features % 2 == 1)
                {
                    V w = L.Load(ref even);
                    even0 = L.MultiplyAdd(L.Create(x), w, even0);
                    even1 = L.MultiplyAdd(L.Create(Unsafe.Add(ref x, second)), w, even1);
                    even2 = L.MultiplyAdd(L.Create(Unsafe.Add(ref x, third)), w, even2);
                    even3 = L.MultiplyAdd(L.Create(Unsafe.Add(ref x, fourth)), w, even3);
                }
                V a0 = _g.Value<L, V>(L.Add(even0, odd0)), a1 = _g.Value<L, V>(L.Add(even1, odd1));
                V a2 = _g.Value<L, V>(L.Add(even2, odd2)), a3 = _g.Value<L, V>(L.Add(even3, odd3));
                if (unit + L.Count == _layout.PaddedUnits)
                    (a0, a1, a2, a3) = (WithoutPadding(a0), WithoutPadding(a1), WithoutPadding(a2), WithoutPadding(a3));
                V w2 = L.Load(ref Unsafe.Add(ref first, _layout.W2 + unit));
                sum0 = L.MultiplyAdd(a0, w2, sum0);
                sum1 = L.MultiplyAdd(a1, w2, sum1);
                sum2 = L.MultiplyAdd(a2, w2, sum2);
                sum3 = L.MultiplyAdd(a3, w2, sum3);
            }
            L.Sum4(sum0, sum1, sum2, sum3, ref scores[row]);
        }
        float bias = Unsafe.Add(ref first, _layout.B2);
        foreach (ref float score in scores[..row])
            score += bias;
        return row;
    }

    // W1 is larger: panel by panel, for blocks of rows that use a panel while it is in the cache.
    private int ScoreByBlocks(ReadOnlySpan<float> rows, Span<float> scores)
    {
        if (scores.Length < 4)
            return 0;
        Span<float> even = stackalloc float[BlockRows * _layout.PanelWidth], odd = stackalloc float[BlockRows * _layout.PanelWidth];
        Span<float> sums = stackalloc float[BlockRows * L.Count];
        for (int start = 0; start < scores.Length; start += BlockRows)
        {
            int count = Math.Min(BlockRows, scores.Length - start);
            ScoreBlock(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), (nint)start * _features), ref even[0], ref odd[0], ref sums[0],
                scores.Slice(start, count));
        }
        return scores.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScoreBlock(ref float x, ref float even, ref float odd, ref float sums, Span<float> scores)
    {
        ref float first = ref MemoryMarshal.GetArrayDataReference(_parameters);
        int rows = scores.Length;
        for (int i = 0; i < rows * L.Count; i += L.Count)
            L.Store(L.Create(0), ref Unsafe.Add(ref sums, i));
        for (int panel = 0; panel < _layout.PanelCount; panel++)
        {
            int width = _layout.WidthOf(panel), start = panel * _layout.PanelWidth;
            ref float w1 = ref Unsafe.Add(ref first, start * _features);
            Chain(rows, width, _even, ref x, ref w1, ref Unsafe.Add(ref first, _layout.B1 + start), ref even);
            int numbers = rows * width;
            if (_even < _features)
            {
                Chain(
                    rows, width, _features - _even, ref Unsafe.Add(ref x, 1), ref Unsafe.Add(ref w1, _even * width),
                    ref _zeros[0], ref odd);
                for (int i = 0; i < numbers; i += L.Count)
                {
                    ref float z1 = ref Unsafe.Add(ref even, i);
                    L.Store(L.Add(L.Load(ref z1), L.Load(ref Unsafe.Add(ref odd, i))), ref z1);
                }
            }
            FlatActivation.Apply<L, V, G>(ref even, numbers, _g, L.Count);
            for (int lane = 0; lane < width; lane += L.Count)
            {
                V w2 = L.Load(ref Unsafe.Add(ref first, _layout.W2 + start + lane));
                bool last = start + lane + L.Count == _layout.PaddedUnits;
                for (int i = 0; i < rows; i++)
                {
                    ref float a1 = ref Unsafe.Add(ref even, i * width + lane);
                    if (last && _padded)
                        L.Store(WithoutPadding(L.Load(ref a1)), ref a1);
                    ref float sum = ref Unsafe.Add(ref sums, i * L.Count);
                    L.Store(L.MultiplyAdd(L.Load(ref a1), w2, L.Load(ref sum)), ref sum);
                }
            }
        }

        float b2 = Unsafe.Add(ref first, _layout.B2);
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            ref float sum = ref Unsafe.Add(ref sums, row * L.Count);
            L.Sum4(
                L.Load(ref sum), L.Load(ref Unsafe.Add(ref sum, L.Count)), L.Load(ref Unsafe.Add(ref sum, 2 * L.Count)),
                L.Load(ref Unsafe.Add(ref sum, 3 * L.Count)), ref scores[row]);
        }
        for (; row < rows; row++)
            scores[row] = L.Sum(L.Load(ref Unsafe.Add(ref sums, row * L.Count)));
        for (row = 0; row < rows; row++)
            scores[row] += b2;
    }

    // One chain of the block: every second feature of X, from the first given, by the features' rows of the panel.
    private void Chain(int rows, int width, int depth, ref float x, ref float w1, ref float start, ref float c)
    {
        for (int d = 0; d < depth; d += DepthBlock)
        {
            PanelProduct.Multiply<L, V>(
                rows, width / L.Count, Math.Min(DepthBlock, depth - d), ref Unsafe.Add(ref x, 2 * d), _features, 2,
                ref Unsafe.Add(ref w1, d * width), ref d == 0 ? ref start : ref c, d == 0 ? 0 : width, ref c);
        }
    }
}
