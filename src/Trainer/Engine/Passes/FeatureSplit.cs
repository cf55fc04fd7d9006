namespace MlNetShallowNet.Engine;

/// <summary>
/// Where the features of sparse rows are cut in two so that both parts are the same amount of work. Decided by the rows alone.
/// </summary>
internal static class FeatureSplit
{
    // What a non-zero costs in a step, where a feature that occurs costs 1.
    private const double NonZeroCost = 0.3;

    // Words of a bit for each feature are not shared between parts.
    private const int Multiple = 64;

    /// <summary>The first feature of the second part; D where there is none.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="batch">How many of them a step takes.</param>
    public static int Of(SparseRows rows, int batch)
    {
        var counts = new int[rows.FeatureCount];
        foreach (int feature in rows.Indices.AsSpan(rows.RowStarts[0]..rows.RowStarts[rows.Count]))
            counts[feature]++;
        double total = 0;
        foreach (int count in counts)
            total += Cost(count);
        double sum = 0;
        for (int feature = 0; feature < counts.Length; feature++)
        {
            if (feature % Multiple == 0 && sum >= total / 2)
                return feature;
            sum += Cost(counts[feature]);
        }
        return counts.Length;

        double Cost(int count)
        {
            double expected = count * (double)batch / rows.Count;
            return 1 - Math.Exp(-expected) + NonZeroCost * expected;
        }
    }
}
