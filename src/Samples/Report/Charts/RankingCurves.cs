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
        var plot = new Plot((0, 1, "false-positive rate"), (0, 1, "true-positive rate"), 330);
        plot.Line("line chance", [(0, 0), (1, 1)]).Line("line yes", Thinned(curve.Points)).Words("chance", 0.5, 0.42);
        MarkThreshold(plot, data, c => (1 - c.TrueNegatives / (double)data.Testing.Negatives, c.Recall));
        return Section.Of("roc", "ROC curve", $"<p class=\"area\">Area {Html.Figure("roc-area", curve.Area, 4)}</p>\n" +
            plot.ToSvg("ROC curve", $"Area {Html.Fixed(curve.Area)}, where 0.5 is chance and 1 is perfect.") +
            $"<p>A random “{Html.Escape(data.Profile.Labels.Positive)}” scores above a random " +
            $"“{Html.Escape(data.Profile.Labels.Negative)}” in {Html.Percent(curve.Area)} of all pairs. " +
            "The dot is the usual threshold, probability " +
            "½.</p>\n" + Numbers("ROC curve", "false-positive rate", "true-positive rate", curve));
    }

    public static string DrawPrecisionRecall(ReportData data)
    {
        Curve curve = Curve.PrecisionRecall(data.Testing);
        double share = data.Testing.Positives / (double)data.Testing.Count;
        var plot = new Plot((0, 1, "recall"), (0, 1, "precision"), 330);
        plot.Line("line chance", [(0, share), (1, share)]).Steps("line yes", Thinned(curve.Points))
            .Words($"chance {Html.Fixed(share, 2)}", 0, share, dy: share > 0.12 ? 11 : -9);
        MarkThreshold(plot, data, c => (c.Recall, c.Precision));
        return Section.Of("pr", "Precision and recall", "<p class=\"area\">Average precision " +
            $"{Html.Figure("average-precision", curve.Area, 4)}</p>\n" +
            plot.ToSvg("Precision by recall", $"Average precision {Html.Fixed(curve.Area)}, where {Html.Fixed(share)} is chance and 1 " +
                "is perfect.") +
            $"<p>Recall: of all “{Html.Escape(data.Profile.Labels.Positive)}”, the share that is found. Precision: of all that are " +
            "called so, the share that is.</p>\n" +
            Numbers("Precision by recall", "recall", "precision", curve));
    }

    private static void MarkThreshold(Plot plot, ReportData data, Func<Confusion, (double X, double Y)> at)
    {
        (double x, double y) = at(Confusion.At(data.Testing, 0.5));
        if (double.IsFinite(x) && double.IsFinite(y))
            plot.Dot("dot yes", x, y, 4, "probability ½");
    }

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
