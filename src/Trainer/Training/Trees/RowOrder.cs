namespace MlNetShallowNet.Training;

/// <summary>Rows in the order in which a tree takes them: those that its splits are chosen on, the others trained on, those left out.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Sampled">How many splits are chosen on.</param>
/// <param name="Trained">How many are trained on, those included.</param>
internal sealed record RowOrder(int[] Rows, int Sampled, int Trained)
{
    /// <summary>Draws rows for a tree. Whether a row is drawn depends on the seed, the tree and the row alone.</summary>
    public static RowOrder Draw(int[] trainedOn, int[] leftOut, double share, int seed, int tree)
    {
        int[] rows = new int[trainedOn.Length + leftOut.Length];
        leftOut.CopyTo(rows, trainedOn.Length);
        if (share >= 1)
        {
            trainedOn.CopyTo(rows, 0);
            return new RowOrder(rows, trainedOn.Length, trainedOn.Length);
        }

        ulong key = Scramble(((ulong)(uint)seed << 32) + (uint)tree), most = (ulong)(share * ulong.MaxValue);
        int[] others = new int[trainedOn.Length];
        int drawn = 0, other = 0;
        foreach (int row in trainedOn)
        {
            // Both places are written and one of them counted, so that no branch has to be guessed.
            rows[drawn] = others[other] = row;
            int isDrawn = Scramble(key + (uint)row) < most ? 1 : 0;
            drawn += isDrawn;
            other += 1 - isDrawn;
        }

        others.AsSpan(0, other).CopyTo(rows.AsSpan(drawn));
        return new RowOrder(rows, drawn, trainedOn.Length);
    }

    // The output function of SplitMix64 (Steele, Lea and Flood, 2014).
    private static ulong Scramble(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
