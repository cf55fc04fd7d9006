namespace MlNetShallowNet.Engine;

/// <summary>
/// What one panel of a finished network reads, where that is little: few of the features, and of these only the knots at which its functions bend.
/// Most such units are leaves of a tree. Scores have the same bits as with all columns: what is left out has weights 0, or equals both neighbours.
/// </summary>
/// <param name="Features">The features.</param>
/// <param name="Columns">For each column of all features which one of this panel's table it is.</param>
/// <param name="Start">Where this panel's table begins.</param>
internal sealed record PanelColumns(int[] Features, int[] Columns, int Start)
{
    // Above this share of the features to read all of them is as fast.
    private const double MostFeatures = 0.75;

    /// <summary>What a panel reads; null where it is much.</summary>
    /// <param name="table">The panel's part of the table of all columns.</param>
    /// <param name="ramps">The features.</param>
    /// <param name="width">Units of the panel.</param>
    /// <param name="compact">The tables of panels before, to which this one's is added.</param>
    public static PanelColumns? Of(ReadOnlySpan<float> table, Ramps ramps, int width, List<float> compact)
    {
        int[] features = [.. Reads(table, ramps, width)];
        if (features.Length >= MostFeatures * ramps.Count)
            return null;
        int start = compact.Count, next = 0;
        int[] columns = new int[ramps.ColumnCount];
        foreach (int f in features)
        {
            int first = ramps.FirstColumns[f], end = ramps.FirstColumns[f + 1];
            for (int column = first; column < end; column++)
            {
                ReadOnlySpan<float> own = table.Slice(column * width, width);
                bool isLevel = column > first && column < end - 1
                    && own.SequenceEqual(table.Slice((column - 1) * width, width)) && own.SequenceEqual(table.Slice((column + 1) * width, width));
                if (isLevel)
                {
                    columns[column] = next - 1; // its neighbour to the left, which equals the next one that stays
                    continue;
                }
                columns[column] = next++;
                compact.AddRange(own);
            }
        }
        return new PanelColumns(features, columns, start);
    }

    private static List<int> Reads(ReadOnlySpan<float> table, Ramps ramps, int width)
    {
        List<int> features = [];
        for (int f = 0; f < ramps.Count; f++)
        {
            int first = ramps.FirstColumns[f], end = ramps.FirstColumns[f + 1];
            if (table[(first * width)..(end * width)].ContainsAnyExcept(0))
                features.Add(f);
        }
        return features;
    }
}
