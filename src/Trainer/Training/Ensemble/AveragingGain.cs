using MathNet.Numerics.Distributions;

namespace MlNetShallowNet.Training;

/// <summary>
/// What averaging the members brings beyond the scores of rows that were kept out of training, each of which is from one or a few members only.
/// It is measured by how much the members differ on rows that they were trained on. On fresh rows they differ more, so it is rather too small.
/// </summary>
/// <param name="LogLoss">By how much the log loss is lower.</param>
/// <param name="VarianceOfYes">By how much the variance of the scores is lower, rows with the label yes.</param>
/// <param name="VarianceOfNo">The same, rows with the label no.</param>
internal sealed record AveragingGain(double LogLoss, double VarianceOfYes, double VarianceOfNo)
{
    public static AveragingGain None { get; } = new(0, 0, 0);

    /// <summary>The gain over the rows that were scored by members which left them out.</summary>
    /// <param name="scores">Each member's scores of these rows.</param>
    /// <param name="leftOut">The rows that each member was not trained on.</param>
    /// <param name="outOfFold">The rows and how many members left each out.</param>
    /// <param name="slope">What a score is multiplied with for its log-odds.</param>
    /// <param name="offset">What is then added.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static AveragingGain Of(float[][] scores, int[][] leftOut, OutOfFoldScores outOfFold, double slope, double offset)
    {
        if (scores.Any(s => s.Length == 0))
            return None;
        HashSet<int>[] left = Array.ConvertAll(leftOut, rows => new HashSet<int>(rows));
        double loss = 0, yes = 0, no = 0, ofYes = 0, ofNo = 0;
        for (int at = 0; at < outOfFold.Rows.Length; at++)
        {
            int row = outOfFold.Rows[at];
            double label = outOfFold.Labels[at], weight = outOfFold.Weights[at], mean = 0, squares = 0, losses = 0;
            int trained = 0;
            for (int member = 0; member < scores.Length; member++)
            {
                if (left[member].Contains(row))
                    continue;
                double score = slope * scores[member][at] + offset, off = score - mean;
                trained++;
                mean += off / trained;
                squares += off * (score - mean);
                losses += Training.LogLoss.Of(score, label);
            }

            if (trained < 2)
                continue;
            // The mean of c scores has 1/c of their variance. Here r scores were averaged, and in the end all K will be.
            double further = 1.0 / outOfFold.Counts[at] - 1.0 / scores.Length, variance = squares / (trained - 1);
            loss += weight * (losses / trained - Training.LogLoss.Of(mean, label)) * further / (1 - 1.0 / trained);
            yes += weight * label;
            no += weight * (1 - label);
            ofYes += weight * label * variance * further;
            ofNo += weight * (1 - label) * variance * further;
        }

        return new AveragingGain(loss / outOfFold.Weights.Sum(), yes > 0 ? ofYes / yes : 0, no > 0 ? ofNo / no : 0);
    }

    /// <summary>The log loss once it is so much lower. Members that differ as much as to halve it have gone astray, and on fresh rows nothing of it can be counted on.</summary>
    public double Applied(double logLoss) => LogLoss < logLoss / 2 ? logLoss - LogLoss : logLoss;

    /// <summary>
    /// The area under the curve once the scores vary so much less. Were they normal in each class, it would be Φ of the distance of the class means
    /// over the root of the sum of the variances (Hanley and McNeil, 1982), and what changes is that sum.
    /// </summary>
    public double Applied(double auc, double varianceOfYes, double varianceOfNo)
    {
        double before = varianceOfYes + varianceOfNo, after = before - VarianceOfYes - VarianceOfNo;
        // Members that differ by more than half of all that there is have no such simple story.
        return auc is > 0 and < 1 && after > before / 2 ? Normal.CDF(0, 1, Normal.InvCDF(0, 1, auc) * Math.Sqrt(before / after)) : auc;
    }
}
