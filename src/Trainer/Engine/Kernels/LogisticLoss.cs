namespace MlNetShallowNet.Engine;

/// <summary>
/// The loss of many scores and its derivatives, as <see cref="OutputLayer"/> has them, for members that are no networks. A vector goes through all of it at once, which takes two
/// fifths of the time of library functions one after another.
/// </summary>
internal static class LogisticLoss
{
    /// <summary>dL/dz = a - y and d²L/dz² = a (1 - a), the second never less than it may be, with a = sigmoid(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Derivatives(ReadOnlySpan<float> z, ReadOnlySpan<float> y, Span<float> first, Span<float> second, float leastSecond)
    {
        int n = z.Length, i = 0;
        ref float z0 = ref MemoryMarshal.GetReference(z), y0 = ref MemoryMarshal.GetReference(y[..n]);
        ref float first0 = ref MemoryMarshal.GetReference(first[..n]), second0 = ref MemoryMarshal.GetReference(second[..n]);
        for (; i + Lanes256.Count <= n; i += Lanes256.Count)
            Derivatives<Lanes256, Vector256<float>>(ref Unsafe.Add(ref z0, i), ref Unsafe.Add(ref y0, i), ref Unsafe.Add(ref first0, i), ref Unsafe.Add(ref second0, i), leastSecond);
        for (; i < n; i++)
            Derivatives<Lanes1, float>(ref Unsafe.Add(ref z0, i), ref Unsafe.Add(ref y0, i), ref Unsafe.Add(ref first0, i), ref Unsafe.Add(ref second0, i), leastSecond);
    }

    /// <summary>From scores z to errors a - y where they stand, and the losses log(1 + e^z) - y z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Errors(Span<float> z, ReadOnlySpan<float> y, Span<float> losses)
    {
        int n = z.Length, i = 0;
        ref float z0 = ref MemoryMarshal.GetReference(z), y0 = ref MemoryMarshal.GetReference(y[..n]), losses0 = ref MemoryMarshal.GetReference(losses[..n]);
        for (; i + Lanes256.Count <= n; i += Lanes256.Count)
            Errors<Lanes256, Vector256<float>>(ref Unsafe.Add(ref z0, i), ref Unsafe.Add(ref y0, i), ref Unsafe.Add(ref losses0, i));
        for (; i < n; i++)
            Errors<Lanes1, float>(ref Unsafe.Add(ref z0, i), ref Unsafe.Add(ref y0, i), ref Unsafe.Add(ref losses0, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Derivatives<L, V>(ref float z, ref float y, ref float first, ref float second, float leastSecond) where L : ILanes<V> where V : struct
    {
        V a = VectorMath.Sigmoid<L, V>(L.Load(ref z));
        L.Store(L.Subtract(a, L.Load(ref y)), ref first);
        L.Store(L.Max(L.Create(leastSecond), L.Multiply(a, L.Subtract(L.Create(1), a))), ref second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Errors<L, V>(ref float z, ref float y, ref float loss) where L : ILanes<V> where V : struct
    {
        L.Store(OutputLayer.Loss<L, V>(L.Load(ref z), L.Load(ref y), out V error), ref loss);
        L.Store(error, ref z);
    }
}
