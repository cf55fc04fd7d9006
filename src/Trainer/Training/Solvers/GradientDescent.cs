using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>θ = θ - α g: the course's gradient descent.</summary>
internal sealed class GradientDescent(float learningRate) : ISkippingUpdateRule
{
    private SkippedSteps _skipped = new(fromItself: false);

    private int _lanes, _rowLanes;

    public float LearningRate { get; set; } = learningRate;

    public void Attach(int parameterCount, int lanes, int rowLanes)
    {
        (_lanes, _rowLanes) = (lanes, rowLanes);
        _skipped = new SkippedSteps(fromItself: false);
    }

    public IReadOnlyList<AlignedFloats> State => [];

    public void GoOnAfter(int steps) => _skipped.GoOnAfter(steps);

    public bool IsSkipping
    {
        set => _skipped.IsKeeping = value;
    }

    public bool CanSkip(float l2) => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BeginStep(float l2) =>
        _skipped.Add(1 - (double)LearningRate * l2); // without a gradient only the penalty moves θ, by -α l2 θ

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, int offset, float scale, float l2)
    {
        int done = _lanes switch
        {
            16 => Update<Lanes512, Vector512<float>>(parameters, gradient, offset, 0, scale, l2),
            8 => Update<Lanes256, Vector256<float>>(parameters, gradient, offset, 0, scale, l2),
            4 => Update<Lanes128, Vector128<float>>(parameters, gradient, offset, 0, scale, l2),
            _ => 0,
        };
        Update<Lanes1, float>(parameters, gradient, offset, done, scale, l2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void UpdateRows(
        Span<float> panel, ReadOnlySpan<float> gradient, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, float scale,
        float l2)
    {
        switch (_rowLanes)
        {
            case 16: UpdateRows<Lanes512, Vector512<float>>(panel, gradient, offset, width, rows, since, scale, l2); break;
            case 8: UpdateRows<Lanes256, Vector256<float>>(panel, gradient, offset, width, rows, since, scale, l2); break;
            case 4: UpdateRows<Lanes128, Vector128<float>>(panel, gradient, offset, width, rows, since, scale, l2); break;
            default: UpdateRows<Lanes1, float>(panel, gradient, offset, width, rows, since, scale, l2); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CatchUpRows(Span<float> panel, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, bool stateToo)
    {
        switch (_rowLanes)
        {
            case 16: CatchUpRows<Lanes512, Vector512<float>>(panel, offset, width, rows, since, stateToo); break;
            case 8: CatchUpRows<Lanes256, Vector256<float>>(panel, offset, width, rows, since, stateToo); break;
            case 4: CatchUpRows<Lanes128, Vector128<float>>(panel, offset, width, rows, since, stateToo); break;
            default: CatchUpRows<Lanes1, float>(panel, offset, width, rows, since, stateToo); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Update<L, V>(
        Span<float> parameters, ReadOnlySpan<float> gradient, int offset, int from, float scale, float l2)
        where L : ILanes<V> where V : struct
    {
        ref float theta = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradient[..parameters.Length]);
        float alpha = LearningRate;
        int i = from;
        for (; i + L.Count <= parameters.Length; i += L.Count)
            At<L, V>(ref Unsafe.Add(ref theta, i), ref Unsafe.Add(ref g, i), scale, l2, alpha);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateRows<L, V>(
        Span<float> panel, ReadOnlySpan<float> gradient, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, float scale,
        float l2)
        where L : ILanes<V> where V : struct
    {
        ref float theta = ref MemoryMarshal.GetReference(panel);
        ref float g = ref MemoryMarshal.GetReference(gradient[..(rows.Length * width)]);
        float alpha = LearningRate;
        foreach (int row in rows)
        {
            int end = (row + 1) * width;
            for (int i = row * width; i < end; i += L.Count)
            {
                At<L, V>(ref Unsafe.Add(ref theta, i), ref g, scale, l2, alpha);
                g = ref Unsafe.Add(ref g, L.Count);
            }
        }
    }

    // One vector of the formula.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void At<L, V>(
        ref float theta, ref float g, float scale, float l2, float learningRate)
        where L : ILanes<V> where V : struct
    {
        V weight = L.Load(ref theta);
        V slope = L.MultiplyAdd(L.Create(scale), L.Load(ref g), L.Multiply(L.Create(l2), weight));
        L.Store(L.MultiplyAdd(L.Create(-learningRate), slope, weight), ref theta);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUpRows<L, V>(Span<float> panel, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, bool stateToo)
        where L : ILanes<V> where V : struct
    {
        ref float theta = ref MemoryMarshal.GetReference(panel);
        foreach (int row in rows)
        {
            float keep = _skipped.Keep(since[row]);
            int end = (row + 1) * width;
            for (int i = row * width; i < end; i += L.Count)
            {
                ref float at = ref Unsafe.Add(ref theta, i);
                L.Store(L.Multiply(L.Create(keep), L.Load(ref at)), ref at);
            }
        }
    }
}
