using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>The folds of a cross-validation beside each other.</summary>
internal static class FoldFigures
{
    public static string Draw(ReportData data) => Section.Of("folds", "Folds",
        Html.Table("Figures by fold", ["fold", "rows", "AUC", "± (95 %)", "average precision", "accuracy", "log loss"],
            data.Folds.Select(fold => (IReadOnlyList<string>)
        [
            fold.Name, Html.Count(fold.Rows.Count), Html.Fixed(Curve.Roc(fold.Rows).Area, 4),
            Html.Fixed(Intervals.Z * Intervals.RocStandardError(fold.Rows), 4), Html.Fixed(Curve.PrecisionRecall(fold.Rows).Area, 4),
            Html.Fixed(Confusion.At(fold.Rows, 0.5).Accuracy, 4), Html.Fixed(Losses.OfRows(fold.Rows).Average(), 4),
        ])) + "<p>Each fold by the network that was trained without it. The rest of this page is computed on all rows together.</p>\n", wide: true);
}
