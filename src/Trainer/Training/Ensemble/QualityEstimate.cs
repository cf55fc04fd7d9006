using MlNetShallowNet.Training;

namespace MlNetShallowNet;

/// <summary>
/// How well a network should do on fresh rows, estimated from rows that were kept out of training: each was scored by members of the
/// ensemble that had not seen it. The whole ensemble does better than a member; what averaging brings at least, judged by how much the members
/// differ, is taken into account.
/// </summary>
/// <param name="Auc">The area under the ROC curve; NaN where a class is missing.</param>
/// <param name="AucStandardError">Its standard error (DeLong, DeLong and Clarke-Pearson, 1988).</param>
/// <param name="LogLoss">The mean log loss, natural logarithm.</param>
/// <param name="LogLossStandardError">Its standard error.</param>
/// <param name="Rows">How many rows it is from.</param>
public sealed record QualityEstimate(double Auc, double AucStandardError, double LogLoss, double LogLossStandardError, int Rows)
{
    /// <summary>The estimate from scores (log-odds), labels (0 or 1) and weights of the same rows, and what averaging brings beyond.</summary>
    internal static QualityEstimate Of(double[] scores, double[] labels, double[] weights, AveragingGain? gain = null)
    {
        (double auc, double aucError) = AreaUnderCurve(scores, labels, weights);
        double total = weights.Sum(), mean = 0, squares = 0;
        double[] losses = [.. scores.Zip(labels, (s, y) => Training.LogLoss.Of(s, y))];
        for (int i = 0; i < losses.Length; i++)
            mean += weights[i] * losses[i] / total;
        for (int i = 0; i < losses.Length; i++)
            squares += weights[i] * weights[i] * (losses[i] - mean) * (losses[i] - mean);
        gain ??= AveragingGain.None;
        return new QualityEstimate(
            gain.Applied(auc, Variance(1), Variance(0)), aucError, gain.Applied(mean), Math.Sqrt(squares) / total, scores.Length);

        double Variance(double label)
        {
            double all = 0, centre = 0, spread = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                if (labels[i] != label)
                    continue;
                all += weights[i];
                double off = scores[i] - centre;
                centre += weights[i] / all * off;
                spread += weights[i] * off * (scores[i] - centre);
            }

            return all > 0 ? spread / all : 0;
        }
    }

    // The share of (yes, no) pairs in the right order, a tie counting half; and from each row's own share the variance.
    private static (double Auc, double StandardError) AreaUnderCurve(double[] scores, double[] labels, double[] weights)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort((double[])scores.Clone(), order);
        double yes = 0, no = 0;
        for (int i = 0; i < labels.Length; i++)
            (yes, no) = (yes + weights[i] * labels[i], no + weights[i] * (1 - labels[i]));
        if (yes == 0 || no == 0)
            return (double.NaN, double.NaN);

        double[] share = new double[scores.Length];
        double yesBelow = 0, noBelow = 0, auc = 0;
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            double yesTied = 0, noTied = 0;
            for (; to < order.Length && scores[order[to]] == scores[order[from]]; to++)
            {
                int row = order[to];
                (yesTied, noTied) = (yesTied + weights[row] * labels[row], noTied + weights[row] * (1 - labels[row]));
            }

            for (int i = from; i < to; i++)
            {
                int row = order[i];
                share[row] = labels[row] > 0 ? (noBelow + noTied / 2) / no : (yes - yesBelow - yesTied / 2) / yes;
                auc += labels[row] > 0 ? weights[row] * share[row] / yes : 0;
            }

            (yesBelow, noBelow, from) = (yesBelow + yesTied, noBelow + noTied, to);
        }

        double variance = 0;
        for (int i = 0; i < share.Length; i++)
        {
            double part = weights[i] * (share[i] - auc) / (labels[i] > 0 ? yes : no);
            variance += part * part;
        }

        return (Math.Min(auc, 1), Math.Sqrt(variance)); // a sum of shares may round to a little more than all
    }
}
