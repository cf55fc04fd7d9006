using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>Right and wrong decisions, at one half and at other thresholds.</summary>
internal static class Decisions
{
    private static readonly double[] _thresholds = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

    /// <summary>The confusion matrix at one half.</summary>
    public static string DrawMatrix(ReportData data)
    {
        ScoredRows rows = data.Testing;
        (string yes, string no) = (Html.Escape(data.Profile.Labels.Positive), Html.Escape(data.Profile.Labels.Negative));
        Confusion half = Confusion.At(rows, 0.5);
        string Cell(string style, int count, int of, string what) =>
            $"<td class=\"{style}\"><b>{Html.Count(count)}</b><br><span>{what}<br>{Html.Percent(count / (double)of)}</span></td>";
        string matrix = "<table class=\"confusion\" aria-label=\"Confusion matrix at probability one half\">" +
            $"<thead><tr><td></td><th scope=\"col\">called {yes}</th><th scope=\"col\">called {no}</th></tr></thead><tbody>" +
            $"<tr><th scope=\"row\">is {yes}</th>" +
            Cell("right", half.TruePositives, rows.Positives, "found") +
            Cell("wrong", half.FalseNegatives, rows.Positives, "missed") + "</tr>" +
            $"<tr><th scope=\"row\">is {no}</th>" +
            Cell("wrong", half.FalsePositives, rows.Negatives, "false alarm") +
            Cell("right", half.TrueNegatives, rows.Negatives, "rightly not") + "</tr>" +
            "</tbody></table>\n";
        return Section.Of("decisions", "Decisions", matrix +
            $"<p>At probability ½: accuracy {Html.Figure("accuracy", half.Accuracy)}, precision {Html.Fixed(half.Precision)}, recall " +
            $"{Html.Fixed(half.Recall)}, " +
            $"F1 {Html.Figure("f1", half.F1)}.</p>\n");
    }

    /// <summary>Decisions at other thresholds.</summary>
    public static string DrawThresholds(ReportData data, bool wide)
    {
        string thresholds = Html.Table("Decisions by threshold",
            ["threshold", "found", "false alarms", "missed", "rightly not", "precision", "recall", "F1"],
            _thresholds.Select(t => Confusion.At(data.Testing, t)).Select(c => (IReadOnlyList<string>)
            [
                Html.Fixed(c.Threshold, 2), Html.Count(c.TruePositives), Html.Count(c.FalsePositives), Html.Count(c.FalseNegatives),
                    Html.Count(c.TrueNegatives),
                Html.Fixed(c.Precision), Html.Fixed(c.Recall), Html.Fixed(c.F1),
            ])).Replace("<tr><th scope=\"row\">0.50</th>", "<tr class=\"current\"><th scope=\"row\">0.50</th>");
        return Section.Of("thresholds", "Other thresholds", "<div class=\"thresholds\">" + thresholds +
            "</div>\n<p>A row is called a yes when its probability is above the threshold. A lower one finds more and cries wolf more " +
            "often.</p>\n", wide);
    }
}
