namespace MlNetShallowNet.Quality;

/// <summary>The quality of scores (log-odds) against labels.</summary>
internal sealed record Metrics(double Auc, double LogLoss, double Accuracy, double CalibrationError)
{
    private const int Bins = 10;

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
        double[] said = new double[Bins], was = new double[Bins];
        for (int i = 0; i < scores.Length; i++)
        {
            double z = scores[i], y = labels[i] ? 1 : 0, p = 1 / (1 + Math.Exp(-z));
            loss += Math.Max(z, 0) - y * z + double.LogP1(Math.Exp(-Math.Abs(z)));
            right += z > 0 == labels[i] ? 1 : 0;
            int bin = Math.Min((int)(p * Bins), Bins - 1);
            (said[bin], was[bin]) = (said[bin] + p, was[bin] + y);
        }

        double calibration = said.Zip(was, (s, w) => Math.Abs(s - w)).Sum() / scores.Length;
        return new Metrics((ranks - yes * (yes + 1) / 2) / (yes * no), loss / scores.Length, right / scores.Length, calibration);
    }

    public static Metrics Mean(IReadOnlyCollection<Metrics> all) =>
        new(all.Average(m => m.Auc), all.Average(m => m.LogLoss), all.Average(m => m.Accuracy), all.Average(m => m.CalibrationError));
}
