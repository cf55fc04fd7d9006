using System.Runtime.Intrinsics.X86;

namespace MlNetShallowNet.Engine;

/// <summary>
/// Asks for memory before it is needed. Rows in random order mostly miss the caches, and the processor sees no further ahead than a few of
/// them; a block asked for while the one before it is worked on has arrived when its turn comes. A hint without effect on results; where the
/// hardware has none, nothing happens.
/// </summary>
internal static class Prefetch
{
    private const int LineNumbers = 64 / sizeof(float);

    /// <summary>Whether there is such a hint.</summary>
    public static bool IsSupported => Sse.IsSupported;

    /// <summary>Asks for the cache lines that hold these numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Numbers(ref float first, int count)
    {
        AlignedNumbers(ref first, count);
        Number(ref Unsafe.Add(ref first, count - 1));
    }

    /// <summary>Asks for the cache lines that hold these numbers, the first of which begins one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AlignedNumbers(ref float first, int count)
    {
        for (int i = 0; i < count; i += LineNumbers)
            Number(ref Unsafe.Add(ref first, i));
    }

    /// <summary>Asks for the cache line that holds this number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Number<T>(ref T number) where T : struct
    {
        // The one place where a pointer is needed: the hint takes nothing else. It reads nothing and never fails, so the address need not stay.
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref number));
    }
}
