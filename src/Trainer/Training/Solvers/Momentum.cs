using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Gradient descent with momentum as scikit-learn defines it: v = μ v - α g, θ = θ + v; with Nesterov's look-ahead θ = θ + μ v - α g.
/// </summary>
internal sealed class Momentum(float learningRate, float momentum = 0.9f, bool nesterov = true) : ISkippingUpdateRule
{
    private AlignedFloats _velocity = new(0);
    private SkippedSteps _skipped = new(fromItself: false, momentum);

    private int _lanes, _rowLanes;

    public float LearningRate { get; set; } = learningRate;

    public void Attach(int parameterCount, int lanes, int rowLanes)
    {
        (_lanes, _rowLanes) = (lanes, rowLanes);
        _velocity = new AlignedFloats(parameterCount);
        _skipped = new SkippedSteps(fromItself: false, momentum);
    }

    public IReadOnlyList<AlignedFloats> State => [_velocity];

    public void GoOnAfter(int steps) => _skipped.GoOnAfter(steps);

    public bool IsSkipping
    {
        set => _skipped.IsKeeping = value;
    }

    public bool CanSkip(float l2) => l2 == 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BeginStep(float l2) =>
        _skipped.Add(1, nesterov ? momentum : 1); // without a gradient θ changes by v μᵏ, or by v μᵏ⁺¹

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
        ref float v = ref MemoryMarshal.GetReference(_velocity.AsSpan(offset, parameters.Length));
        float alpha = LearningRate, mu = momentum;
        bool lookAhead = nesterov;
        int i = from;
        for (; i + L.Count <= parameters.Length; i += L.Count)
            At<L, V>(ref Unsafe.Add(ref theta, i), ref Unsafe.Add(ref g, i), ref Unsafe.Add(ref v, i),
                scale, l2, alpha, mu, mu, lookAhead);
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
        ref float v = ref MemoryMarshal.GetReference(_velocity.AsSpan(offset, panel.Length));
        float alpha = LearningRate, mu = momentum;
        bool lookAhead = nesterov;
        foreach (int row in rows)
        {
            float decay = _skipped.Power(0, _skipped.Count(since[row])); // μᵏ, of k - 1 steps without a gradient and this one
            int end = (row + 1) * width;
            for (int i = row * width; i < end; i += L.Count)
            {
                At<L, V>(ref Unsafe.Add(ref theta, i), ref g, ref Unsafe.Add(ref v, i),
                    scale, l2, alpha, mu, decay, lookAhead);
                g = ref Unsafe.Add(ref g, L.Count);
            }
        }
    }

    // One vector of the formula.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void At<L, V>(
        ref float theta, ref float g, ref float v, float scale, float l2, float learningRate, float momentum, float decay,
        bool nesterov)
        where L : ILanes<V> where V : struct
    {
        V weight = L.Load(ref theta);
        V slope = L.MultiplyAdd(L.Create(scale), L.Load(ref g), L.Multiply(L.Create(l2), weight));
        V step = L.Multiply(L.Create(learningRate), slope);
        V velocity = L.Subtract(L.Multiply(L.Create(decay), L.Load(ref v)), step);
        L.Store(velocity, ref v);
        V change = nesterov ? L.Subtract(L.Multiply(L.Create(momentum), velocity), step) : velocity;
        L.Store(L.Add(weight, change), ref theta);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUpRows<L, V>(Span<float> panel, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, bool stateToo)
        where L : ILanes<V> where V : struct
    {
        ref float theta = ref MemoryMarshal.GetReference(panel);
        ref float v = ref MemoryMarshal.GetReference(_velocity.AsSpan(offset, panel.Length));
        foreach (int row in rows)
        {
            int skipped = _skipped.Count(since[row]);
            float sum = (float)_skipped.Sum(0, since[row]), decay = _skipped.Power(0, skipped);
            int end = (row + 1) * width;
            for (int i = row * width; i < end; i += L.Count)
            {
                ref float at = ref Unsafe.Add(ref theta, i);
                V velocity = L.Load(ref Unsafe.Add(ref v, i));
                L.Store(L.MultiplyAdd(L.Create(sum), velocity, L.Load(ref at)), ref at);
                if (stateToo)
                    L.Store(L.Multiply(L.Create(decay), velocity), ref Unsafe.Add(ref v, i));
            }
        }
    }
}
