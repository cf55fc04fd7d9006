namespace MlNetShallowNet.Quality.Measuring;

/// <summary>The quality of predictions against labels.</summary>
/// <param name="Auc">The area under the ROC curve; ties count half.</param>
/// <param name="LogLoss">The mean log loss (natural logarithm), each row's at most that of a probability of 1e-15.</param>
/// <param name="Accuracy">The share of rows whose predicted label is right.</param>
/// <param name="CalibrationError">The expected calibration error, in 15 bins of equal width.</param>
/// <param name="InfiniteLosses">Rows that were given a probability of 0: there ML.NET's own log loss is infinite.</param>
internal sealed record Metrics(double Auc, double LogLoss, double Accuracy, double CalibrationError, int InfiniteLosses = 0)
{
    private const int Bins = 15;

    public static Metrics Of(Predictions predictions)
    {
        bool[] labels = predictions.Labels;
        double loss = 0, right = 0;
        int infinite = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            infinite += predictions.OfLabel(i) <= 0 ? 1 : 0;
            loss += predictions.LogLoss(i);
            right += predictions.PredictedLabels[i] == labels[i] ? 1 : 0;
        }

        return new Metrics(
            AreaUnderCurve(predictions.Scores, labels), loss / labels.Length, right / labels.Length,
            CalibrationErrorOf(predictions.Probabilities, labels), infinite);
    }

    /// <summary>The best that anything can reach on rows whose true log-odds are known.</summary>
    public static Metrics Best(double[] logOdds, bool[] labels) =>
        Of(new Predictions(
            Array.ConvertAll(logOdds, z => (float)z), Array.ConvertAll(logOdds, z => (float)(1 / (1 + Math.Exp(-z)))),
            Array.ConvertAll(logOdds, z => z > 0), labels));

    /// <summary>The means over folds; the calibration error, which few rows would only make noisy, of all rows together.</summary>
    public static Metrics OverFolds(IReadOnlyCollection<Predictions> folds)
    {
        Metrics[] each = [.. folds.Select(Of)];
        return new Metrics(
            each.Average(m => m.Auc), each.Average(m => m.LogLoss), each.Average(m => m.Accuracy),
            CalibrationErrorOf([.. folds.SelectMany(f => f.Probabilities)], [.. folds.SelectMany(f => f.Labels)]), each.Sum(m => m.InfiniteLosses));
    }

    private static double AreaUnderCurve(float[] scores, bool[] labels)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        float[] sorted = [.. scores];
        Array.Sort(sorted, order);
        double positives = labels.Count(y => y), negatives = labels.Length - positives, ranks = 0;
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to < order.Length && sorted[to] == sorted[from])
                to++;
            for (int i = from; i < to; i++)
                ranks += labels[order[i]] ? (from + to + 1) / 2.0 : 0;
            from = to;
        }

        return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
    }

    // How far the mean probability is from the share of positives, weighted by rows.
    private static double CalibrationErrorOf(float[] probabilities, bool[] labels)
    {
        double[] predicted = new double[Bins], found = new double[Bins];
        for (int i = 0; i < probabilities.Length; i++)
        {
            int bin = Math.Min((int)(probabilities[i] * Bins), Bins - 1);
            predicted[bin] += probabilities[i];
            found[bin] += labels[i] ? 1 : 0;
        }

        return predicted.Zip(found, (p, f) => Math.Abs(p - f)).Sum() / probabilities.Length;
    }
}
