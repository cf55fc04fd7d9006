using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report;

/// <summary>The page of one network, or of the networks of a cross-validation.</summary>
internal static class ReportPage
{
    public static string Write(ReportData data) => PageShell.Write(
        $"{data.LabelName} in {Path.GetFileName(data.Path)}", "a two-layer network", $"{data.Summary} {data.Judged}",
        Body(data) + RunFacts.Draw(data.Facts, data.Options, data.Seed, data.Command),
        $"<script type=\"application/json\" id=\"counts\">{Threshold.Json(data)}</script>\n");

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
}
