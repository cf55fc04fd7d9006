using System.Runtime.CompilerServices;

namespace MlNetShallowNet.Engine;

/// <summary>One row of a product whose left factor is sparse: c = s + the sum of value * B[index], over one or two vectors.</summary>
internal static class SparseProduct
{
    /// <summary>c (width) = s (width) + the sum over k of values[k] * b[indices[k]] (width).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<L, V>(
        int vectors, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, ref float b, nint width, ref float start, ref float c)
        where L : ILanes<V> where V : struct
    {
        values = values[..indices.Length];
        V c0 = L.Load(ref start);
        if (vectors == 2)
        {
            V c1 = L.Load(ref Unsafe.Add(ref start, L.Count));
            for (int k = 0; k < indices.Length; k++)
            {
                ref float row = ref Unsafe.Add(ref b, indices[k] * width);
                V x = L.Create(values[k]);
                c0 = L.MultiplyAdd(x, L.Load(ref row), c0);
                c1 = L.MultiplyAdd(x, L.Load(ref Unsafe.Add(ref row, L.Count)), c1);
            }
            L.Store(c1, ref Unsafe.Add(ref c, L.Count));
        }
        else
        {
            for (int k = 0; k < indices.Length; k++)
                c0 = L.MultiplyAdd(L.Create(values[k]), L.Load(ref Unsafe.Add(ref b, indices[k] * width)), c0);
        }
        L.Store(c0, ref c);
    }
}
