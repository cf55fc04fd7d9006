using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>Right and wrong decisions, at one half and at other thresholds.</summary>
internal static class Decisions
{
    private static readonly double[] _thresholds = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

    /// <summary>The confusion matrix at one half.</summary>
    public static string DrawMatrix(ReportData data)
    {
        ScoredRows rows = data.Testing;
        (string yes, string no) = (Html.Escape(data.Labels.Positive), Html.Escape(data.Labels.Negative));
        Confusion half = Confusion.At(rows, 0.5);
        string Cell(string style, string id, int count, int of, string what) =>
            $"<td class=\"{style}\"><b data-figure=\"{id}\">{Html.Count(count)}</b><br><span>{what}<br>" +
            $"<span data-figure=\"{id}-share\">{Html.Percent(count / (double)of)}</span></span></td>";
        string matrix = "<table class=\"confusion\" aria-label=\"Confusion matrix\">" +
            $"<thead><tr><td></td><th scope=\"col\">called {yes}</th><th scope=\"col\">called {no}</th></tr></thead><tbody>" +
            $"<tr><th scope=\"row\">is {yes}</th>" +
            Cell("right", "tp", half.TruePositives, rows.Positives, "true positive") +
            Cell("wrong", "fn", half.FalseNegatives, rows.Positives, "missed") + "</tr>" +
            $"<tr><th scope=\"row\">is {no}</th>" +
            Cell("wrong", "fp", half.FalsePositives, rows.Negatives, "false alarm") +
            Cell("right", "tn", half.TrueNegatives, rows.Negatives, "true negative") + "</tr>" +
            "</tbody></table>\n";
        string Figure(string id, double value) => Html.Figure(id, value).Replace("<data ", $"<data data-figure=\"{id}\" ");
        return Section.Of("decisions", "Decisions", Threshold.Slider() + matrix +
            $"<p>At probability <span data-figure=\"threshold\">0.50</span>: accuracy {Figure("accuracy", half.Accuracy)}, precision " +
            $"{Figure("precision", half.Precision)}, recall {Figure("recall", half.Recall)}, F1 {Figure("f1", half.F1)}. The threshold moves the " +
            "dots on the curves and the line in the histogram too.</p>\n");
    }

    /// <summary>The thresholds that are best by some criterion, as a heading and cells: for the page and for the console.</summary>
    public static (string[] Heading, IReadOnlyList<string[]> Rows) Chosen(IReadOnlyList<ThresholdChoice> choices) =>
        (["criterion", "threshold", "precision", "recall", "F1", "accuracy"],
        [
            .. choices.Select(choice => choice.Decisions is { } at
                ? (string[])[choice.Criterion, NumberText.Format(at.Threshold), Html.Fixed(at.Precision), Html.Fixed(at.Recall), Html.Fixed(at.F1), Html.Fixed(at.Accuracy)]
                : [choice.Criterion, "none reaches it", "–", "–", "–", "–"]),
        ]);

    /// <summary>Decisions at other thresholds.</summary>
    public static string DrawThresholds(ReportData data, bool wide)
    {
        string thresholds = Html.Table("Decisions by threshold",
            ["threshold", "true positives", "false alarms", "missed", "true negatives", "precision", "recall", "F1"],
            _thresholds.Select(new RankedScores(data.Testing).At).Select(c => (IReadOnlyList<string>)
            [
                Html.Fixed(c.Threshold, 2), Html.Count(c.TruePositives), Html.Count(c.FalsePositives), Html.Count(c.FalseNegatives),
                    Html.Count(c.TrueNegatives),
                Html.Fixed(c.Precision), Html.Fixed(c.Recall), Html.Fixed(c.F1),
            ])).Replace("<tr><th scope=\"row\">0.50</th>", "<tr class=\"current\"><th scope=\"row\">0.50</th>");
        (string[] heading, IReadOnlyList<string[]> chosen) = Chosen(ThresholdChoice.All(data.Testing, data.Wishes));
        return Section.Of("thresholds", "Other thresholds", "<div class=\"thresholds\">" + thresholds + Html.Table("Thresholds by criterion", heading, chosen) +
            "</div>\n<p>The thresholds by criterion are chosen on these very rows, so on others they do a little worse. A row is called a yes when its probability is above the threshold. A lower one finds more and gives more false " +
            "alarms.</p>\n", wide);
    }
}
