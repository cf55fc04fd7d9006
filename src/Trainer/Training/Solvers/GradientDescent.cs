using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>θ = θ - α g: the course's gradient descent.</summary>
internal sealed class GradientDescent(float learningRate) : UpdateRule(learningRate)
{
    public override IReadOnlyList<AlignedFloats> State => [];

    protected override SkippedSteps Start(int parameterCount) => new(fromItself: false);

    public override bool CanSkip(float l2) => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BeginStep(float l2) =>
        Steps.Add(1 - (double)LearningRate * l2); // without a gradient only the penalty moves θ, by -α l2 θ

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int Update<L, V>(
        Span<float> parameters, ReadOnlySpan<float> gradient, int offset, int from, float scale, float l2)
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
    protected override void UpdateRows<L, V>(
        Span<float> panel, ReadOnlySpan<float> gradient, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, float scale,
        float l2)
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
    protected override void CatchUpRows<L, V>(Span<float> panel, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, bool stateToo)
    {
        ref float theta = ref MemoryMarshal.GetReference(panel);
        foreach (int row in rows)
        {
            float keep = Steps.Keep(since[row]);
            int end = (row + 1) * width;
            for (int i = row * width; i < end; i += L.Count)
            {
                ref float at = ref Unsafe.Add(ref theta, i);
                L.Store(L.Multiply(L.Create(keep), L.Load(ref at)), ref at);
            }
        }
    }
}
