namespace MlNetShallowNet.Engine;

/// <summary>
/// Elementary functions on vectors, with error bounds (tested over the range of single precision against double precision). Polynomials and
/// rational functions are minimax fits by iteratively reweighted least squares. NaN gives NaN.
/// </summary>
internal static class VectorMath
{
    private const float Log2E = 1.44269504f, Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;

    /// <summary>e^x for x &lt;= 0, relative error below 2 ulp; e^-87.3 where x is less than that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfNegative<L, V>(V x) where L : ILanes<V> where V : struct
    {
        Reduce<L, V>(x, out V power, out V rest);
        return L.MultiplyAdd(power, rest, power);
    }

    /// <summary>e^x - 1 for x &lt;= 0, relative error below 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1OfNegative<L, V>(V x) where L : ILanes<V> where V : struct
    {
        Reduce<L, V>(x, out V power, out V rest);
        return L.MultiplyAdd(power, rest, L.Subtract(power, L.Create(1)));
    }

    /// <summary>tanh x, relative error below 6 ulp, never beyond ±1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<L, V>(V x) where L : ILanes<V> where V : struct
    {
        // x P(x²) / Q(x²) on [-8, 8]; beyond, tanh differs from ±1 by less than 2.3e-7.
        x = L.Max(L.Create(-8), L.Min(L.Create(8), x));
        V u = L.Multiply(x, x);
        V p = L.MultiplyAdd(u, L.Create(1.523041426310101e-08f), L.Create(2.1894658857490867e-05f));
        V q = L.MultiplyAdd(u, L.Create(8.522445114067523e-07f), L.Create(0.0003411291691008955f));
        p = L.MultiplyAdd(p, u, L.Create(0.00357159785926342f));
        q = L.MultiplyAdd(q, u, L.Create(0.02616444230079651f));
        p = L.MultiplyAdd(p, u, L.Create(0.1344449818134308f));
        q = L.MultiplyAdd(q, u, L.Create(0.4677782654762268f));
        p = L.MultiplyAdd(p, u, L.Create(1));
        q = L.MultiplyAdd(q, u, L.Create(1));
        return L.Divide(L.Multiply(x, p), q);
    }

    /// <summary>1 / (1 + e^-x), relative error below 4 ulp for x &gt; -87.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<L, V>(V x) where L : ILanes<V> where V : struct
    {
        V e = ExpOfNegative<L, V>(L.Subtract(L.Create(0), L.Abs(x)));
        return Sigmoid<L, V>(x, e);
    }

    /// <summary>The sigmoid of x from e = e^-|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<L, V>(V x, V e) where L : ILanes<V> where V : struct =>
        L.Divide(L.WherePositive(x, L.Create(1), e), L.Add(L.Create(1), e));

    /// <summary>log(1 + t) for t in [0, 1], relative error below 4 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogP1<L, V>(V t) where L : ILanes<V> where V : struct
    {
        V p = L.MultiplyAdd(t, L.Create(0.0034172849263995886f), L.Create(0.23815761506557465f));
        V q = L.MultiplyAdd(t, L.Create(0.07528731971979141f), L.Create(0.6879364848136902f));
        p = L.MultiplyAdd(p, t, L.Create(1.066218614578247f));
        q = L.MultiplyAdd(q, t, L.Create(1.5662184953689575f));
        p = L.MultiplyAdd(p, t, L.Create(1));
        q = L.MultiplyAdd(q, t, L.Create(1));
        return L.Divide(L.Multiply(t, p), q);
    }

    /// <summary>log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), relative error below 6 ulp for x &gt; -87.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<L, V>(V x) where L : ILanes<V> where V : struct
    {
        V e = ExpOfNegative<L, V>(L.Subtract(L.Create(0), L.Abs(x)));
        return L.Add(L.Max(L.Create(0), x), LogP1<L, V>(e));
    }

    /// <summary>GELU, x Φ(x), and its derivative Φ(x) + x φ(x), of the normal distribution Φ with density φ: absolute errors below 3e-7 max(1, |x|), of negative
    /// x never more than 1.6e-6, and below 4e-7 where |x| &lt; 5 and 1.1e-6 beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gelu<L, V>(V x, out V value, out V derivative) where L : ILanes<V> where V : struct
    {
        // Both are 1/2 + x P(x²) / Q(x²) with the same Q; from 5.4 on Φ and the derivative are what they are there, and on the other side x is, too.
        V atLeast = L.Max(L.Create(-5.4f), x), t = L.Min(L.Create(5.4f), atLeast), u = L.Multiply(t, t);
        V p = L.MultiplyAdd(u, L.Create(1.3031635e-09f), L.Create(4.4072775e-07f));
        V s = L.MultiplyAdd(u, L.Create(2.3348095e-09f), L.Create(2.8438535e-07f));
        V q = L.MultiplyAdd(u, L.Create(7.1486475e-08f), L.Create(6.7896267e-06f));
        p = L.MultiplyAdd(p, u, L.Create(1.9612007e-05f));
        s = L.MultiplyAdd(s, u, L.Create(2.9681652e-05f));
        q = L.MultiplyAdd(q, u, L.Create(0.00019023193f));
        p = L.MultiplyAdd(p, u, L.Create(0.00041302215f));
        s = L.MultiplyAdd(s, u, L.Create(5.8379825e-05f));
        q = L.MultiplyAdd(q, u, L.Create(0.0034315132f));
        p = L.MultiplyAdd(p, u, L.Create(0.0066233166f));
        s = L.MultiplyAdd(s, u, L.Create(0.013864037f));
        q = L.MultiplyAdd(q, u, L.Create(0.0408238f));
        p = L.MultiplyAdd(p, u, L.Create(0.05132643f));
        s = L.MultiplyAdd(s, u, L.Create(-0.030324632f));
        q = L.MultiplyAdd(q, u, L.Create(0.29532316f));
        p = L.MultiplyAdd(p, u, L.Create(0.3989425f));
        s = L.MultiplyAdd(s, u, L.Create(0.79788405f));
        q = L.MultiplyAdd(q, u, L.Create(1));
        V r = L.Divide(t, q);
        value = L.Multiply(atLeast, L.MultiplyAdd(p, r, L.Create(0.5f)));
        derivative = L.MultiplyAdd(s, r, L.Create(0.5f));
    }

    // e^x = 2ⁿ e^r = power + power * rest, with n the whole number nearest to x / ln 2, |r| <= ln 2 / 2 and rest = e^r - 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce<L, V>(V x, out V power, out V rest) where L : ILanes<V> where V : struct
    {
        x = L.Max(L.Create(-87.33f), x);
        V n = L.Round(L.Multiply(x, L.Create(Log2E)));
        V r = L.MultiplyAdd(n, L.Create(-Ln2High), x);
        r = L.MultiplyAdd(n, L.Create(-Ln2Low), r);
        V p = L.MultiplyAdd(r, L.Create(0.0013888872927054763f), L.Create(0.008369074203073978f));
        p = L.MultiplyAdd(p, r, L.Create(0.041667137295007706f));
        p = L.MultiplyAdd(p, r, L.Create(0.16666506230831146f));
        p = L.MultiplyAdd(p, r, L.Create(0.4999999701976776f));
        p = L.MultiplyAdd(p, r, L.Create(1));
        rest = L.Multiply(p, r);
        power = L.PowerOfTwo(n);
    }
}
