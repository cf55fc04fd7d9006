using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlNetShallowNet.Engine;

/// <summary>
/// The first layer's share of the equations where it reads features through knots. A row's X has two numbers a feature, 1 - t at the knot
/// to its left and t at the one to its right, so Z1 and dW1 cost two multiply-adds a feature and unit however many knots there are.
/// </summary>
internal abstract class RampKernel(ParameterLayout layout, Ramps ramps, int tableColumns)
{
    protected ParameterLayout Layout { get; } = layout;

    protected Ramps Ramps { get; } = ramps;

    /// <summary>Where groups of features begin whose columns of one panel stay in the first-level cache while rows pass by.</summary>
    protected int[] Groups { get; } = Grouped(ramps, layout.PanelWidth);

    // Half of the first-level cache; the rest is for dZ1. Without groups a step on 28 features of 17 knots takes half as long again.
    private const int GroupNumbers = 6 * 1024;

    private static int[] Grouped(Ramps ramps, int width)
    {
        var bounds = new List<int> { 0 };
        for (int f = 1; f < ramps.Count; f++)
        {
            if ((ramps.FirstColumns[f + 1] - ramps.FirstColumns[bounds[^1]]) * width > GroupNumbers)
                bounds.Add(f);
        }
        return [.. bounds, ramps.Count];
    }

    /// <summary>The kernel for a layout's vectors.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="ramps">The features.</param>
    /// <param name="tableColumns">Columns of a table, if others come behind the features'.</param>
    public static RampKernel Create(ParameterLayout layout, Ramps ramps, int? tableColumns = null) => Create(layout, ramps, tableColumns ?? ramps.ColumnCount);

    private static RampKernel Create(ParameterLayout layout, Ramps ramps, int tableColumns) => layout.LaneCount switch
    {
        16 => new RampKernel<Lanes512, Vector512<float>>(layout, ramps, tableColumns),
        8 => new RampKernel<Lanes256, Vector256<float>>(layout, ramps, tableColumns),
        4 => new RampKernel<Lanes128, Vector128<float>>(layout, ramps, tableColumns),
        _ => new RampKernel<Lanes1, float>(layout, ramps, tableColumns),
    };

    /// <summary>Where a panel's columns begin in a table.</summary>
    public int Panel(int panel) => panel * Layout.PanelWidth * tableColumns;

    /// <summary>Z1 = b1 + X V for some rows, or Z1 + X V.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="columns">For each row and feature the column of the knot to the left of its value; F numbers a row.</param>
    /// <param name="fractions">How far the value is from there to the next knot.</param>
    /// <param name="table">V.</param>
    /// <param name="b1">b1, Hp numbers; empty to add to the Z1 that is there.</param>
    /// <param name="z1">Where Z1 goes.</param>
    public abstract void Multiply(
        int rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, AlignedFloats table, ReadOnlySpan<float> b1, in PanelRows z1);

    /// <summary>Z1 += X V for one row by its columns that are not 0.</summary>
    public abstract void MultiplyRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, AlignedFloats table, in PanelRows z1);

    /// <summary>dV = Xᵀ dZ1 for some rows, all features and panels.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="columns">As for <see cref="Multiply"/>.</param>
    /// <param name="fractions">As for <see cref="Multiply"/>.</param>
    /// <param name="dZ1">dZ1.</param>
    /// <param name="gradient">dV, to which these rows' share is added.</param>
    public abstract void AddGradient(int rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, in PanelRows dZ1, AlignedFloats gradient);

    /// <summary>V of some features from θ, one panel.</summary>
    public abstract void Build(int first, int end, int width, ReadOnlySpan<float> parameters, Span<float> table);

    /// <summary>dθ of some features from dV, one panel.</summary>
    public abstract void Gather(int first, int end, int width, ReadOnlySpan<float> tableGradient, Span<float> gradient);
}

