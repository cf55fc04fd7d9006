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

    /// <summary>The rows for ML.NET's evaluator, to which they need not be scored again.</summary>
    public IEnumerable<Row> ToRows()
    {
        Row row = new();
        for (int i = 0; i < Count; i++)
        {
            (row.Label, row.Score, row.Probability, row.PredictedLabel) = (Labels[i], (float)Scores[i], (float)Probabilities[i], Scores[i] > 0);
            yield return row;
        }
    }

    /// <summary>A row, by the names that ML.NET has for its columns.</summary>
    internal sealed class Row
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
