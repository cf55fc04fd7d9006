namespace MlNetShallowNet.Engine;

/// <summary>Two neighbouring vectors: most panels are that wide.</summary>
internal static class Pair<L, V>
    where L : ILanes<V> where V : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(ref float source, out V v0, out V v1)
    {
        v0 = L.Load(ref source);
        v1 = L.Load(ref Unsafe.Add(ref source, L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V v0, V v1, ref float target, int at = 0)
    {
        L.Store(v0, ref Unsafe.Add(ref target, at));
        L.Store(v1, ref Unsafe.Add(ref target, at + L.Count));
    }

    /// <summary>c += a b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(V a, V b0, V b1, ref V c0, ref V c1)
    {
        c0 = L.MultiplyAdd(a, b0, c0);
        c1 = L.MultiplyAdd(a, b1, c1);
    }
}
