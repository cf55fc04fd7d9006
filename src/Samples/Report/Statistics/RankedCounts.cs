namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>How many yes and no rows have a score of at least each of the scores that occur, from the highest down.</summary>
internal sealed class RankedCounts
{
    public RankedCounts(ScoredRows rows)
    {
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        Array.Sort(order, (a, b) => rows.Scores[b].CompareTo(rows.Scores[a]));
        int truePositives = 0, falsePositives = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (rows.Labels[order[i]])
                truePositives++;
            else
                falsePositives++;
            // Rows of equal score are let in together: no threshold tells them apart.
            if (i + 1 == order.Length || rows.Scores[order[i + 1]] != rows.Scores[order[i]])
                Steps.Add((truePositives, falsePositives));
        }
    }

    public List<(int TruePositives, int FalsePositives)> Steps { get; } = [];
}
