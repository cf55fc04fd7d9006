namespace MlNetShallowNet.Engine;

/// <summary>Products whose left factor is sparse, over one or two vectors.</summary>
internal static class SparseProduct
{
    /// <summary>c (width) += the sum of values[k] * b[indices[k]] (width).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRow<L, V>(int vectors, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, ref float b, nint width, ref float c)
        where L : ILanes<V> where V : struct
    {
        values = values[..indices.Length];
        V c0 = L.Load(ref c);
        if (vectors == 2)
        {
            V c1 = L.Load(ref Unsafe.Add(ref c, L.Count));
            for (int k = 0; k < indices.Length; k++)
                Add<L, V>(indices[k], values[k], ref b, width, ref c0, ref c1);
            L.Store(c1, ref Unsafe.Add(ref c, L.Count));
        }
        else
        {
            for (int k = 0; k < indices.Length; k++)
                Add<L, V>(indices[k], values[k], ref b, width, ref c0);
        }
        L.Store(c0, ref c);
    }

    /// <summary>
    /// C (rows x width) = (S (rows x width, or one row for all) + X B over the columns of X below a bound) + X B over the others, for
    /// neighbouring sparse rows of X.
    /// </summary>
    /// <remarks>Rows of mixed tables have two or three non-zeros: what is done once for all rows is most of what a row would cost.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<L, V>(
        int vectors, SparseView x, int firstRow, int rows, int bound, ref float b, nint width, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        ref int index = ref MemoryMarshal.GetArrayDataReference(x.Indices);
        ref float value = ref MemoryMarshal.GetArrayDataReference(x.Values);
        ReadOnlySpan<int> starts = x.RowStarts.AsSpan(firstRow, rows + 1);
        int k = starts[0];
        for (int i = 1; i < starts.Length; i++)
        {
            int end = starts[i];
            V c0 = L.Load(ref start), d0 = L.Create(0);
            if (vectors == 2)
            {
                V c1 = L.Load(ref Unsafe.Add(ref start, L.Count)), d1 = L.Create(0);
                for (; k < end && Unsafe.Add(ref index, k) < bound; k++)
                    Add<L, V>(Unsafe.Add(ref index, k), Unsafe.Add(ref value, k), ref b, width, ref c0, ref c1);
                for (; k < end; k++)
                    Add<L, V>(Unsafe.Add(ref index, k), Unsafe.Add(ref value, k), ref b, width, ref d0, ref d1);
                L.Store(L.Add(c1, d1), ref Unsafe.Add(ref c, L.Count));
            }
            else
            {
                for (; k < end && Unsafe.Add(ref index, k) < bound; k++)
                    Add<L, V>(Unsafe.Add(ref index, k), Unsafe.Add(ref value, k), ref b, width, ref c0);
                for (; k < end; k++)
                    Add<L, V>(Unsafe.Add(ref index, k), Unsafe.Add(ref value, k), ref b, width, ref d0);
            }
            L.Store(L.Add(c0, d0), ref c);
            start = ref Unsafe.Add(ref start, startStride);
            c = ref Unsafe.Add(ref c, width);
        }
    }

    /// <summary>B += Xᵀ A for neighbouring sparse rows of X and the same rows of A.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddOuter<L, V>(int vectors, SparseView x, int firstRow, int rows, ref float a, ref float b, nint width)
        where L : ILanes<V> where V : struct
    {
        ref int index = ref MemoryMarshal.GetArrayDataReference(x.Indices);
        ref float value = ref MemoryMarshal.GetArrayDataReference(x.Values);
        ReadOnlySpan<int> starts = x.RowStarts.AsSpan(firstRow, rows + 1);
        int k = starts[0];
        for (int i = 1; i < starts.Length; i++)
        {
            int end = starts[i];
            V a0 = L.Load(ref a), a1 = vectors == 2 ? L.Load(ref Unsafe.Add(ref a, L.Count)) : a0;
            for (; k < end; k++)
            {
                ref float row = ref Unsafe.Add(ref b, Unsafe.Add(ref index, k) * width);
                V v = L.Create(Unsafe.Add(ref value, k));
                L.Store(L.MultiplyAdd(v, a0, L.Load(ref row)), ref row);
                if (vectors == 2)
                {
                    row = ref Unsafe.Add(ref row, L.Count);
                    L.Store(L.MultiplyAdd(v, a1, L.Load(ref row)), ref row);
                }
            }
            a = ref Unsafe.Add(ref a, width);
        }
    }

    /// <summary>
    /// Several rows of c, one after another: row i = the sum over k from starts[i] to starts[i + 1] of value * b[row] of occurrence k.
    /// </summary>
    /// <remarks>
    /// The sums have two terms or a multiple of it. Most have one that counts: to take two at a time costs less than not to foresee where
    /// each sum ends.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyByPairs<L, V>(
        int vectors, ReadOnlySpan<int> starts, ref BatchColumns.Occurrence occurrences, ref float b, nint width, ref float c)
        where L : ILanes<V> where V : struct
    {
        int at = starts[0];
        foreach (int end in starts[1..])
        {
            V c0 = L.Create(0);
            if (vectors == 2)
            {
                V c1 = L.Create(0);
                for (; at < end; at += 2)
                {
                    ref BatchColumns.Occurrence x = ref Unsafe.Add(ref occurrences, at);
                    Add<L, V>(x.Row, x.Value, ref b, width, ref c0, ref c1);
                    x = ref Unsafe.Add(ref x, 1);
                    Add<L, V>(x.Row, x.Value, ref b, width, ref c0, ref c1);
                }
                L.Store(c1, ref Unsafe.Add(ref c, L.Count));
            }
            else
            {
                for (; at < end; at += 2)
                {
                    ref BatchColumns.Occurrence x = ref Unsafe.Add(ref occurrences, at);
                    Add<L, V>(x.Row, x.Value, ref b, width, ref c0);
                    x = ref Unsafe.Add(ref x, 1);
                    Add<L, V>(x.Row, x.Value, ref b, width, ref c0);
                }
            }
            L.Store(c0, ref c);
            c = ref Unsafe.Add(ref c, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<L, V>(int index, float value, ref float b, nint width, ref V c) where L : ILanes<V> where V : struct =>
        c = L.MultiplyAdd(L.Create(value), L.Load(ref Unsafe.Add(ref b, index * width)), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<L, V>(int index, float value, ref float b, nint width, ref V c0, ref V c1)
        where L : ILanes<V> where V : struct
    {
        V x = L.Create(value);
        ref float row = ref Unsafe.Add(ref b, index * width);
        c0 = L.MultiplyAdd(x, L.Load(ref row), c0);
        c1 = L.MultiplyAdd(x, L.Load(ref Unsafe.Add(ref row, L.Count)), c1);
    }
}
