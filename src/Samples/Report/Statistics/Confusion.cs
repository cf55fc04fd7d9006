namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>What happens when every row with a probability above a threshold is called a yes.</summary>
internal readonly record struct Confusion(double Threshold, int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives)
{
    public double Precision => TruePositives / (double)(TruePositives + FalsePositives);

    public double Recall => TruePositives / (double)(TruePositives + FalseNegatives);

    public double F1 => 2.0 * TruePositives / (2 * TruePositives + FalsePositives + FalseNegatives);

    public double Accuracy => (TruePositives + TrueNegatives) / (double)(TruePositives + FalsePositives + FalseNegatives + TrueNegatives);

    public static Confusion At(ScoredRows rows, double threshold) => new RankedScores(rows).At(threshold);
}
