using System.Numerics;

namespace MlNetShallowNet.Engine;

/// <summary>
/// The products that linear algebra's first level is made of. Compiled at once in full: the general ones of System.Numerics.Tensors are
/// many methods, which a first fit would compile and then run unoptimised (one of 3,000 rows took a quarter longer).
/// </summary>
internal static class Products
{
    /// <summary>aᵀ b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : struct, INumber<T>
    {
        Vector<T> sums = default;
        ReadOnlySpan<Vector<T>> wholeA = Whole(a), wholeB = Whole(b[..a.Length]);
        for (int i = 0; i < wholeA.Length; i++)
            sums += wholeA[i] * wholeB[i];
        T sum = Vector.Sum(sums);
        for (int i = wholeA.Length * Vector<T>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The sum of a b c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c)
    {
        Vector<float> sums = default;
        ReadOnlySpan<Vector<float>> wholeA = Whole(a), wholeB = Whole(b[..a.Length]), wholeC = Whole(c[..a.Length]);
        for (int i = 0; i < wholeA.Length; i++)
            sums += wholeA[i] * wholeB[i] * wholeC[i];
        float sum = Vector.Sum(sums);
        for (int i = wholeA.Length * Vector<float>.Count; i < a.Length; i++)
            sum += a[i] * b[i] * c[i];
        return sum;
    }

    /// <summary>sums += factor * a * b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float factor, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> sums)
    {
        var factors = new Vector<float>(factor);
        ReadOnlySpan<Vector<float>> wholeA = Whole(a), wholeB = Whole(b[..a.Length]);
        Span<Vector<float>> wholeSums = MemoryMarshal.Cast<float, Vector<float>>(sums[..a.Length]);
        for (int i = 0; i < wholeA.Length; i++)
            wholeSums[i] += factors * wholeA[i] * wholeB[i];
        for (int i = wholeA.Length * Vector<float>.Count; i < a.Length; i++)
            sums[i] += factor * a[i] * b[i];
    }

    /// <summary>sums += factor * values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(T factor, ReadOnlySpan<T> values, Span<T> sums)
        where T : struct, INumber<T>
    {
        var factors = new Vector<T>(factor);
        ReadOnlySpan<Vector<T>> whole = Whole(values);
        Span<Vector<T>> wholeSums = MemoryMarshal.Cast<T, Vector<T>>(sums[..values.Length]);
        for (int i = 0; i < whole.Length; i++)
            wholeSums[i] += factors * whole[i];
        for (int i = whole.Length * Vector<T>.Count; i < values.Length; i++)
            sums[i] += factor * values[i];
    }

    private static ReadOnlySpan<Vector<T>> Whole<T>(ReadOnlySpan<T> numbers) where T : struct => MemoryMarshal.Cast<T, Vector<T>>(numbers);
}
