namespace MlNetShallowNet.Engine;

/// <content>Tiles of panels that are one vector wide.</content>
internal static partial class PanelProduct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12x1<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c00 = L.Load(ref start);
        ref float s1 = ref Unsafe.Add(ref start, startStride);
        V c10 = L.Load(ref s1);
        ref float s2 = ref Unsafe.Add(ref start, 2 * startStride);
        V c20 = L.Load(ref s2);
        ref float s3 = ref Unsafe.Add(ref start, 3 * startStride);
        V c30 = L.Load(ref s3);
        ref float s4 = ref Unsafe.Add(ref start, 4 * startStride);
        V c40 = L.Load(ref s4);
        ref float s5 = ref Unsafe.Add(ref start, 5 * startStride);
        V c50 = L.Load(ref s5);
        ref float s6 = ref Unsafe.Add(ref start, 6 * startStride);
        V c60 = L.Load(ref s6);
        ref float s7 = ref Unsafe.Add(ref start, 7 * startStride);
        V c70 = L.Load(ref s7);
        ref float s8 = ref Unsafe.Add(ref start, 8 * startStride);
        V c80 = L.Load(ref s8);
        ref float s9 = ref Unsafe.Add(ref start, 9 * startStride);
        V c90 = L.Load(ref s9);
        ref float s10 = ref Unsafe.Add(ref start, 10 * startStride);
        V c100 = L.Load(ref s10);
        ref float s11 = ref Unsafe.Add(ref start, 11 * startStride);
        V c110 = L.Load(ref s11);
        ref float a6 = ref Unsafe.Add(ref a, 6 * rowStride);
        nint row2 = 2 * rowStride, row3 = 3 * rowStride, row4 = 4 * rowStride, row5 = 5 * rowStride;
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b);
            c00 = L.MultiplyAdd(L.Create(a), b0, c00);
            c10 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, rowStride)), b0, c10);
            c20 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row2)), b0, c20);
            c30 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row3)), b0, c30);
            c40 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row4)), b0, c40);
            c50 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row5)), b0, c50);
            c60 = L.MultiplyAdd(L.Create(a6), b0, c60);
            c70 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a6, rowStride)), b0, c70);
            c80 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a6, row2)), b0, c80);
            c90 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a6, row3)), b0, c90);
            c100 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a6, row4)), b0, c100);
            c110 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a6, row5)), b0, c110);
            a = ref Unsafe.Add(ref a, depthStride);
            a6 = ref Unsafe.Add(ref a6, depthStride);
            b = ref Unsafe.Add(ref b, L.Count);
        }
        L.Store(c00, ref c);
        L.Store(c10, ref Unsafe.Add(ref c, L.Count));
        L.Store(c20, ref Unsafe.Add(ref c, 2 * L.Count));
        L.Store(c30, ref Unsafe.Add(ref c, 3 * L.Count));
        L.Store(c40, ref Unsafe.Add(ref c, 4 * L.Count));
        L.Store(c50, ref Unsafe.Add(ref c, 5 * L.Count));
        L.Store(c60, ref Unsafe.Add(ref c, 6 * L.Count));
        L.Store(c70, ref Unsafe.Add(ref c, 7 * L.Count));
        L.Store(c80, ref Unsafe.Add(ref c, 8 * L.Count));
        L.Store(c90, ref Unsafe.Add(ref c, 9 * L.Count));
        L.Store(c100, ref Unsafe.Add(ref c, 10 * L.Count));
        L.Store(c110, ref Unsafe.Add(ref c, 11 * L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c00 = L.Load(ref start);
        ref float s1 = ref Unsafe.Add(ref start, startStride);
        V c10 = L.Load(ref s1);
        ref float s2 = ref Unsafe.Add(ref start, 2 * startStride);
        V c20 = L.Load(ref s2);
        ref float s3 = ref Unsafe.Add(ref start, 3 * startStride);
        V c30 = L.Load(ref s3);
        nint row2 = 2 * rowStride, row3 = 3 * rowStride;
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b);
            c00 = L.MultiplyAdd(L.Create(a), b0, c00);
            c10 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, rowStride)), b0, c10);
            c20 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row2)), b0, c20);
            c30 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, row3)), b0, c30);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, L.Count);
        }
        L.Store(c00, ref c);
        L.Store(c10, ref Unsafe.Add(ref c, L.Count));
        L.Store(c20, ref Unsafe.Add(ref c, 2 * L.Count));
        L.Store(c30, ref Unsafe.Add(ref c, 3 * L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x1<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c00 = L.Load(ref start);
        ref float s1 = ref Unsafe.Add(ref start, startStride);
        V c10 = L.Load(ref s1);
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b);
            c00 = L.MultiplyAdd(L.Create(a), b0, c00);
            c10 = L.MultiplyAdd(L.Create(Unsafe.Add(ref a, rowStride)), b0, c10);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, L.Count);
        }
        L.Store(c00, ref c);
        L.Store(c10, ref Unsafe.Add(ref c, L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c00 = L.Load(ref start);
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b);
            c00 = L.MultiplyAdd(L.Create(a), b0, c00);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, L.Count);
        }
        L.Store(c00, ref c);
    }
}
