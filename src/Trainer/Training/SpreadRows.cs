namespace MlNetShallowNet.Training;

/// <summary>
/// Some of the rows of a table, one of each of as many stretches of the same length, and which one by a hash: rows at equal distances would be
/// all alike where the table has a period, of the hours of a day or of shops that take turns.
/// </summary>
internal static class SpreadRows
{
    /// <summary>So many of the numbers from 0 to <paramref name="count"/> at most, ascending; null for all.</summary>
    public static int[]? Of(int count, int most)
    {
        if (count <= most)
            return null;
        int[] which = new int[most];
        for (int i = 0; i < most; i++)
        {
            int from = Start(i), length = Start(i + 1) - from;
            which[i] = from + (int)(RowHash.Mix((ulong)(i + 1) * RowHash.Odd) % (ulong)length);
        }
        return which;

        int Start(int i) => (int)((long)i * count / most);
    }
}
