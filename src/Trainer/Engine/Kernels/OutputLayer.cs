namespace MlNetShallowNet.Engine;

/// <summary>The output unit on a block of rows: A2, dZ2 and the loss from Z2.</summary>
internal static class OutputLayer
{
    /// <summary>Blocks are padded to this many rows; added rows have weight 0.</summary>
    public const int RowMultiple = 16;

    /// <summary>
    /// A2 = sigmoid(Z2), dZ2 = w (A2 - Y), and the sum of w L, with L = max(z2, 0) - y z2 + log(1 + e^-|z2|), which never overflows.
    /// </summary>
    /// <param name="z2">Z2, without b2; replaced by dZ2. A multiple of <see cref="RowMultiple"/>, as the other spans.</param>
    /// <param name="b2">b2.</param>
    /// <param name="y">The labels.</param>
    /// <param name="w">The weights.</param>
    /// <param name="lanes">Numbers in a vector.</param>
    /// <param name="db2">The sum of dZ2.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Backward(Span<float> z2, float b2, ReadOnlySpan<float> y, ReadOnlySpan<float> w, int lanes, out float db2) => lanes switch
    {
        16 => Backward<Lanes512, Vector512<float>>(z2, b2, y, w, out db2),
        8 => Backward<Lanes256, Vector256<float>>(z2, b2, y, w, out db2),
        4 => Backward<Lanes128, Vector128<float>>(z2, b2, y, w, out db2),
        _ => Backward<Lanes1, float>(z2, b2, y, w, out db2),
    };

    /// <summary>The same with the vectors given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Backward<L, V>(Span<float> z2, float b2, ReadOnlySpan<float> y, ReadOnlySpan<float> w, out float db2)
        where L : ILanes<V> where V : struct
    {
        int count = z2.Length;
        if (y.Length < count || w.Length < count || count % RowMultiple != 0)
        {
            throw new ArgumentException(
                $"Expected {RowMultiple} n labels and weights for as many scores; found {y.Length}, {w.Length} and {count}.");
        }
        ref float firstZ = ref MemoryMarshal.GetReference(z2);
        ref float firstY = ref MemoryMarshal.GetReference(y);
        ref float firstW = ref MemoryMarshal.GetReference(w);
        V sum = L.Create(0), sumOfDZ2 = L.Create(0);
        for (int i = 0; i < count; i += L.Count)
        {
            V z = L.Add(L.Load(ref Unsafe.Add(ref firstZ, i)), L.Create(b2));
            V label = L.Load(ref Unsafe.Add(ref firstY, i));
            V weight = L.Load(ref Unsafe.Add(ref firstW, i));
            V loss = Loss<L, V>(z, label, out V error), dZ2 = L.Multiply(weight, error);
            sum = L.MultiplyAdd(weight, loss, sum);
            sumOfDZ2 = L.Add(sumOfDZ2, dZ2);
            L.Store(dZ2, ref Unsafe.Add(ref firstZ, i));
        }
        db2 = L.Sum(sumOfDZ2);
        return L.Sum(sum);
    }

    /// <summary>The loss max(z, 0) - y z + log(1 + e^-|z|) of scores z, and their errors sigmoid(z) - y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Loss<L, V>(V z, V y, out V error) where L : ILanes<V> where V : struct
    {
        V e = VectorMath.ExpOfNegative<L, V>(L.Subtract(L.Create(0), L.Abs(z)));
        error = L.Subtract(VectorMath.Sigmoid<L, V>(z, e), y);
        return L.Add(L.MultiplyAdd(L.Subtract(L.Create(0), y), z, L.Max(L.Create(0), z)), VectorMath.LogP1<L, V>(e));
    }
}
