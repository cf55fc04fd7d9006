namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>What happens when every row with a probability above a threshold is called a yes.</summary>
internal readonly record struct Confusion(double Threshold, int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives)
{
    public double Precision => TruePositives / (double)(TruePositives + FalsePositives);

    public double Recall => TruePositives / (double)(TruePositives + FalseNegatives);

    public double F1 => 2.0 * TruePositives / (2 * TruePositives + FalsePositives + FalseNegatives);

    public double Accuracy => (TruePositives + TrueNegatives) / (double)(TruePositives + FalsePositives + FalseNegatives + TrueNegatives);

    public static Confusion At(ScoredRows rows, double threshold)
    {
        // By the score, as the model decides: a probability may be rounded to exactly the threshold.
        float least = (float)Math.Log(threshold / (1 - threshold));
        int tp = 0, fp = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            bool called = rows.Scores[i] > least;
            if (called && rows.Labels[i])
                tp++;
            else if (called)
                fp++;
        }

        return new Confusion(threshold, tp, fp, rows.Positives - tp, rows.Negatives - fp);
    }
}