/// <summary>The kernel on vectors of one width.</summary>
internal sealed class RampKernel<L, V>(ParameterLayout layout, Ramps ramps, int tableColumns) : RampKernel(layout, ramps, tableColumns)
    where L : ILanes<V> where V : struct
{
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
            for (int group = 1; group < Groups.Length; group++)
            {
                int f = Groups[group - 1], count = Groups[group] - f;
                for (int i = 0; i + 4 <= rows; i += 4)
                {
                    ref int column = ref MemoryMarshal.GetReference(columns[(i * F + f)..]);
                    ref float fraction = ref MemoryMarshal.GetReference(fractions[(i * F + f)..]);
                    if (width == 2 * L.Count)
                        FourRows2(ref column, ref fraction, count, F, ref v, ref Unsafe.Add(ref target, i * width));
                    else
                        FourRows1(ref column, ref fraction, count, F, ref v, ref Unsafe.Add(ref target, i * width));
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
            SparseProduct.Multiply<L, V>(width / L.Count, columns, values, int.MaxValue, ref v, width, ref z, ref z);
        }
    }

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
        V a0 = L.Load(ref z1), a1 = L.Load(ref Unsafe.Add(ref z1, L.Count)), b0 = L.Load(ref Unsafe.Add(ref z1, 2 * L.Count)), b1 = L.Load(ref Unsafe.Add(ref z1, 3 * L.Count));
        ref float z2 = ref Unsafe.Add(ref z1, 4 * L.Count);
        V c0 = L.Load(ref z2), c1 = L.Load(ref Unsafe.Add(ref z2, L.Count)), d0 = L.Load(ref Unsafe.Add(ref z2, 2 * L.Count)), d1 = L.Load(ref Unsafe.Add(ref z2, 3 * L.Count));
        for (int f = 0; f < count; f++)
        {
            Add2(Unsafe.Add(ref columns, f), Unsafe.Add(ref fractions, f), ref v, one, ref a0, ref a1);
            Add2(Unsafe.Add(ref columns, f + F), Unsafe.Add(ref fractions, f + F), ref v, one, ref b0, ref b1);
            Add2(Unsafe.Add(ref columns, f + 2 * F), Unsafe.Add(ref fractions, f + 2 * F), ref v, one, ref c0, ref c1);
            Add2(Unsafe.Add(ref columns, f + 3 * F), Unsafe.Add(ref fractions, f + 3 * F), ref v, one, ref d0, ref d1);
        }
        L.Store(a0, ref z1);
        L.Store(a1, ref Unsafe.Add(ref z1, L.Count));
        L.Store(b0, ref Unsafe.Add(ref z1, 2 * L.Count));
        L.Store(b1, ref Unsafe.Add(ref z1, 3 * L.Count));
        L.Store(c0, ref z2);
        L.Store(c1, ref Unsafe.Add(ref z2, L.Count));
        L.Store(d0, ref Unsafe.Add(ref z2, 2 * L.Count));
        L.Store(d1, ref Unsafe.Add(ref z2, 3 * L.Count));
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

    // A single row is four panels at a time: one panel's chains of multiply-adds would wait for each other three times as long.
    private void OneRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, AlignedFloats table, in PanelRows z1)
    {
        int panel = 0, whole = Layout.WidthOf(Layout.PanelCount - 1) == 2 * L.Count ? Layout.PanelCount : Layout.PanelCount - 1;
        for (; panel + 4 <= whole; panel += 4)
            FourPanels(columns, fractions, panel, table, z1);
        for (; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel);
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
        V a0 = L.Load(ref a), a1 = L.Load(ref Unsafe.Add(ref a, L.Count)), b0 = L.Load(ref b), b1 = L.Load(ref Unsafe.Add(ref b, L.Count));
        V c0 = L.Load(ref c), c1 = L.Load(ref Unsafe.Add(ref c, L.Count)), d0 = L.Load(ref d), d1 = L.Load(ref Unsafe.Add(ref d, L.Count));
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
        L.Store(a0, ref a);
        L.Store(a1, ref Unsafe.Add(ref a, L.Count));
        L.Store(b0, ref b);
        L.Store(b1, ref Unsafe.Add(ref b, L.Count));
        L.Store(c0, ref c);
        L.Store(c1, ref Unsafe.Add(ref c, L.Count));
        L.Store(d0, ref d);
        L.Store(d1, ref Unsafe.Add(ref d, L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OnePanel2(ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, ref float v, ref float z)
    {
        V one = L.Create(1), z0 = L.Load(ref z), z1 = L.Load(ref Unsafe.Add(ref z, L.Count));
        for (int f = 0; f < columns.Length; f++)
            Add2(columns[f], fractions[f], ref v, one, ref z0, ref z1);
        L.Store(z0, ref z);
        L.Store(z1, ref Unsafe.Add(ref z, L.Count));
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
    private static void Add(int column, float fraction, ref float v, V one, ref V z)
    {
        ref float left = ref Unsafe.Add(ref v, (nint)column * L.Count);
        V t = L.Create(fraction);
        z = L.MultiplyAdd(L.Subtract(one, t), L.Load(ref left), z);
        z = L.MultiplyAdd(t, L.Load(ref Unsafe.Add(ref left, L.Count)), z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddGradient(int rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, in PanelRows dZ1, AlignedFloats gradient)
    {
        int F = Ramps.Count;
        columns = columns[..(rows * F)];
        fractions = fractions[..columns.Length];
        for (int panel = 0; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel);
            ref float g = ref Unsafe.Add(ref gradient.First, Panel(panel));
            ref float dz = ref dZ1.Panel(panel, Layout.PanelWidth, width);
            for (int group = 1; group < Groups.Length; group++)
            {
                int f = Groups[group - 1], count = Groups[group] - f;
                for (int i = 0; i < rows; i++)
                {
                    ref float row = ref Unsafe.Add(ref dz, i * width);
                    if (width == 2 * L.Count)
                        AddRow2(columns.Slice(i * F + f, count), fractions.Slice(i * F + f, count), L.Load(ref row), L.Load(ref Unsafe.Add(ref row, L.Count)), ref g);
                    else
                        AddRow1(columns.Slice(i * F + f, count), fractions.Slice(i * F + f, count), L.Load(ref row), ref g);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow2(ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, V dz0, V dz1, ref float gradient)
    {
        V one = L.Create(1);
        for (int f = 0; f < columns.Length; f++)
        {
            ref float left = ref Unsafe.Add(ref gradient, (nint)columns[f] * (2 * L.Count));
            V t = L.Create(fractions[f]), s = L.Subtract(one, t);
            L.Store(L.MultiplyAdd(s, dz0, L.Load(ref left)), ref left);
            left = ref Unsafe.Add(ref left, L.Count);
            L.Store(L.MultiplyAdd(s, dz1, L.Load(ref left)), ref left);
            left = ref Unsafe.Add(ref left, L.Count);
            L.Store(L.MultiplyAdd(t, dz0, L.Load(ref left)), ref left);
            left = ref Unsafe.Add(ref left, L.Count);
            L.Store(L.MultiplyAdd(t, dz1, L.Load(ref left)), ref left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow1(ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions, V dz, ref float gradient)
    {
        V one = L.Create(1);
        for (int f = 0; f < columns.Length; f++)
        {
            ref float left = ref Unsafe.Add(ref gradient, (nint)columns[f] * L.Count);
            V t = L.Create(fractions[f]);
            L.Store(L.MultiplyAdd(L.Subtract(one, t), dz, L.Load(ref left)), ref left);
            left = ref Unsafe.Add(ref left, L.Count);
            L.Store(L.MultiplyAdd(t, dz, L.Load(ref left)), ref left);
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
