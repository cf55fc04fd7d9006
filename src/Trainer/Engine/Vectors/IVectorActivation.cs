namespace MlNetShallowNet.Engine;

/// <summary>An activation on vectors: what <see cref="IActivation"/> is on numbers.</summary>
internal interface IVectorActivation
{
    /// <summary>Whether g' can be computed from a = g(z), so that dZ1 can take the place of A1 and z need not be kept.</summary>
    static abstract bool DerivativeFromValue { get; }

    /// <summary>g(z).</summary>
    V Value<L, V>(V z) where L : ILanes<V> where V : struct;

    /// <summary>g'(z) from a = g(z); only where <see cref="DerivativeFromValue"/>.</summary>
    V Derivative<L, V>(V a) where L : ILanes<V> where V : struct;

    /// <summary>g(z) and g'(z) from z; only where not <see cref="DerivativeFromValue"/>.</summary>
    void Both<L, V>(V z, out V value, out V derivative) where L : ILanes<V> where V : struct;
}
