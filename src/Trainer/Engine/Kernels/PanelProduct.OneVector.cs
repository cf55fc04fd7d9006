namespace MlNetShallowNet.Engine;

/// <content>Tiles of panels that are one vector wide.</content>
internal static partial class PanelProduct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12x1<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c0 = L.Load(ref start);
        V c1 = L.Load(ref Unsafe.Add(ref start, startStride));
        V c2 = L.Load(ref Unsafe.Add(ref start, 2 * startStride));
        V c3 = L.Load(ref Unsafe.Add(ref start, 3 * startStride));
        V c4 = L.Load(ref Unsafe.Add(ref start, 4 * startStride));
        V c5 = L.Load(ref Unsafe.Add(ref start, 5 * startStride));
        V c6 = L.Load(ref Unsafe.Add(ref start, 6 * startStride));
        V c7 = L.Load(ref Unsafe.Add(ref start, 7 * startStride));
        V c8 = L.Load(ref Unsafe.Add(ref start, 8 * startStride));
        V c9 = L.Load(ref Unsafe.Add(ref start, 9 * startStride));
        V c10 = L.Load(ref Unsafe.Add(ref start, 10 * startStride));
        V c11 = L.Load(ref Unsafe.Add(ref start, 11 * startStride));
        ref float a6 = ref Unsafe.Add(ref a, 6 * rowStride);
        nint row2 = 2 * rowStride, row3 = 3 * rowStride, row4 = 4 * rowStride, row5 = 5 * rowStride;
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b);
            c0 = L.MultiplyAdd(L.Create(a), b0, c0);
            c1 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, rowStride)), b0, c1);
            c2 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row2)), b0, c2);
            c3 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row3)), b0, c3);
            c4 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row4)), b0, c4);
            c5 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row5)), b0, c5);
            c6 = L.MultiplyAdd(L.Create(a6), b0, c6);
            c7 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a6, rowStride)), b0, c7);
            c8 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a6, row2)), b0, c8);
            c9 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a6, row3)), b0, c9);
            c10 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a6, row4)), b0, c10);
            c11 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a6, row5)), b0, c11);
            a = ref Unsafe.Add(ref a, depthStride);
            a6 = ref Unsafe.Add(ref a6, depthStride);
            b = ref Unsafe.Add(ref b, L.Count);
        }
        L.Store(c0, ref c);
        L.Store(c1, ref Unsafe.Add(ref c, L.Count));
        L.Store(c2, ref Unsafe.Add(ref c, 2 * L.Count));
        L.Store(c3, ref Unsafe.Add(ref c, 3 * L.Count));
        L.Store(c4, ref Unsafe.Add(ref c, 4 * L.Count));
        L.Store(c5, ref Unsafe.Add(ref c, 5 * L.Count));
        L.Store(c6, ref Unsafe.Add(ref c, 6 * L.Count));
        L.Store(c7, ref Unsafe.Add(ref c, 7 * L.Count));
        L.Store(c8, ref Unsafe.Add(ref c, 8 * L.Count));
        L.Store(c9, ref Unsafe.Add(ref c, 9 * L.Count));
        L.Store(c10, ref Unsafe.Add(ref c, 10 * L.Count));
        L.Store(c11, ref Unsafe.Add(ref c, 11 * L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c0 = L.Load(ref start);
        V c1 = L.Load(ref Unsafe.Add(ref start, startStride));
        V c2 = L.Load(ref Unsafe.Add(ref start, 2 * startStride));
        V c3 = L.Load(ref Unsafe.Add(ref start, 3 * startStride));
        nint row2 = 2 * rowStride, row3 = 3 * rowStride;
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b);
            c0 = L.MultiplyAdd(L.Create(a), b0, c0);
            c1 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, rowStride)), b0, c1);
            c2 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row2)), b0, c2);
            c3 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row3)), b0, c3);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, L.Count);
        }
        L.Store(c0, ref c);
        L.Store(c1, ref Unsafe.Add(ref c, L.Count));
        L.Store(c2, ref Unsafe.Add(ref c, 2 * L.Count));
        L.Store(c3, ref Unsafe.Add(ref c, 3 * L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x1<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c0 = L.Load(ref start);
        V c1 = L.Load(ref Unsafe.Add(ref start, startStride));
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b);
            c0 = L.MultiplyAdd(L.Create(a), b0, c0);
            c1 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, rowStride)), b0, c1);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, L.Count);
        }
        L.Store(c0, ref c);
        L.Store(c1, ref Unsafe.Add(ref c, L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c0 = L.Load(ref start);
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b);
            c0 = L.MultiplyAdd(L.Create(a), b0, c0);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, L.Count);
        }
        L.Store(c0, ref c);
    }
}
