namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>A curve and the area under it.</summary>
internal sealed record Curve(IReadOnlyList<(double X, double Y)> Points, double Area)
{
    /// <summary>
    /// Receiver operating characteristic: the true-positive rate against the false-positive rate. The area is that under its straight
    /// lines, which is
    /// the chance that a random yes scores above a random no (half for a tie).
    /// </summary>
    public static Curve Roc(ScoredRows rows)
    {
        var points = new List<(double X, double Y)> { (0, 0) };
        double area = 0;
        foreach ((int tp, int fp) in new RankedCounts(rows).Steps)
        {
            (double x, double y) = ((double)fp / rows.Negatives, (double)tp / rows.Positives);
            area += (x - points[^1].X) * (y + points[^1].Y) / 2;
            points.Add((x, y));
        }

        return new Curve(points, area);
    }

    /// <summary>
    /// Precision against recall. The area is the average precision, the sum of (R[n] - R[n-1]) P[n]: no straight line between two points,
    /// since
    /// precision is not linear in between.
    /// </summary>
    public static Curve PrecisionRecall(ScoredRows rows)
    {
        var points = new List<(double X, double Y)>();
        double area = 0, before = 0;
        foreach ((int tp, int fp) in new RankedCounts(rows).Steps)
        {
            (double recall, double precision) = ((double)tp / rows.Positives, (double)tp / (tp + fp));
            area += (recall - before) * precision;
            before = recall;
            points.Add((recall, precision));
        }

        return new Curve(points, area);
    }
}
