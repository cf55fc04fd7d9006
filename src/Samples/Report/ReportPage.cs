using System.Text;
using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report;

/// <summary>The page: one file that needs nothing else, no script and no network.</summary>
internal static class ReportPage
{
    public static string Write(ReportData data)
    {
        var page = new StringBuilder();
        string file = Path.GetFileName(data.Profile.Table.Path);
        string title = $"{data.Profile.LabelName} in {file}";
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n")
            .Append($"<title>{Html.Escape(title)} – a two-layer network</title>\n<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n");
        page.Append($"<header>\n<h1>{Html.Escape(title)}</h1>\n<p>{Html.Escape(Summary(data))}</p>\n</header>\n<main>\n");
        page.Append(Body(data));
        page.Append(RunFacts.Draw(data));
        page.Append("</main>\n<footer>Made by MlNetShallowNet.</footer>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Body(ReportData data)
    {
        var calibration = new Calibration(data.Testing);
        bool isPlanar = DecisionBoundary.CanDraw(data);
        return "<div class=\"verdicts\">\n" + Verdict.Learned(data).ToHtml() + Verdict.Overfitted(data).ToHtml() +
            Verdict.Calibrated(calibration).ToHtml() + "</div>\n" +
            LearningCurves.Draw(data) + (isPlanar ? DecisionBoundary.Draw(data) : Decisions.DrawMatrix(data)) +
            RankingCurves.DrawRoc(data) + RankingCurves.DrawPrecisionRecall(data) +
            ProbabilityCharts.DrawReliability(data, calibration) + ProbabilityCharts.DrawHistogram(data) +
            (isPlanar ? Decisions.DrawMatrix(data) : "") + Decisions.DrawThresholds(data, wide: !isPlanar) + Importances.Draw(data) +
                WeightMap.Draw(data);
    }

    private static string Summary(ReportData data)
    {
        string judged = data.IsHeldOut
            ? $"Figures are computed on {Html.Count(data.Testing.Count)} rows that training did not see."
            : "No rows were held out: figures are computed on the rows that were trained on.";
        return $"{data.Network.FeatureCount} inputs, {data.Network.HiddenUnits} hidden units ({data.Network.Activation.Name}), one " +
            $"output, trained on {Html.Count(data.Training.Count)} rows. {judged}";
    }
}
