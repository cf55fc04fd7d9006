using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Gradient descent with momentum as scikit-learn defines it: v = μ v - α g, θ = θ + v; with Nesterov's look-ahead θ = θ + μ v - α g.
/// </summary>
internal sealed class Momentum(float learningRate, float momentum = 0.9f, bool nesterov = true) : UpdateRule(learningRate)
{
    private AlignedFloats _velocity = new(0);

    protected override SkippedSteps Start(int parameterCount)
    {
        _velocity = new AlignedFloats(parameterCount);
        return new SkippedSteps(fromItself: false, momentum);
    }

    public override IReadOnlyList<AlignedFloats> State => [_velocity];

    public override bool CanSkip(float l2) => l2 == 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BeginStep(float l2) =>
        Steps.Add(1, nesterov ? momentum : 1); // without a gradient θ changes by v μᵏ, or by v μᵏ⁺¹

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int Update<L, V>(
        Span<float> parameters, ReadOnlySpan<float> gradient, int offset, int from, float scale, float l2)
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
    protected override void UpdateRows<L, V>(
        Span<float> panel, ReadOnlySpan<float> gradient, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, float scale,
        float l2)
    {
        ref float theta = ref MemoryMarshal.GetReference(panel);
        ref float g = ref MemoryMarshal.GetReference(gradient[..(rows.Length * width)]);
        ref float v = ref MemoryMarshal.GetReference(_velocity.AsSpan(offset, panel.Length));
        float alpha = LearningRate, mu = momentum;
        bool lookAhead = nesterov;
        foreach (int row in rows)
        {
            float decay = Steps.Power(0, Steps.Count(since[row])); // μᵏ, of k - 1 steps without a gradient and this one
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
    protected override void CatchUpRows<L, V>(Span<float> panel, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, bool stateToo)
    {
        ref float theta = ref MemoryMarshal.GetReference(panel);
        ref float v = ref MemoryMarshal.GetReference(_velocity.AsSpan(offset, panel.Length));
        foreach (int row in rows)
        {
            int skipped = Steps.Count(since[row]);
            float sum = (float)Steps.Sum(0, since[row]), decay = Steps.Power(0, skipped);
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
