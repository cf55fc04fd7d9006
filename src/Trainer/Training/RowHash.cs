namespace MlNetShallowNet.Training;

/// <summary>Random numbers that belong to rows: they follow from the row's number and the seed, never from the order of arrival.</summary>
internal static class RowHash
{
    /// <summary>2⁶⁴ divided by the golden ratio: multiples of it lie evenly.</summary>
    public const ulong Odd = 0x9E3779B97F4A7C15;

    /// <summary>A number in [0, 1) for a row: the mixing function of SplitMix64 (Steele, Lea and Flood, 2014).</summary>
    public static double Uniform(long row, int seed)
    {
        return (Mix((ulong)row * Odd + (ulong)seed) >> 11) * (1.0 / (1L << 53));
    }

    /// <summary>The same number with its bits mixed, so that those of near numbers have nothing in common.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
