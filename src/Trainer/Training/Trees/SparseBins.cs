namespace MlNetShallowNet.Training;

/// <summary>
/// The features that are at one knot, their usual one, in most rows: for each row the slots (a feature and its bin) where it is at another.
/// </summary>
internal sealed class SparseBins
{
    public SparseBins(TreeColumns columns, double usualShare, ParallelOptions parallel)
    {
        int D = columns.Rows.FeatureCount, n = columns.Rows.Count;
        UsualBin = new int[D];
        Array.Fill(UsualBin, -1);
        Parallel.ForEach(columns.Used, parallel, d =>
        {
            int[] counts = new int[columns.Knots(d).Length];
            foreach (byte bin in columns.Bins(d))
                counts[bin]++;
            int most = Array.IndexOf(counts, counts.Max());
            if (counts[most] >= usualShare * n)
                UsualBin[d] = most;
        });

        FirstSlot = new int[D];
        RowStarts = new int[n + 1];
        foreach (int d in columns.Used.Where(IsSparse))
        {
            FirstSlot[d] = SlotCount;
            SlotCount += columns.Knots(d).Length;
            foreach (int row in Unusual(columns, d))
                RowStarts[row + 1]++;
        }

        for (int i = 0; i < n; i++)
            RowStarts[i + 1] = checked(RowStarts[i] + RowStarts[i + 1]);
        Slots = new int[RowStarts[n]];
        int[] next = (int[])RowStarts.Clone();
        foreach (int d in columns.Used.Where(IsSparse))
        {
            byte[] bins = columns.Bins(d);
            foreach (int row in Unusual(columns, d))
                Slots[next[row]++] = FirstSlot[d] + bins[row];
        }
    }

    /// <summary>For each feature the bin that it is usually in; -1 for one that is not sparse.</summary>
    public int[] UsualBin { get; }

    /// <summary>For each sparse feature the slot of its first bin.</summary>
    public int[] FirstSlot { get; }

    public int SlotCount { get; }

    /// <summary>Where each row's slots begin, and the end.</summary>
    public int[] RowStarts { get; }

    public int[] Slots { get; }

    public bool IsSparse(int feature) => UsualBin[feature] >= 0;

    private IEnumerable<int> Unusual(TreeColumns columns, int d)
    {
        byte[] bins = columns.Bins(d);
        byte usual = (byte)UsualBin[d];
        for (int i = 0; ; i++)
        {
            int skip = bins.AsSpan(i).IndexOfAnyExcept(usual);
            if (skip < 0)
                yield break;
            yield return i += skip;
        }
    }
}
