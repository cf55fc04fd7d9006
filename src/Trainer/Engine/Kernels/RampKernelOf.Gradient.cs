using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlNetShallowNet.Engine;

/// <content>The gradient, and the table from θ and back.</content>
internal sealed partial class RampKernel<L, V>
{
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
