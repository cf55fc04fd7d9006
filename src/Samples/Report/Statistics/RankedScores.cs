namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>Rows by their scores, so that the decisions at any threshold are known without a look at each row.</summary>
internal sealed class RankedScores
{
    private readonly double[] _positives;
    private readonly double[] _negatives;

    public RankedScores(ScoredRows rows) => (_positives, _negatives) = (Sorted(rows, true), Sorted(rows, false));

    /// <summary>What happens when every row with a probability above a threshold is called a yes.</summary>
    public Confusion At(double threshold)
    {
        // By the score, as the model decides: a probability may be rounded to exactly the threshold.
        float least = (float)Math.Log(threshold / (1 - threshold));
        int tp = Above(_positives, least), fp = Above(_negatives, least);
        return new Confusion(threshold, tp, fp, _positives.Length - tp, _negatives.Length - fp);
    }

    // Scores that are no numbers come first, and are above nothing.
    private static double[] Sorted(ScoredRows rows, bool label)
    {
        double[] scores = new double[label ? rows.Positives : rows.Negatives];
        int at = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows.Labels[i] == label)
                scores[at++] = rows.Scores[i];
        }
        Array.Sort(scores);
        return scores;
    }

    private static int Above(double[] ascending, double least)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            if (ascending[middle] > least)
                high = middle;
            else
                low = middle + 1;
        }
        return ascending.Length - low;
    }
}
