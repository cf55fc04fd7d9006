namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>How far a figure may be off for the number of rows that it is computed on: 95 % intervals.</summary>
internal static class Intervals
{
    /// <summary>The normal distribution's 97.5 % quantile.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>Of a share, after Wilson (1927): the probabilities p with |share - p| at most Z √(p (1 - p) / count).</summary>
    public static (double Low, double High) OfShare(int successes, int count)
    {
        if (count == 0)
            return (0, 1);
        double share = successes / (double)count, z2 = Z * Z / count;
        double middle = (share + z2 / 2) / (1 + z2);
        double half = Z / (1 + z2) * Math.Sqrt(share * (1 - share) / count + z2 / 4 / count);
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>The standard error of the area under the ROC curve, after DeLong, DeLong and Clarke-Pearson (1988); NaN with fewer than two
    /// rows of a class.</summary>
    public static double RocStandardError(ScoredRows rows)
    {
        double area = Curve.Roc(rows).Area, positives = 0, negatives = 0;
        int tp = 0, fp = 0;
        foreach ((int nextTp, int nextFp) in new RankedCounts(rows).Steps)
        {
            // Each yes of this score beats all later no rows and half of those that score the same; each no likewise.
            double beaten = (rows.Negatives - nextFp + (nextFp - fp) / 2.0) / rows.Negatives, beatenBy = (tp + (nextTp - tp) / 2.0) / rows.Positives;
            positives += (nextTp - tp) * (beaten - area) * (beaten - area);
            negatives += (nextFp - fp) * (beatenBy - area) * (beatenBy - area);
            (tp, fp) = (nextTp, nextFp);
        }

        return rows.Positives < 2 || rows.Negatives < 2 ? double.NaN
            : Math.Sqrt(positives / (rows.Positives - 1.0) / rows.Positives + negatives / (rows.Negatives - 1.0) / rows.Negatives);
    }
}
