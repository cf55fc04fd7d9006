namespace MlNetShallowNet.Engine;

/// <summary>A1 = g(Z1) in place, over a run of numbers, with the widest vectors even where a panel is narrower.</summary>
internal static class FlatActivation
{
    /// <summary>Z1 becomes A1.</summary>
    /// <param name="z">The first of the numbers.</param>
    /// <param name="count">How many; whole vectors of <typeparamref name="L"/>.</param>
    /// <param name="g">The activation.</param>
    /// <param name="widest">Numbers in the widest vector to be used.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<L, V, G>(ref float z, int count, G g, int widest)
        where L : ILanes<V> where V : struct where G : struct, IVectorActivation
    {
        int done = 0;
        if (widest == 16 && L.Count is 4 or 8)
            done = Run<Lanes512, Vector512<float>, G>(ref z, count, g);
        else if (widest == 8 && L.Count is 4)
            done = Run<Lanes256, Vector256<float>, G>(ref z, count, g);
        Run<L, V, G>(ref Unsafe.Add(ref z, done), count - done, g);
    }

    /// <summary>Z1 becomes A1, and g'(Z1) is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<L, V, G>(ref float z, ref float derivative, int count, G g, int widest)
        where L : ILanes<V> where V : struct where G : struct, IVectorActivation
    {
        int done = 0;
        if (widest == 16 && L.Count is 4 or 8)
            done = Run<Lanes512, Vector512<float>, G>(ref z, ref derivative, count, g);
        else if (widest == 8 && L.Count is 4)
            done = Run<Lanes256, Vector256<float>, G>(ref z, ref derivative, count, g);
        Run<L, V, G>(ref Unsafe.Add(ref z, done), ref Unsafe.Add(ref derivative, done), count - done, g);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run<L, V, G>(ref float z, int count, G g)
        where L : ILanes<V> where V : struct where G : struct, IVectorActivation
    {
        int i = 0;
        for (; i + L.Count <= count; i += L.Count)
        {
            ref float at = ref Unsafe.Add(ref z, i);
            L.Store(g.Value<L, V>(L.Load(ref at)), ref at);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run<L, V, G>(ref float z, ref float derivative, int count, G g)
        where L : ILanes<V> where V : struct where G : struct, IVectorActivation
    {
        int i = 0;
        for (; i + L.Count <= count; i += L.Count)
        {
            ref float at = ref Unsafe.Add(ref z, i);
            if (G.DerivativeFromValue) // stores apart: where the branches share variables, GELU and SiLU pass over the stack and take a tenth longer
            {
                V value = g.Value<L, V>(L.Load(ref at));
                L.Store(value, ref at);
                L.Store(g.Derivative<L, V>(value), ref Unsafe.Add(ref derivative, i));
            }
            else
            {
                g.Both<L, V>(L.Load(ref at), out V value, out V slope);
                L.Store(value, ref at);
                L.Store(slope, ref Unsafe.Add(ref derivative, i));
            }
        }
        return i;
    }
}
