using System.Security.Cryptography;
using System.Text;
using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report;

/// <summary>The page: one file that needs nothing else. Its one script is in it; the policy lets no other run and nothing be fetched.</summary>
internal static class ReportPage
{
    private static readonly string _script = ReadScript();

    public static string Write(ReportData data)
    {
        var page = new StringBuilder();
        string title = $"{data.LabelName} in {Path.GetFileName(data.Path)}";
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(_script)));
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; ")
            .Append($"script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n")
            .Append($"<title>{Html.Escape(title)} – a two-layer network</title>\n<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n");
        page.Append($"<header>\n<h1>{Html.Escape(title)}</h1>\n<p>{Html.Escape($"{data.Summary} {data.Judged}")}</p>\n</header>\n<main>\n");
        page.Append(Body(data));
        page.Append(RunFacts.Draw(data));
        page.Append("</main>\n<footer>Made by MlNetShallowNet.</footer>\n")
            .Append($"<script type=\"application/json\" id=\"counts\">{Threshold.Json(data)}</script>\n")
            .Append($"<script>{_script}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Body(ReportData data)
    {
        var calibration = new Calibration(data.Testing);
        bool isPlanar = DecisionBoundary.CanDraw(data), hasInputs = data.Network is not null && data.TestingInputs is not null;
        return "<div class=\"verdicts\">\n" + Verdict.Learned(data).ToHtml() + Verdict.Overfitted(data)?.ToHtml() +
            Verdict.Calibrated(calibration, data.Testing.Count).ToHtml() + "</div>\n" +
            (data.Training is null ? "" : LearningCurves.Draw(data)) + (isPlanar ? DecisionBoundary.Draw(data) : "") +
            Decisions.DrawMatrix(data) + ProbabilityCharts.DrawHistogram(data) +
            RankingCurves.DrawRoc(data) + RankingCurves.DrawPrecisionRecall(data) +
            ProbabilityCharts.DrawReliability(data, calibration) + Decisions.DrawThresholds(data, wide: (data.Training is not null) != isPlanar) +
            (data.Folds.Count == 0 ? "" : FoldFigures.Draw(data)) +
            (hasInputs ? Importances.Draw(data) + WeightMap.Draw(data) : "");
    }

    private static string ReadScript()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.js")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
