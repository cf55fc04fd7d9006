namespace MlNetShallowNet.Engine;

/// <summary>
/// The operations that kernels need on one vector register, so that each kernel is written once for every width. <typeparamref name="V"/>
/// is <c>Vector512&lt;float&gt;</c>, <c>Vector256&lt;float&gt;</c>, <c>Vector128&lt;float&gt;</c> or <c>float</c>; the compiler makes
/// straight code for each.
/// </summary>
internal interface ILanes<V> where V : struct
{
    /// <summary>Numbers in a vector.</summary>
    static abstract int Count { get; }

    static abstract V Load(ref float source);

    static abstract void Store(V value, ref float target);

    /// <summary>The same number in every lane.</summary>
    static abstract V Create(float value);

    static abstract V Add(V a, V b);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V Divide(V a, V b);

    /// <summary>a b + c, in one rounding where the hardware can.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>The larger; b where either is NaN.</summary>
    static abstract V Max(V a, V b);

    /// <summary>The smaller; b where either is NaN.</summary>
    static abstract V Min(V a, V b);

    static abstract V Abs(V a);

    static abstract V Sqrt(V a);

    /// <summary>The nearest whole number.</summary>
    static abstract V Round(V a);

    /// <summary>2ⁿ for whole n from -126 to 127.</summary>
    static abstract V PowerOfTwo(V n);

    /// <summary>Lane by lane: z &gt; 0 ? a : b.</summary>
    static abstract V WherePositive(V z, V a, V b);

    /// <summary>The sum of the lanes: halves are added until one number is left, so that the order is always the same.</summary>
    static abstract float Sum(V a);

    /// <summary>Four sums at once, each as <see cref="Sum"/> gives it, to four neighbouring numbers.</summary>
    static abstract void Sum4(V a, V b, V c, V d, ref float target);
}
