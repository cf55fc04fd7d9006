namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>Rows of about the same probability.</summary>
/// <param name="Count">How many.</param>
/// <param name="MeanProbability">Their mean probability.</param>
/// <param name="Frequency">The share of yes among them.</param>
internal readonly record struct CalibrationBin(int Count, double MeanProbability, double Frequency);

/// <summary>Whether of the rows with a probability of 30 % some 30 % are a yes.</summary>
internal sealed class Calibration
{
    public const int BinCount = 10;

    public Calibration(ScoredRows rows)
    {
        Bins = Bin(rows.Probabilities, rows.Labels);
        Error = ErrorOf(Bins, rows.Count);
        ErrorByChance = ByChance(rows.Probabilities);
    }

    /// <summary>Ten bins of equal width, (0, 0.1], ..., (0.9, 1]; 0 belongs to the first, as in scikit-learn's calibration_curve.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; }

    /// <summary>The expected calibration error: |frequency - mean probability|, averaged over the bins by their counts.</summary>
    public double Error { get; }

    /// <summary>What that error would be at most, in 95 of 100 cases, if every probability were exactly right: a finite number of rows
    /// never fits perfectly.</summary>
    public double ErrorByChance { get; }

    private static CalibrationBin[] Bin(double[] probabilities, bool[] labels)
    {
        var count = new int[BinCount];
        var sum = new double[BinCount];
        var yes = new int[BinCount];
        for (int i = 0; i < labels.Length; i++)
        {
            int bin = BinOf(probabilities[i]);
            count[bin]++;
            sum[bin] += probabilities[i];
            yes[bin] += labels[i] ? 1 : 0;
        }

        return [.. Enumerable.Range(0, BinCount).Select(b => count[b] == 0 ? default
            : new CalibrationBin(count[b], sum[b] / count[b], (double)yes[b] / count[b]))];
    }

    private static int BinOf(double probability)
    {
        int bin = 0;
        while (bin < BinCount - 1 && probability > (bin + 1) * (1.0 / BinCount))
            bin++;
        return bin;
    }

    private static double ErrorOf(IReadOnlyList<CalibrationBin> bins, int rows) =>
        bins.Sum(b => b.Count * Math.Abs(b.Frequency - b.MeanProbability)) / rows;

    // Labels drawn with the very probabilities, many times.
    private static double ByChance(double[] probabilities)
    {
        const int Draws = 200;
        var random = new Random(1);
        var labels = new bool[probabilities.Length];
        var errors = new double[Draws];
        for (int k = 0; k < Draws; k++)
        {
            for (int i = 0; i < labels.Length; i++)
                labels[i] = random.NextDouble() < probabilities[i];
            errors[k] = ErrorOf(Bin(probabilities, labels), labels.Length);
        }

        Array.Sort(errors);
        return errors[Draws * 95 / 100];
    }
}
