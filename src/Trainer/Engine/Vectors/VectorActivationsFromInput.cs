namespace MlNetShallowNet.Engine;

/// <summary>Activations whose derivative needs z: it is computed together with the value and kept until the backward pass.</summary>
internal interface IFromInput : IVectorActivation
{
    static bool IVectorActivation.DerivativeFromValue => false;

    V IVectorActivation.Derivative<L, V>(V a) => throw new NotSupportedException();
}

internal readonly struct VectorGelu : IFromInput
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : ILanes<V> where V : struct
    {
        Both<L, V>(z, out V value, out _);
        return value;
    }

    // a = z Φ(z), g' = Φ(z) + z φ(z)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Both<L, V>(V z, out V value, out V derivative) where L : ILanes<V> where V : struct =>
        VectorMath.Gelu<L, V>(z, out value, out derivative);
}

internal readonly struct VectorSiLU : IFromInput
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : ILanes<V> where V : struct
    {
        Both<L, V>(z, out V value, out _);
        return value;
    }

    // a = z s with s = sigmoid z, g' = s + a (1 - s)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Both<L, V>(V z, out V value, out V derivative) where L : ILanes<V> where V : struct
    {
        V s = VectorMath.Sigmoid<L, V>(z);
        value = L.Multiply(z, s);
        derivative = L.MultiplyAdd(value, L.Subtract(L.Create(1), s), s);
    }
}

/// <summary>A user's own activation, called for one number after another: slow, but the same everywhere.</summary>
internal readonly struct VectorOwn(IActivation activation) : IFromInput
{
    public V Value<L, V>(V z) where L : ILanes<V> where V : struct
    {
        Numbers numbers = default;
        ref float first = ref numbers[0];
        L.Store(z, ref first);
        for (int i = 0; i < L.Count; i++)
            numbers[i] = (float)activation.Value(numbers[i]);
        return L.Load(ref first);
    }

    public void Both<L, V>(V z, out V value, out V derivative) where L : ILanes<V> where V : struct
    {
        value = Value<L, V>(z);
        Numbers numbers = default;
        ref float first = ref numbers[0];
        L.Store(z, ref first);
        for (int i = 0; i < L.Count; i++)
            numbers[i] = (float)activation.Derivative(numbers[i]);
        derivative = L.Load(ref first);
    }

    [InlineArray(16)]
    private struct Numbers
    {
        private float _first;
    }
}
