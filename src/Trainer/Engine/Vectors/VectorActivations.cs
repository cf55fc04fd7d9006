using MlNetShallowNet.Network;

namespace MlNetShallowNet.Engine;

/// <summary>Activations whose derivative follows from their value.</summary>
internal interface IFromValue : IVectorActivation
{
    static bool IVectorActivation.DerivativeFromValue => true;

    void IVectorActivation.Both<L, V>(V z, out V value, out V derivative) => throw new NotSupportedException();
}

internal readonly struct VectorTanh : IFromValue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : ILanes<V> where V : struct => VectorMath.Tanh<L, V>(z);

    // g' = 1 - a²
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<L, V>(V a) where L : ILanes<V> where V : struct =>
        L.MultiplyAdd(L.Subtract(L.Create(0), a), a, L.Create(1));
}

internal readonly struct VectorSigmoid : IFromValue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : ILanes<V> where V : struct => VectorMath.Sigmoid<L, V>(z);

    // g' = a (1 - a)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<L, V>(V a) where L : ILanes<V> where V : struct =>
        L.Multiply(a, L.Subtract(L.Create(1), a));
}

internal readonly struct VectorReLU : IFromValue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : ILanes<V> where V : struct => L.Max(L.Create(0), z);

    // g' = 1 for a > 0, else 0
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<L, V>(V a) where L : ILanes<V> where V : struct =>
        L.WherePositive(a, L.Create(1), L.Create(0));
}

internal readonly struct VectorLeakyReLU : IFromValue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : ILanes<V> where V : struct =>
        L.WherePositive(z, z, L.Multiply(z, L.Create((float)LeakyReLU.Slope)));

    // g' = 1 for a > 0, else the slope
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<L, V>(V a) where L : ILanes<V> where V : struct =>
        L.WherePositive(a, L.Create(1), L.Create((float)LeakyReLU.Slope));
}

internal readonly struct VectorElu : IFromValue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : ILanes<V> where V : struct =>
        L.WherePositive(z, z, VectorMath.ExpM1OfNegative<L, V>(L.Min(L.Create(0), z)));

    // g' = 1 for a > 0, else e^z = a + 1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<L, V>(V a) where L : ILanes<V> where V : struct =>
        L.WherePositive(a, L.Create(1), L.Add(a, L.Create(1)));
}

internal readonly struct VectorSoftplus : IFromValue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : ILanes<V> where V : struct => VectorMath.Softplus<L, V>(z);

    // g' = sigmoid z = 1 - e^-a
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<L, V>(V a) where L : ILanes<V> where V : struct =>
        L.Subtract(L.Create(0), VectorMath.ExpM1OfNegative<L, V>(L.Subtract(L.Create(0), a)));
}

internal readonly struct VectorIdentity : IFromValue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<L, V>(V z) where L : ILanes<V> where V : struct => z;

    // g' = 1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<L, V>(V a) where L : ILanes<V> where V : struct =>
        L.Create(1);
}
