namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>How many yes and no rows have a score of at least each of the scores that occur, from the highest down.</summary>
internal sealed class RankedCounts
{
    public RankedCounts(ScoredRows rows)
    {
        double[] scores = [.. rows.Scores];
        bool[] labels = [.. rows.Labels];
        Array.Sort(scores, labels);
        int truePositives = 0, falsePositives = 0;
        for (int i = scores.Length - 1; i >= 0; i--)
        {
            if (labels[i])
                truePositives++;
            else
                falsePositives++;
            // Rows of equal score are let in together: no threshold tells them apart.
            if (i == 0 || scores[i - 1] != scores[i])
                Steps.Add((truePositives, falsePositives));
        }
    }

    public List<(int TruePositives, int FalsePositives)> Steps { get; } = [];
}
