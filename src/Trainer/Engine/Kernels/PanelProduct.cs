namespace MlNetShallowNet.Engine;

/// <summary>
/// The matrix product behind three of the six equations: C = S + A B, where B and C are as wide as a panel (one or two vectors) and their
/// rows follow one another, and A is read number by number. Each number of C is one chain of multiply-adds in the order of the depth, so it
/// does not depend on how the work is cut. Tiles of C stay in registers: six rows of two vectors are enough chains to keep the
/// multiply-add units busy.
/// </summary>
internal static partial class PanelProduct
{
    /// <summary>Rows of the largest tile of a panel that is so many vectors wide.</summary>
    public static int RowsOfTile(int vectors) => vectors == 2 ? 6 : 12;

    /// <summary>C (rows x width) = S (rows x width) + A (rows x depth) B (depth x width).</summary>
    /// <param name="rows">Rows of A, S and C.</param>
    /// <param name="vectors">Vectors in a row of B and C: 1 or 2.</param>
    /// <param name="depth">Columns of A and rows of B.</param>
    /// <param name="a">A's first number; the one at (r, k) is <c>r * rowStride + k * depthStride</c> further.</param>
    /// <param name="rowStride">Distance between rows of A.</param>
    /// <param name="depthStride">Distance between columns of A.</param>
    /// <param name="b">B.</param>
    /// <param name="start">S; a bias or zeros where <paramref name="startStride"/> is 0, C itself to add to it.</param>
    /// <param name="startStride">Distance between rows of S.</param>
    /// <param name="c">C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<L, V>(
        int rows, int vectors, int depth, ref float a, nint rowStride, nint depthStride, ref float b,
        ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        nint width = vectors * L.Count;
        int row = 0;
        if (vectors == 2)
        {
            for (; row + 6 <= rows; row += 6)
                Tile6x2<L, V>(depth, ref Row(ref a, row, rowStride), rowStride, depthStride,
                    ref b, ref Row(ref start, row, startStride), startStride, ref Row(ref c, row, width));
            for (; row + 4 <= rows; row += 4)
                Tile4x2<L, V>(depth, ref Row(ref a, row, rowStride), rowStride, depthStride,
                    ref b, ref Row(ref start, row, startStride), startStride, ref Row(ref c, row, width));
            for (; row + 2 <= rows; row += 2)
                Tile2x2<L, V>(depth, ref Row(ref a, row, rowStride), rowStride, depthStride,
                    ref b, ref Row(ref start, row, startStride), startStride, ref Row(ref c, row, width));
            for (; row + 1 <= rows; row += 1)
                Tile1x2<L, V>(depth, ref Row(ref a, row, rowStride), rowStride, depthStride,
                    ref b, ref Row(ref start, row, startStride), startStride, ref Row(ref c, row, width));
        }
        else
        {
            for (; row + 12 <= rows; row += 12)
                Tile12x1<L, V>(depth, ref Row(ref a, row, rowStride), rowStride, depthStride,
                    ref b, ref Row(ref start, row, startStride), startStride, ref Row(ref c, row, width));
            for (; row + 4 <= rows; row += 4)
                Tile4x1<L, V>(depth, ref Row(ref a, row, rowStride), rowStride, depthStride,
                    ref b, ref Row(ref start, row, startStride), startStride, ref Row(ref c, row, width));
            for (; row + 2 <= rows; row += 2)
                Tile2x1<L, V>(depth, ref Row(ref a, row, rowStride), rowStride, depthStride,
                    ref b, ref Row(ref start, row, startStride), startStride, ref Row(ref c, row, width));
            for (; row + 1 <= rows; row += 1)
                Tile1x1<L, V>(depth, ref Row(ref a, row, rowStride), rowStride, depthStride,
                    ref b, ref Row(ref start, row, startStride), startStride, ref Row(ref c, row, width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float Row(ref float first, int row, nint stride) => ref Unsafe.Add(ref first, row * stride);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x2<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c00 = L.Load(ref start), c01 = L.Load(ref Unsafe.Add(ref start, L.Count));
        ref float s1 = ref Unsafe.Add(ref start, startStride);
        V c10 = L.Load(ref s1), c11 = L.Load(ref Unsafe.Add(ref s1, L.Count));
        ref float s2 = ref Unsafe.Add(ref start, 2 * startStride);
        V c20 = L.Load(ref s2), c21 = L.Load(ref Unsafe.Add(ref s2, L.Count));
        ref float s3 = ref Unsafe.Add(ref start, 3 * startStride);
        V c30 = L.Load(ref s3), c31 = L.Load(ref Unsafe.Add(ref s3, L.Count));
        ref float s4 = ref Unsafe.Add(ref start, 4 * startStride);
        V c40 = L.Load(ref s4), c41 = L.Load(ref Unsafe.Add(ref s4, L.Count));
        ref float s5 = ref Unsafe.Add(ref start, 5 * startStride);
        V c50 = L.Load(ref s5), c51 = L.Load(ref Unsafe.Add(ref s5, L.Count));
        nint row2 = 2 * rowStride, row3 = 3 * rowStride, row4 = 4 * rowStride, row5 = 5 * rowStride;
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b), b1 = L.Load(ref Unsafe.Add(ref b, L.Count));
            V x = L.Create(a);
            c00 = L.MultiplyAdd(x, b0, c00);
            c01 = L.MultiplyAdd(x, b1, c01);
            x = L.Create(Unsafe.Add(ref a, rowStride));
            c10 = L.MultiplyAdd(x, b0, c10);
            c11 = L.MultiplyAdd(x, b1, c11);
            x = L.Create(Unsafe.Add(ref a, row2));
            c20 = L.MultiplyAdd(x, b0, c20);
            c21 = L.MultiplyAdd(x, b1, c21);
            x = L.Create(Unsafe.Add(ref a, row3));
            c30 = L.MultiplyAdd(x, b0, c30);
            c31 = L.MultiplyAdd(x, b1, c31);
            x = L.Create(Unsafe.Add(ref a, row4));
            c40 = L.MultiplyAdd(x, b0, c40);
            c41 = L.MultiplyAdd(x, b1, c41);
            x = L.Create(Unsafe.Add(ref a, row5));
            c50 = L.MultiplyAdd(x, b0, c50);
            c51 = L.MultiplyAdd(x, b1, c51);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, 2 * L.Count);
        }
        L.Store(c00, ref c);
        L.Store(c01, ref Unsafe.Add(ref c, L.Count));
        L.Store(c10, ref Unsafe.Add(ref c, 2 * L.Count));
        L.Store(c11, ref Unsafe.Add(ref c, 3 * L.Count));
        L.Store(c20, ref Unsafe.Add(ref c, 4 * L.Count));
        L.Store(c21, ref Unsafe.Add(ref c, 5 * L.Count));
        L.Store(c30, ref Unsafe.Add(ref c, 6 * L.Count));
        L.Store(c31, ref Unsafe.Add(ref c, 7 * L.Count));
        L.Store(c40, ref Unsafe.Add(ref c, 8 * L.Count));
        L.Store(c41, ref Unsafe.Add(ref c, 9 * L.Count));
        L.Store(c50, ref Unsafe.Add(ref c, 10 * L.Count));
        L.Store(c51, ref Unsafe.Add(ref c, 11 * L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c00 = L.Load(ref start), c01 = L.Load(ref Unsafe.Add(ref start, L.Count));
        ref float s1 = ref Unsafe.Add(ref start, startStride);
        V c10 = L.Load(ref s1), c11 = L.Load(ref Unsafe.Add(ref s1, L.Count));
        ref float s2 = ref Unsafe.Add(ref start, 2 * startStride);
        V c20 = L.Load(ref s2), c21 = L.Load(ref Unsafe.Add(ref s2, L.Count));
        ref float s3 = ref Unsafe.Add(ref start, 3 * startStride);
        V c30 = L.Load(ref s3), c31 = L.Load(ref Unsafe.Add(ref s3, L.Count));
        nint row2 = 2 * rowStride, row3 = 3 * rowStride;
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b), b1 = L.Load(ref Unsafe.Add(ref b, L.Count));
            V x = L.Create(a);
            c00 = L.MultiplyAdd(x, b0, c00);
            c01 = L.MultiplyAdd(x, b1, c01);
            x = L.Create(Unsafe.Add(ref a, rowStride));
            c10 = L.MultiplyAdd(x, b0, c10);
            c11 = L.MultiplyAdd(x, b1, c11);
            x = L.Create(Unsafe.Add(ref a, row2));
            c20 = L.MultiplyAdd(x, b0, c20);
            c21 = L.MultiplyAdd(x, b1, c21);
            x = L.Create(Unsafe.Add(ref a, row3));
            c30 = L.MultiplyAdd(x, b0, c30);
            c31 = L.MultiplyAdd(x, b1, c31);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, 2 * L.Count);
        }
        L.Store(c00, ref c);
        L.Store(c01, ref Unsafe.Add(ref c, L.Count));
        L.Store(c10, ref Unsafe.Add(ref c, 2 * L.Count));
        L.Store(c11, ref Unsafe.Add(ref c, 3 * L.Count));
        L.Store(c20, ref Unsafe.Add(ref c, 4 * L.Count));
        L.Store(c21, ref Unsafe.Add(ref c, 5 * L.Count));
        L.Store(c30, ref Unsafe.Add(ref c, 6 * L.Count));
        L.Store(c31, ref Unsafe.Add(ref c, 7 * L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x2<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c00 = L.Load(ref start), c01 = L.Load(ref Unsafe.Add(ref start, L.Count));
        ref float s1 = ref Unsafe.Add(ref start, startStride);
        V c10 = L.Load(ref s1), c11 = L.Load(ref Unsafe.Add(ref s1, L.Count));
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b), b1 = L.Load(ref Unsafe.Add(ref b, L.Count));
            V x = L.Create(a);
            c00 = L.MultiplyAdd(x, b0, c00);
            c01 = L.MultiplyAdd(x, b1, c01);
            x = L.Create(Unsafe.Add(ref a, rowStride));
            c10 = L.MultiplyAdd(x, b0, c10);
            c11 = L.MultiplyAdd(x, b1, c11);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, 2 * L.Count);
        }
        L.Store(c00, ref c);
        L.Store(c01, ref Unsafe.Add(ref c, L.Count));
        L.Store(c10, ref Unsafe.Add(ref c, 2 * L.Count));
        L.Store(c11, ref Unsafe.Add(ref c, 3 * L.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x2<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        V c00 = L.Load(ref start), c01 = L.Load(ref Unsafe.Add(ref start, L.Count));
        for (; depth > 0; depth--)
        {
            V b0 = L.Load(ref b), b1 = L.Load(ref Unsafe.Add(ref b, L.Count));
            V x = L.Create(a);
            c00 = L.MultiplyAdd(x, b0, c00);
            c01 = L.MultiplyAdd(x, b1, c01);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, 2 * L.Count);
        }
        L.Store(c00, ref c);
        L.Store(c01, ref Unsafe.Add(ref c, L.Count));
    }
}
