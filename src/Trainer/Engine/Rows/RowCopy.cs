namespace MlNetShallowNet.Engine;

/// <summary>
/// Copies scattered rows next to each other. Written out in vectors because the reads, which mostly miss the caches, overlap as far as the
/// processor sees ahead: a call per row would halve that.
/// </summary>
internal static class RowCopy
{
    /// <summary>Copies rows of <paramref name="features"/> numbers.</summary>
    /// <param name="values">All rows, one after another.</param>
    /// <param name="selection">Which rows.</param>
    /// <param name="features">D.</param>
    /// <param name="packed">Where they go.</param>
    /// <param name="stride">Distance between rows there.</param>
    /// <param name="lanes">Numbers in a vector.</param>
    public static void Copy(
        ReadOnlySpan<float> values, RowSelection selection, int features, Span<float> packed, int stride, int lanes)
    {
        int count = selection.Count;
        if (packed.Length < (long)(count - 1) * stride + features)
            throw new ArgumentException($"{count} rows at a distance of {stride} need more room than {packed.Length}.");
        if (lanes == 16 && features >= 16)
            Copy<Lanes512, Vector512<float>>(values, selection, features, packed, stride);
        else if (lanes >= 8 && features >= 8)
            Copy<Lanes256, Vector256<float>>(values, selection, features, packed, stride);
        else if (lanes >= 4 && features >= 4)
            Copy<Lanes128, Vector128<float>>(values, selection, features, packed, stride);
        else
            Copy<Lanes1, float>(values, selection, features, packed, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<L, V>(
        ReadOnlySpan<float> values, RowSelection selection, int features, Span<float> packed, int stride)
        where L : ILanes<V> where V : struct
    {
        int last = features - L.Count; // the last vector of a row may overlap the one before
        ref float target = ref MemoryMarshal.GetReference(packed);
        for (int i = 0; i < selection.Count; i++)
        {
            ref float source = ref MemoryMarshal.GetReference(values.Slice(selection[i] * features, features));
            int d = 0;
            for (; d < last; d += L.Count)
                L.Store(L.Load(ref Unsafe.Add(ref source, d)), ref Unsafe.Add(ref target, d));
            L.Store(L.Load(ref Unsafe.Add(ref source, last)), ref Unsafe.Add(ref target, last));
            target = ref Unsafe.Add(ref target, stride);
        }
    }
}
