namespace MlNetShallowNet.Engine;

/// <summary>The hidden layer on vectors of one width with one activation.</summary>
internal sealed class HiddenLayer<L, V, G>(ParameterLayout layout, AlignedFloats parameters, G g, int widestLanes) : HiddenLayer
    where L : ILanes<V> where V : struct where G : struct, IVectorActivation
{
    // Deeper products are cut so that a panel's share of W1, or of dZ1, stays in the first-level cache while all rows pass by.
    private const int MostDepth = 192;

    private readonly float[] _zeros = new float[layout.PanelWidth];

    public override bool DerivativeFromValue => G.DerivativeFromValue;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(ref float x, int stride, int rows, in PanelRows a1)
    {
        for (int panel = 0; panel < layout.PanelCount; panel++)
        {
            int width = layout.WidthOf(panel);
            ref float w1 = ref Parameter(layout.Panel(panel));
            ref float b1 = ref Parameter(layout.B1 + panel * layout.PanelWidth);
            ref float z1 = ref a1.Panel(panel, layout.PanelWidth, width);
            int depth = DepthOf(layout.FeatureCount);
            for (int d = 0; d < layout.FeatureCount; d += depth)
            {
                PanelProduct.Multiply<L, V>(
                    rows, width / L.Count, Math.Min(depth, layout.FeatureCount - d), ref Unsafe.Add(ref x, d), stride, 1,
                    ref Unsafe.Add(ref w1, d * width), ref d == 0 ? ref b1 : ref z1, d == 0 ? 0 : width, ref z1);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(SparseChunk x, int from, int rows, in PanelRows a1, SumStart start, int split = int.MaxValue)
    {
        SparseView all = x.Rows;
        for (int panel = 0; panel < layout.PanelCount; panel++)
        {
            int width = layout.WidthOf(panel);
            ref float w1 = ref Parameter(layout.Panel(panel) + x.FirstColumn * width);
            ref float b1 = ref Parameter(layout.B1 + panel * layout.PanelWidth);
            ref float z1 = ref a1.Panel(panel, layout.PanelWidth, width);
            ref float sum = ref start == SumStart.Bias ? ref b1 : ref start == SumStart.Zero ? ref _zeros[0] : ref z1;
            SparseProduct.Multiply<L, V>(
                width / L.Count, all, x.First + from, rows, split, ref w1, width, ref sum, start == SumStart.Present ? width : 0, ref z1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(int rows, in PanelRows sum, in PanelRows addend)
    {
        for (int panel = 0; panel < layout.PanelCount; panel++)
        {
            int width = layout.WidthOf(panel);
            Add(
                MemoryMarshal.CreateSpan(ref sum.Panel(panel, layout.PanelWidth, width), rows * width),
                MemoryMarshal.CreateReadOnlySpan(ref addend.Panel(panel, layout.PanelWidth, width), rows * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Activate(int rows, in PanelRows a1, in PanelRows derivative)
    {
        for (int panel = 0; panel < layout.PanelCount; panel++)
        {
            int width = layout.WidthOf(panel);
            ref float z1 = ref a1.Panel(panel, layout.PanelWidth, width);
            if (derivative.IsEmpty)
                FlatActivation.Apply<L, V, G>(ref z1, rows * width, g, widestLanes);
            else
                FlatActivation.Apply<L, V, G>(ref z1, ref derivative.Panel(panel, layout.PanelWidth, width), rows * width, g, widestLanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Output(int rows, in PanelRows a1, Span<float> z2)
    {
        int i = 0;
        for (; i + 4 <= rows; i += 4)
        {
            V s0 = L.Create(0), s1 = L.Create(0), s2 = L.Create(0), s3 = L.Create(0);
            for (int panel = 0; panel < layout.PanelCount; panel++)
            {
                int width = layout.WidthOf(panel);
                ref float w2 = ref Parameter(layout.W2 + panel * layout.PanelWidth);
                ref float a = ref Unsafe.Add(ref a1.Panel(panel, layout.PanelWidth, width), (nint)i * width);
                for (int lane = 0; lane < width; lane += L.Count)
                {
                    V w = L.Load(ref Unsafe.Add(ref w2, lane));
                    s0 = L.MultiplyAdd(L.Load(ref Unsafe.Add(ref a, lane)), w, s0);
                    s1 = L.MultiplyAdd(L.Load(ref Unsafe.Add(ref a, lane + width)), w, s1);
                    s2 = L.MultiplyAdd(L.Load(ref Unsafe.Add(ref a, lane + 2 * width)), w, s2);
                    s3 = L.MultiplyAdd(L.Load(ref Unsafe.Add(ref a, lane + 3 * width)), w, s3);
                }
            }
            L.Sum4(s0, s1, s2, s3, ref MemoryMarshal.GetReference(z2.Slice(i, 4)));
        }
        for (; i < rows; i++)
        {
            V s = L.Create(0);
            for (int panel = 0; panel < layout.PanelCount; panel++)
            {
                int width = layout.WidthOf(panel);
                ref float w2 = ref Parameter(layout.W2 + panel * layout.PanelWidth);
                ref float a = ref Unsafe.Add(ref a1.Panel(panel, layout.PanelWidth, width), (nint)i * width);
                for (int lane = 0; lane < width; lane += L.Count)
                    s = L.MultiplyAdd(L.Load(ref Unsafe.Add(ref a, lane)), L.Load(ref Unsafe.Add(ref w2, lane)), s);
            }
            z2[i] = L.Sum(s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(
        int rows, in PanelRows a1, in PanelRows derivative, ReadOnlySpan<float> dZ2, Span<float> dW2, Span<float> db1)
    {
        dZ2 = dZ2[..rows];
        for (int panel = 0; panel < layout.PanelCount; panel++)
        {
            int width = layout.WidthOf(panel);
            for (int lane = 0; lane < width; lane += L.Count)
            {
                int unit = panel * layout.PanelWidth + lane;
                V w2 = L.Load(ref Parameter(layout.W2 + unit)), sumOfDZ2A1 = L.Create(0), sumOfDZ1 = L.Create(0);
                ref float a = ref Unsafe.Add(ref a1.Panel(panel, layout.PanelWidth, width), lane);
                if (derivative.IsEmpty)
                {
                    for (int i = 0; i < dZ2.Length; i++)
                    {
                        V dz2 = L.Create(dZ2[i]), value = L.Load(ref a);
                        V dz1 = L.Multiply(L.Multiply(dz2, w2), g.Derivative<L, V>(value)); // dZ1 = dZ2 W2 * g'(Z1)
                        sumOfDZ2A1 = L.MultiplyAdd(dz2, value, sumOfDZ2A1);                 // dW2 = dZ2 A1ᵀ
                        sumOfDZ1 = L.Add(sumOfDZ1, dz1);                                    // db1 = sum of dZ1
                        L.Store(dz1, ref a);
                        a = ref Unsafe.Add(ref a, width);
                    }
                }
                else
                {
                    ref float slope = ref Unsafe.Add(ref derivative.Panel(panel, layout.PanelWidth, width), lane);
                    for (int i = 0; i < dZ2.Length; i++)
                    {
                        V dz2 = L.Create(dZ2[i]);
                        V dz1 = L.Multiply(L.Multiply(dz2, w2), L.Load(ref slope));
                        sumOfDZ2A1 = L.MultiplyAdd(dz2, L.Load(ref a), sumOfDZ2A1);
                        sumOfDZ1 = L.Add(sumOfDZ1, dz1);
                        L.Store(dz1, ref a);
                        a = ref Unsafe.Add(ref a, width);
                        slope = ref Unsafe.Add(ref slope, width);
                    }
                }
                L.Store(sumOfDZ2A1, ref MemoryMarshal.GetReference(dW2.Slice(unit, L.Count)));
                L.Store(sumOfDZ1, ref MemoryMarshal.GetReference(db1.Slice(unit, L.Count)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void WeightGradient(
        int panel, ref float x, int stride, int rows, in PanelRows dZ1, int features, ref float gradient, bool add)
    {
        int width = layout.WidthOf(panel);
        ref float dz1 = ref dZ1.Panel(panel, layout.PanelWidth, width);
        int depth = DepthOf(rows);
        for (int i = 0; i < rows; i += depth)
        {
            bool fresh = i == 0 && !add;
            PanelProduct.Multiply<L, V>(
                features, width / L.Count, Math.Min(depth, rows - i), ref Unsafe.Add(ref x, (nint)i * stride), 1, stride,
                ref Unsafe.Add(ref dz1, (nint)i * width), ref fresh ? ref _zeros[0] : ref gradient, fresh ? 0 : width, ref gradient);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(Span<float> sum, ReadOnlySpan<float> addend)
    {
        ref float to = ref MemoryMarshal.GetReference(sum);
        ref float from = ref MemoryMarshal.GetReference(addend[..sum.Length]);
        for (int i = 0; i < sum.Length; i += L.Count) // a panel is whole vectors
        {
            ref float at = ref Unsafe.Add(ref to, i);
            L.Store(L.Add(L.Load(ref at), L.Load(ref Unsafe.Add(ref from, i))), ref at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddGradient(SparseChunk x, int from, int rows, in PanelRows dZ1, AlignedFloats gradient)
    {
        SparseView all = x.Rows;
        for (int panel = 0; panel < layout.PanelCount; panel++)
        {
            int width = layout.WidthOf(panel);
            ref float g = ref Unsafe.Add(ref gradient.First, panel * layout.PanelWidth * x.ColumnCount);
            ref float dz = ref dZ1.Panel(panel, layout.PanelWidth, width);
            SparseProduct.AddOuter<L, V>(width / L.Count, all, x.First + from, rows, ref dz, ref g, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void WeightGradient(
        int panel, BatchColumns columns, int from, int count, in PanelRows dZ1, Span<float> gradient)
    {
        int width = layout.WidthOf(panel);
        SparseProduct.MultiplyByPairs<L, V>(
            width / L.Count, columns.Starts(from, count), ref MemoryMarshal.GetReference(columns.Occurrences),
            ref dZ1.Panel(panel, layout.PanelWidth, width), width, ref MemoryMarshal.GetReference(gradient[..(count * width)]));
    }

    // Pieces of the same depth: a short one at the end would cost as much for loading and storing its tiles as a long one.
    private static int DepthOf(int whole)
    {
        if (whole <= MostDepth)
            return Math.Max(whole, 1);
        int pieces = (whole + MostDepth - 1) / MostDepth;
        return (whole + pieces - 1) / pieces;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref float Parameter(int offset) => ref Unsafe.Add(ref parameters.First, offset);
}
