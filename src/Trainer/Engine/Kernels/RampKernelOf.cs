namespace MlNetShallowNet.Engine;

/// <summary>The kernel on vectors of one width.</summary>
internal sealed partial class RampKernel<L, V>(ParameterLayout layout, Ramps ramps, int tableColumns) : RampKernel(layout, ramps, tableColumns)
    where L : ILanes<V> where V : struct
{
    private const int FewAtOnce = 64; // features of a panel that reads little

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(
        int rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, AlignedFloats table, ReadOnlySpan<float> b1, in PanelRows z1)
    {
        int F = Ramps.Count;
        columns = columns[..(rows * F)];
        fractions = fractions[..(rows * F)];
        for (int panel = 0; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel);
            ref float v = ref Unsafe.Add(ref table.First, Panel(panel));
            ref float target = ref z1.Panel(panel, Layout.PanelWidth, width);
            if (!b1.IsEmpty)
                StartWith(b1.Slice(panel * Layout.PanelWidth, width), rows, ref target);
            if (Few(panel) is { } few)
            {
                RowsOfFew(rows / 4 * 4, columns, fractions, few, width, ref target);
                continue;
            }
            for (int group = 1; group < Groups.Length; group++)
            {
                int f = Groups[group - 1], count = Groups[group] - f;
                for (int i = 0; i + 4 <= rows; i += 4)
                {
                    ref int column = ref MemoryMarshal.GetReference(columns[(i * F + f)..]);
                    ref float fraction = ref MemoryMarshal.GetReference(fractions[(i * F + f)..]);
                    FourRows(ref column, ref fraction, count, F, ref v, width, ref Unsafe.Add(ref target, i * width));
                }
            }
        }
        for (int i = rows / 4 * 4; i < rows; i++)
            OneRow(columns.Slice(i * F, F), fractions.Slice(i * F, F), table, z1.From(i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MultiplyRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, AlignedFloats table, in PanelRows z1)
    {
        values = values[..columns.Length];
        for (int panel = 0; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel);
            ref float v = ref Unsafe.Add(ref table.First, Panel(panel));
            ref float z = ref z1.Panel(panel, Layout.PanelWidth, width);
            SparseProduct.AddRow<L, V>(width / L.Count, columns, values, ref v, width, ref z);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StartWith(ReadOnlySpan<float> b1, int rows, ref float z1)
    {
        for (int i = 0; i < rows; i++)
            b1.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref z1, i * b1.Length), b1.Length));
    }

    // Four rows at a time: their chains of multiply-adds do not wait for each other. Each row's sum is the same as OneRow's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows2(ref int columns, ref float fractions, int count, int F, ref float v, ref float z1)
    {
        V one = L.Create(1);
        Pair<L, V>.Load(ref z1, out V a0, out V a1);
        Pair<L, V>.Load(ref Unsafe.Add(ref z1, 2 * L.Count), out V b0, out V b1);
        Pair<L, V>.Load(ref Unsafe.Add(ref z1, 4 * L.Count), out V c0, out V c1);
        Pair<L, V>.Load(ref Unsafe.Add(ref z1, 6 * L.Count), out V d0, out V d1);
        for (int f = 0; f < count; f++)
        {
            Add2(Unsafe.Add(ref columns, f), Unsafe.Add(ref fractions, f), ref v, one, ref a0, ref a1);
            Add2(Unsafe.Add(ref columns, f + F), Unsafe.Add(ref fractions, f + F), ref v, one, ref b0, ref b1);
            Add2(Unsafe.Add(ref columns, f + 2 * F), Unsafe.Add(ref fractions, f + 2 * F), ref v, one, ref c0, ref c1);
            Add2(Unsafe.Add(ref columns, f + 3 * F), Unsafe.Add(ref fractions, f + 3 * F), ref v, one, ref d0, ref d1);
        }
        Pair<L, V>.Store(a0, a1, ref z1);
        Pair<L, V>.Store(b0, b1, ref z1, 2 * L.Count);
        Pair<L, V>.Store(c0, c1, ref z1, 4 * L.Count);
        Pair<L, V>.Store(d0, d1, ref z1, 6 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows1(ref int columns, ref float fractions, int count, int F, ref float v, ref float z1)
    {
        V one = L.Create(1);
        V a = L.Load(ref z1), b = L.Load(ref Unsafe.Add(ref z1, L.Count)), c = L.Load(ref Unsafe.Add(ref z1, 2 * L.Count)), d = L.Load(ref Unsafe.Add(ref z1, 3 * L.Count));
        for (int f = 0; f < count; f++)
        {
            Add(Unsafe.Add(ref columns, f), Unsafe.Add(ref fractions, f), ref v, one, ref a);
            Add(Unsafe.Add(ref columns, f + F), Unsafe.Add(ref fractions, f + F), ref v, one, ref b);
            Add(Unsafe.Add(ref columns, f + 2 * F), Unsafe.Add(ref fractions, f + 2 * F), ref v, one, ref c);
            Add(Unsafe.Add(ref columns, f + 3 * F), Unsafe.Add(ref fractions, f + 3 * F), ref v, one, ref d);
        }
        L.Store(a, ref z1);
        L.Store(b, ref Unsafe.Add(ref z1, L.Count));
        L.Store(c, ref Unsafe.Add(ref z1, 2 * L.Count));
        L.Store(d, ref Unsafe.Add(ref z1, 3 * L.Count));
    }

    // A panel that reads little, by the table of its own columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RowsOfFew(int rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, PanelColumns few, int width, ref float z1)
    {
        int F = Ramps.Count;
        ref float v = ref Unsafe.Add(ref Compact.First, few.Start);
        Span<int> ownColumns = stackalloc int[4 * FewAtOnce];
        Span<float> ownFractions = stackalloc float[4 * FewAtOnce];
        for (int from = 0; from < few.Features.Length; from += FewAtOnce)
        {
            ReadOnlySpan<int> features = few.Features.AsSpan(from, Math.Min(FewAtOnce, few.Features.Length - from));
            for (int i = 0; i + 4 <= rows; i += 4)
            {
                for (int r = 0; r < 4; r++)
                    Read(features, few, columns.Slice((i + r) * F, F), fractions.Slice((i + r) * F, F), ref ownColumns[r * features.Length], ref ownFractions[r * features.Length]);
                FourRows(ref ownColumns[0], ref ownFractions[0], features.Length, features.Length, ref v, width, ref Unsafe.Add(ref z1, i * width));
            }
        }
    }

    // What a panel reads of a row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Read(ReadOnlySpan<int> features, PanelColumns few, ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, ref int ownColumns, ref float ownFractions)
    {
        ref int column = ref MemoryMarshal.GetArrayDataReference(few.Columns), ofRow = ref MemoryMarshal.GetReference(columns);
        ref float fraction = ref MemoryMarshal.GetReference(fractions);
        for (int k = 0; k < features.Length; k++)
        {
            Unsafe.Add(ref ownColumns, k) = Unsafe.Add(ref column, Unsafe.Add(ref ofRow, features[k]));
            Unsafe.Add(ref ownFractions, k) = Unsafe.Add(ref fraction, features[k]);
        }
    }

    private static void FourRows(ref int columns, ref float fractions, int count, int F, ref float v, int width, ref float z1)
    {
        if (width == 2 * L.Count)
            FourRows2(ref columns, ref fractions, count, F, ref v, ref z1);
        else
            FourRows1(ref columns, ref fractions, count, F, ref v, ref z1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ref float left, int width, float fraction, V one, ref V z)
    {
        V t = L.Create(fraction);
        z = L.MultiplyAdd(L.Subtract(one, t), L.Load(ref left), z);
        z = L.MultiplyAdd(t, L.Load(ref Unsafe.Add(ref left, width)), z);
    }

    // A single row is four panels at a time: one panel's chains of multiply-adds would wait for each other three times as long.
    private void OneRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, AlignedFloats table, in PanelRows z1)
    {
        int panel = 0, whole = Layout.WidthOf(Layout.PanelCount - 1) == 2 * L.Count ? Layout.PanelCount : Layout.PanelCount - 1;
        for (; panel + 4 <= whole && Few(panel) is null && Few(panel + 1) is null && Few(panel + 2) is null && Few(panel + 3) is null; panel += 4)
            FourPanels(columns, fractions, panel, table, z1);
        for (; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel);
            if (Few(panel) is { } few)
            {
                OnePanelOfFew(columns, fractions, few, width, ref z1.Panel(panel, Layout.PanelWidth, width));
                continue;
            }
            ref float v = ref Unsafe.Add(ref table.First, Panel(panel));
            ref float target = ref z1.Panel(panel, Layout.PanelWidth, width);
            if (width == 2 * L.Count)
                OnePanel2(columns, fractions, ref v, ref target);
            else
                OnePanel1(columns, fractions, ref v, ref target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourPanels(ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, int panel, AlignedFloats table, in PanelRows z1)
    {
        ref float a = ref z1.Panel(panel, Layout.PanelWidth, 2 * L.Count), b = ref z1.Panel(panel + 1, Layout.PanelWidth, 2 * L.Count);
        ref float c = ref z1.Panel(panel + 2, Layout.PanelWidth, 2 * L.Count), d = ref z1.Panel(panel + 3, Layout.PanelWidth, 2 * L.Count);
        V one = L.Create(1);
        Pair<L, V>.Load(ref a, out V a0, out V a1);
        Pair<L, V>.Load(ref b, out V b0, out V b1);
        Pair<L, V>.Load(ref c, out V c0, out V c1);
        Pair<L, V>.Load(ref d, out V d0, out V d1);
        ref float v = ref Unsafe.Add(ref table.First, Panel(panel));
        nint next = Panel(1);
        for (int f = 0; f < columns.Length; f++)
        {
            ref float left = ref Unsafe.Add(ref v, (nint)columns[f] * (2 * L.Count));
            V t = L.Create(fractions[f]), s = L.Subtract(one, t);
            Add2(ref left, s, t, ref a0, ref a1);
            Add2(ref Unsafe.Add(ref left, next), s, t, ref b0, ref b1);
            Add2(ref Unsafe.Add(ref left, 2 * next), s, t, ref c0, ref c1);
            Add2(ref Unsafe.Add(ref left, 3 * next), s, t, ref d0, ref d1);
        }
        Pair<L, V>.Store(a0, a1, ref a);
        Pair<L, V>.Store(b0, b1, ref b);
        Pair<L, V>.Store(c0, c1, ref c);
        Pair<L, V>.Store(d0, d1, ref d);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnePanelOfFew(ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, PanelColumns few, int width, ref float z)
    {
        ref float v = ref Unsafe.Add(ref Compact.First, few.Start);
        int[] own = few.Columns;
        V one = L.Create(1), z0 = L.Load(ref z);
        if (width == L.Count)
        {
            foreach (int f in few.Features)
                Add(own[columns[f]], fractions[f], ref v, one, ref z0);
            L.Store(z0, ref z);
            return;
        }
        V z1 = L.Load(ref Unsafe.Add(ref z, L.Count));
        foreach (int f in few.Features)
            Add2(own[columns[f]], fractions[f], ref v, one, ref z0, ref z1);
        Pair<L, V>.Store(z0, z1, ref z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OnePanel2(ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, ref float v, ref float z)
    {
        V one = L.Create(1), z0 = L.Load(ref z), z1 = L.Load(ref Unsafe.Add(ref z, L.Count));
        for (int f = 0; f < columns.Length; f++)
            Add2(columns[f], fractions[f], ref v, one, ref z0, ref z1);
        Pair<L, V>.Store(z0, z1, ref z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OnePanel1(ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, ref float v, ref float z)
    {
        V one = L.Create(1), z0 = L.Load(ref z);
        for (int f = 0; f < columns.Length; f++)
            Add(columns[f], fractions[f], ref v, one, ref z0);
        L.Store(z0, ref z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add2(int column, float fraction, ref float v, V one, ref V z0, ref V z1)
    {
        V t = L.Create(fraction);
        Add2(ref Unsafe.Add(ref v, (nint)column * (2 * L.Count)), L.Subtract(one, t), t, ref z0, ref z1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add2(ref float left, V s, V t, ref V z0, ref V z1)
    {
        z0 = L.MultiplyAdd(s, L.Load(ref left), z0);
        z1 = L.MultiplyAdd(s, L.Load(ref Unsafe.Add(ref left, L.Count)), z1);
        z0 = L.MultiplyAdd(t, L.Load(ref Unsafe.Add(ref left, 2 * L.Count)), z0);
        z1 = L.MultiplyAdd(t, L.Load(ref Unsafe.Add(ref left, 3 * L.Count)), z1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(int column, float fraction, ref float v, V one, ref V z) =>
        AddTo(ref Unsafe.Add(ref v, (nint)column * L.Count), L.Count, fraction, one, ref z);
}
