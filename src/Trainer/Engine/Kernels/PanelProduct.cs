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
        Pair<L, V>.Load(ref start, out V c00, out V c01);
        Pair<L, V>.Load(ref Unsafe.Add(ref start, startStride), out V c10, out V c11);
        Pair<L, V>.Load(ref Unsafe.Add(ref start, 2 * startStride), out V c20, out V c21);
        Pair<L, V>.Load(ref Unsafe.Add(ref start, 3 * startStride), out V c30, out V c31);
        Pair<L, V>.Load(ref Unsafe.Add(ref start, 4 * startStride), out V c40, out V c41);
        Pair<L, V>.Load(ref Unsafe.Add(ref start, 5 * startStride), out V c50, out V c51);
        nint row2 = 2 * rowStride, row3 = 3 * rowStride, row4 = 4 * rowStride, row5 = 5 * rowStride;
        for (; depth > 0; depth--)
        {
            Pair<L, V>.Load(ref b, out V b0, out V b1);
            Pair<L, V>.Add(L.Create(a), b0, b1, ref c00, ref c01);
            Pair<L, V>.Add(L.Create(Unsafe.Add(ref a, rowStride)), b0, b1, ref c10, ref c11);
            Pair<L, V>.Add(L.Create(Unsafe.Add(ref a, row2)), b0, b1, ref c20, ref c21);
            Pair<L, V>.Add(L.Create(Unsafe.Add(ref a, row3)), b0, b1, ref c30, ref c31);
            Pair<L, V>.Add(L.Create(Unsafe.Add(ref a, row4)), b0, b1, ref c40, ref c41);
            Pair<L, V>.Add(L.Create(Unsafe.Add(ref a, row5)), b0, b1, ref c50, ref c51);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, 2 * L.Count);
        }
        Pair<L, V>.Store(c00, c01, ref c);
        Pair<L, V>.Store(c10, c11, ref c, 2 * L.Count);
        Pair<L, V>.Store(c20, c21, ref c, 4 * L.Count);
        Pair<L, V>.Store(c30, c31, ref c, 6 * L.Count);
        Pair<L, V>.Store(c40, c41, ref c, 8 * L.Count);
        Pair<L, V>.Store(c50, c51, ref c, 10 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        Pair<L, V>.Load(ref start, out V c00, out V c01);
        Pair<L, V>.Load(ref Unsafe.Add(ref start, startStride), out V c10, out V c11);
        Pair<L, V>.Load(ref Unsafe.Add(ref start, 2 * startStride), out V c20, out V c21);
        Pair<L, V>.Load(ref Unsafe.Add(ref start, 3 * startStride), out V c30, out V c31);
        nint row2 = 2 * rowStride, row3 = 3 * rowStride;
        for (; depth > 0; depth--)
        {
            Pair<L, V>.Load(ref b, out V b0, out V b1);
            Pair<L, V>.Add(L.Create(a), b0, b1, ref c00, ref c01);
            Pair<L, V>.Add(L.Create(Unsafe.Add(ref a, rowStride)), b0, b1, ref c10, ref c11);
            Pair<L, V>.Add(L.Create(Unsafe.Add(ref a, row2)), b0, b1, ref c20, ref c21);
            Pair<L, V>.Add(L.Create(Unsafe.Add(ref a, row3)), b0, b1, ref c30, ref c31);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, 2 * L.Count);
        }
        Pair<L, V>.Store(c00, c01, ref c);
        Pair<L, V>.Store(c10, c11, ref c, 2 * L.Count);
        Pair<L, V>.Store(c20, c21, ref c, 4 * L.Count);
        Pair<L, V>.Store(c30, c31, ref c, 6 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x2<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        Pair<L, V>.Load(ref start, out V c00, out V c01);
        Pair<L, V>.Load(ref Unsafe.Add(ref start, startStride), out V c10, out V c11);
        for (; depth > 0; depth--)
        {
            Pair<L, V>.Load(ref b, out V b0, out V b1);
            Pair<L, V>.Add(L.Create(a), b0, b1, ref c00, ref c01);
            Pair<L, V>.Add(L.Create(Unsafe.Add(ref a, rowStride)), b0, b1, ref c10, ref c11);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, 2 * L.Count);
        }
        Pair<L, V>.Store(c00, c01, ref c);
        Pair<L, V>.Store(c10, c11, ref c, 2 * L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x2<L, V>(
        int depth, ref float a, nint rowStride, nint depthStride, ref float b, ref float start, nint startStride, ref float c)
        where L : ILanes<V> where V : struct
    {
        Pair<L, V>.Load(ref start, out V c00, out V c01);
        for (; depth > 0; depth--)
        {
            Pair<L, V>.Load(ref b, out V b0, out V b1);
            Pair<L, V>.Add(L.Create(a), b0, b1, ref c00, ref c01);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, 2 * L.Count);
        }
        Pair<L, V>.Store(c00, c01, ref c);
    }
}
