namespace MlNetShallowNet.Quality;

/// <summary>The quality of scores (log-odds) against labels. The calibration error is the expected one, of 15 bins of equal width.</summary>
internal sealed record Metrics(double Auc, double LogLoss, double Accuracy, double CalibrationError)
{
    private const int Bins = 15;

    public static Metrics Of(float[] scores, bool[] labels)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort((float[])scores.Clone(), order);
        double yes = labels.Count(y => y), no = labels.Length - yes, ranks = 0;
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to < order.Length && scores[order[to]] == scores[order[from]])
                to++;
            for (int i = from; i < to; i++)
                ranks += labels[order[i]] ? (from + to + 1) / 2.0 : 0;
            from = to;
        }

        double loss = 0, right = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double z = scores[i], y = labels[i] ? 1 : 0;
            loss += Math.Max(z, 0) - y * z + double.LogP1(Math.Exp(-Math.Abs(z)));
            right += z > 0 == labels[i] ? 1 : 0;
        }

        return new Metrics((ranks - yes * (yes + 1) / 2) / (yes * no), loss / scores.Length, right / scores.Length, CalibrationErrorOf(scores, labels));
    }

    /// <summary>The means of AUC, log loss and accuracy over folds; the calibration error, which few rows would only make noisy, of all rows together.</summary>
    public static Metrics OverFolds(IReadOnlyCollection<Metrics> folds, float[] allScores, bool[] allLabels) => new(
        folds.Average(m => m.Auc), folds.Average(m => m.LogLoss), folds.Average(m => m.Accuracy), CalibrationErrorOf(allScores, allLabels));

    // How far the mean probability is from the share of yes, in bins of equal width, weighted by rows.
    private static double CalibrationErrorOf(float[] scores, bool[] labels)
    {
        double[] said = new double[Bins], was = new double[Bins];
        for (int i = 0; i < scores.Length; i++)
        {
            double p = 1 / (1 + Math.Exp(-scores[i]));
            int bin = Math.Min((int)(p * Bins), Bins - 1);
            (said[bin], was[bin]) = (said[bin] + p, was[bin] + (labels[i] ? 1 : 0));
        }

        return said.Zip(was, (s, w) => Math.Abs(s - w)).Sum() / scores.Length;
    }
}
