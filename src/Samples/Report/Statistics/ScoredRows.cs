namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>Rows with their labels and what a model says about each.</summary>
/// <param name="Labels">True for a yes.</param>
/// <param name="Scores">The log-odds.</param>
/// <param name="Probabilities">The probability of a yes.</param>
internal sealed record ScoredRows(bool[] Labels, double[] Scores, double[] Probabilities)
{
    public int Count => Labels.Length;

    public int Positives { get; } = Labels.Count(l => l);

    public int Negatives => Count - Positives;
}
