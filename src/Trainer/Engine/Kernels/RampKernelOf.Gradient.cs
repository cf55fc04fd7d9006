namespace MlNetShallowNet.Engine;

/// <content>The gradient, and the table from θ and back.</content>
internal sealed partial class RampKernel<L, V>
{
    // A row of fraction t adds (1 - t) dZ1 to the column of the knot to its left and t dZ1 to the next one, which is the same feature's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gradient(KnotOrder order, in PanelRows dZ1, AlignedFloats gradient)
    {
        int whole = Layout.WidthOf(Layout.PanelCount - 1) == 2 * L.Count ? Layout.PanelCount : Layout.PanelCount - 1;
        for (int panel = 0; panel < whole && whole > 1; panel += 2)
        {
            int first = Math.Min(panel, whole - 2); // of an odd number one panel is made twice, which takes less time than alone
            TwoPanels(
                order, ref dZ1.Panel(first, Layout.PanelWidth, 2 * L.Count), ref dZ1.Panel(first + 1, Layout.PanelWidth, 2 * L.Count),
                ref Unsafe.Add(ref gradient.First, Panel(first)), ref Unsafe.Add(ref gradient.First, Panel(first + 1)));
        }
        for (int panel = whole > 1 ? whole : 0; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel);
            for (int lane = 0; lane < width; lane += L.Count)
            {
                OneVector(
                    order, width, ref Unsafe.Add(ref dZ1.Panel(panel, Layout.PanelWidth, width), lane),
                    ref Unsafe.Add(ref gradient.First, Panel(panel) + lane));
            }
        }
    }

    // Where a column's rows end is mostly foreseen wrongly: by two panels at once that happens half as often, which saves a twentieth of a fit.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoPanels(KnotOrder order, ref float dZ1, ref float nextZ1, ref float gradient, ref float nextGradient)
    {
        ReadOnlySpan<int> ends = order.Ends;
        ref KnotRow rows = ref MemoryMarshal.GetReference(order.Rows);
        V right0 = L.Create(0), right1 = right0, right2 = right0, right3 = right0;
        for (int column = 0, i = 0; column < ends.Length; column++)
        {
            V all0 = L.Create(0), all1 = all0, all2 = all0, all3 = all0, t0 = all0, t1 = all0, t2 = all0, t3 = all0;
            for (int end = ends[column]; i < end; i++)
            {
                KnotRow row = Unsafe.Add(ref rows, i);
                nint at = (nint)row.Row * (2 * L.Count);
                ref float dz = ref Unsafe.Add(ref dZ1, at);
                ref float next = ref Unsafe.Add(ref nextZ1, at);
                V t = L.Create(row.Fraction);
                all0 = L.Add(all0, L.Load(ref dz));
                all1 = L.Add(all1, L.Load(ref Unsafe.Add(ref dz, L.Count)));
                all2 = L.Add(all2, L.Load(ref next));
                all3 = L.Add(all3, L.Load(ref Unsafe.Add(ref next, L.Count)));
                t0 = L.MultiplyAdd(t, L.Load(ref dz), t0);
                t1 = L.MultiplyAdd(t, L.Load(ref Unsafe.Add(ref dz, L.Count)), t1);
                t2 = L.MultiplyAdd(t, L.Load(ref next), t2);
                t3 = L.MultiplyAdd(t, L.Load(ref Unsafe.Add(ref next, L.Count)), t3);
            }
            ref float g = ref Unsafe.Add(ref gradient, (nint)column * (2 * L.Count));
            L.Store(L.Add(right0, L.Subtract(all0, t0)), ref g);
            L.Store(L.Add(right1, L.Subtract(all1, t1)), ref Unsafe.Add(ref g, L.Count));
            g = ref Unsafe.Add(ref nextGradient, (nint)column * (2 * L.Count));
            L.Store(L.Add(right2, L.Subtract(all2, t2)), ref g);
            L.Store(L.Add(right3, L.Subtract(all3, t3)), ref Unsafe.Add(ref g, L.Count));
            (right0, right1, right2, right3) = (t0, t1, t2, t3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneVector(KnotOrder order, int width, ref float dZ1, ref float gradient)
    {
        ReadOnlySpan<int> ends = order.Ends;
        ref KnotRow rows = ref MemoryMarshal.GetReference(order.Rows);
        V right = L.Create(0);
        for (int column = 0, i = 0; column < ends.Length; column++)
        {
            V all = L.Create(0), t = all;
            for (int end = ends[column]; i < end; i++)
            {
                KnotRow row = Unsafe.Add(ref rows, i);
                V dz = L.Load(ref Unsafe.Add(ref dZ1, (nint)row.Row * width));
                all = L.Add(all, dz);
                t = L.MultiplyAdd(L.Create(row.Fraction), dz, t);
            }
            L.Store(L.Add(right, L.Subtract(all, t)), ref Unsafe.Add(ref gradient, (nint)column * width));
            right = t;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Build(int first, int end, int width, ReadOnlySpan<float> parameters, Span<float> table)
    {
        V scale = L.Create(Ramps.Scale);
        int start = Ramps.FirstColumns[first];
        for (int f = first; f < end; f++)
        {
            ReadOnlySpan<float> shape = Ramps.Line(f), means = Ramps.MeanColumns(f);
            int offset = (Ramps.FirstColumns[f] - start) * width;
            for (int lane = 0; lane < width; lane += L.Count)
            {
                ref float theta = ref MemoryMarshal.GetReference(parameters.Slice(offset + lane, (shape.Length - 1) * width + L.Count));
                ref float column = ref MemoryMarshal.GetReference(table.Slice(offset + lane, (shape.Length - 1) * width + L.Count));
                V line = L.Load(ref theta), sum = L.Create(0), mean = L.Create(0);
                for (int k = 1; k < shape.Length; k++)
                {
                    sum = L.MultiplyAdd(scale, L.Load(ref Unsafe.Add(ref theta, k * width)), sum);
                    mean = L.MultiplyAdd(L.Create(means[k]), sum, mean);
                }
                sum = L.Subtract(L.Create(0), mean);
                L.Store(L.MultiplyAdd(L.Create(shape[0]), line, sum), ref column);
                for (int k = 1; k < shape.Length; k++)
                {
                    sum = L.MultiplyAdd(scale, L.Load(ref Unsafe.Add(ref theta, k * width)), sum);
                    L.Store(L.MultiplyAdd(L.Create(shape[k]), line, sum), ref Unsafe.Add(ref column, k * width));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gather(int first, int end, int width, ReadOnlySpan<float> tableGradient, Span<float> gradient)
    {
        V scale = L.Create(Ramps.Scale);
        int start = Ramps.FirstColumns[first];
        for (int f = first; f < end; f++)
        {
            ReadOnlySpan<float> shape = Ramps.Line(f), means = Ramps.MeanColumns(f);
            int offset = (Ramps.FirstColumns[f] - start) * width;
            for (int lane = 0; lane < width; lane += L.Count)
            {
                ref float column = ref MemoryMarshal.GetReference(tableGradient.Slice(offset + lane, (shape.Length - 1) * width + L.Count));
                ref float theta = ref MemoryMarshal.GetReference(gradient.Slice(offset + lane, (shape.Length - 1) * width + L.Count));
                V line = L.Create(0), total = L.Create(0);
                for (int k = 0; k < shape.Length; k++)
                {
                    V dV = L.Load(ref Unsafe.Add(ref column, k * width));
                    line = L.MultiplyAdd(L.Create(shape[k]), dV, line);
                    total = L.Add(total, dV);
                }

                // A ramp is in all columns from its knot on, less its mean.
                V after = L.Create(0);
                float meanAfter = 0;
                for (int k = shape.Length - 1; k > 0; k--)
                {
                    after = L.Add(after, L.Load(ref Unsafe.Add(ref column, k * width)));
                    meanAfter += means[k];
                    L.Store(L.Multiply(scale, L.MultiplyAdd(L.Create(-meanAfter), total, after)), ref Unsafe.Add(ref theta, k * width));
                }
                L.Store(line, ref theta);
            }
        }
    }
}
