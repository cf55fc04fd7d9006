using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>How well the scores tell yes from no, whatever the threshold.</summary>
internal static class RankingCurves
{
    private const double FinestStep = 0.002; // of an axis; finer than a pixel on any screen

    public static string DrawRoc(ReportData data)
    {
        Curve curve = Curve.Roc(data.Testing);
        double error = Intervals.Z * Intervals.RocStandardError(data.Testing);
        var plot = new Plot((0, 1, "false-positive rate"), (0, 1, "true-positive rate"), 330);
        plot.Line("line chance", [(0, 0), (1, 1)]);
        foreach ((_, ScoredRows rows) in data.Folds)
            plot.Line("line curve faint", Thinned(Curve.Roc(rows).Points));
        plot.Line("line curve", Thinned(curve.Points)).Words("chance", 0.5, 0.42);
        foreach (Confusion c in Threshold.All(data))
        {
            (double x, double y) = (1 - c.TrueNegatives / (double)data.Testing.Negatives, c.Recall);
            plot.Reading(x, y, $"threshold {Html.Fixed(c.Threshold, 2)}: false-positive rate {Html.Fixed(x)}, true-positive rate {Html.Fixed(y)}");
        }

        Confusion half = Confusion.At(data.Testing, 0.5);
        Threshold.Mark(plot, "roc", (half.FalsePositives, data.Testing.Negatives), (half.TruePositives, data.Testing.Positives));
        return Section.Of("roc", "ROC curve", FoldFigures.Over(data, "AUC (area under ROC)", "roc-area", rows => Curve.Roc(rows).Area, error) + Legend(data) +
            plot.ToSvg("ROC curve", $"Area {Html.Fixed(curve.Area)}, where 0.5 is chance and 1 is perfect.") +
            $"<p>A random “{Html.Escape(data.Labels.Positive)}” scores above a random " +
            $"“{Html.Escape(data.Labels.Negative)}” in {Html.Percent(curve.Area)} of all pairs. {(data.Folds.Count > 0 ? "± of all rows" : "±")} and the bars of the dot: 95 % intervals " +
            $"for {Html.Count(data.Testing.Count)} rows.</p>\n" + Numbers("ROC curve", "false-positive rate", "true-positive rate", curve));
    }

    public static string DrawPrecisionRecall(ReportData data)
    {
        Curve curve = Curve.PrecisionRecall(data.Testing);
        double share = data.Testing.Positives / (double)data.Testing.Count;
        var plot = new Plot((0, 1, "recall"), (0, 1, "precision"), 330);
        plot.Line("line chance", [(0, share), (1, share)]);
        foreach ((_, ScoredRows rows) in data.Folds)
            plot.Steps("line curve faint", Thinned(Curve.PrecisionRecall(rows).Points));
        plot.Steps("line curve", Thinned(curve.Points)).Words($"chance {Html.Fixed(share, 2)}", 0, share, dy: share > 0.12 ? 11 : -9);
        foreach (Confusion c in Threshold.All(data).Where(c => double.IsFinite(c.Precision)).OrderBy(c => c.Recall))
        {
            plot.Reading(c.Recall, c.Precision,
                $"threshold {Html.Fixed(c.Threshold, 2)}: recall {Html.Fixed(c.Recall)}, precision {Html.Fixed(c.Precision)}");
        }

        Confusion half = Confusion.At(data.Testing, 0.5);
        Threshold.Mark(plot, "pr", (half.TruePositives, data.Testing.Positives),
            (half.TruePositives, half.TruePositives + half.FalsePositives));
        return Section.Of("pr", "Precision and recall",
            FoldFigures.Over(data, "Average precision", "average-precision", rows => Curve.PrecisionRecall(rows).Area) + Legend(data) +
            plot.ToSvg("Precision by recall", $"Average precision {Html.Fixed(curve.Area)}, where {Html.Fixed(share)} is chance and 1 " +
                "is perfect.") +
            $"<p>Recall: of all “{Html.Escape(data.Labels.Positive)}”, the share that is found. Precision: of all that are " +
            "called so, the share that is.</p>\n" +
            Numbers("Precision by recall", "recall", "precision", curve));
    }

    private static string Legend(ReportData data) => Section.Legend(
        ("curve", "all rows"), (data.Folds.Count > 0 ? "curve faint" : null, "a fold each"), ("chance", "chance"), ("threshold", "the threshold"));

    private static List<(double X, double Y)> Thinned(IReadOnlyList<(double X, double Y)> points)
    {
        var kept = new List<(double X, double Y)> { points[0] };
        for (int i = 1; i < points.Count; i++)
        {
            if (i == points.Count - 1 || Math.Abs(points[i].X - kept[^1].X) + Math.Abs(points[i].Y - kept[^1].Y) >= FinestStep)
                kept.Add(points[i]);
        }

        return kept;
    }

    private static string Numbers(string caption, string x, string y, Curve curve)
    {
        int count = curve.Points.Count, shown = Math.Min(count, 21);
        return Html.Numbers(caption, [x, y], Enumerable.Range(0, shown)
            .Select(k => curve.Points[shown == 1 ? 0 : (int)((long)k * (count - 1) / (shown - 1))])
            .Select(p => (IReadOnlyList<string>)[Html.Fixed(p.X), Html.Fixed(p.Y)]));
    }
}
