using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>The folds of a cross-validation beside each other.</summary>
internal static class FoldFigures
{
    // Named and summed up as the command prints them.
    private static readonly (string Name, Func<ScoredRows, double> Of)[] _figures =
    [
        ("AUC (area under ROC)", rows => Curve.Roc(rows).Area),
        ("± (95 %)", rows => Intervals.Z * Intervals.RocStandardError(rows)),
        ("Average precision", rows => Curve.PrecisionRecall(rows).Area),
        ("Accuracy", rows => Confusion.At(rows, 0.5).Accuracy),
        ("Log loss (natural)", rows => Losses.OfRows(rows).Average()),
    ];

    public static string Draw(ReportData data)
    {
        double[][] figures = [.. _figures.Select(figure => data.Folds.Select(fold => figure.Of(fold.Rows)).ToArray())];
        IReadOnlyList<string> Row(string name, string rows, Func<double[], double> of) => [name, rows, .. figures.Select(f => Html.Fixed(of(f), 4))];
        return Section.Of("folds", "Folds",
            Html.Table("Figures by fold", ["fold", "rows", .. _figures.Select(figure => figure.Name)],
            [
                .. data.Folds.Select((fold, k) => Row(fold.Name, Html.Count(fold.Rows.Count), f => f[k])),
                Row("Mean", "", f => f.Average()),
            ]) + "<p>Each fold by the network that was trained without it. The pictures of this page are of all rows together.</p>\n", wide: true);
    }

    /// <summary>A figure over its picture. In a cross-validation it is the mean of the folds, as the command prints it; that of all rows, which the
    /// picture shows, stands beside it.</summary>
    /// <param name="data">The report.</param>
    /// <param name="name">What the command calls it.</param>
    /// <param name="id">What programs find it by.</param>
    /// <param name="of">Measures it.</param>
    /// <param name="error">Half of the 95 % interval of that of all rows; not a number where there is none.</param>
    public static string Over(ReportData data, string name, string id, Func<ScoredRows, double> of, double error = double.NaN)
    {
        string ofAll = double.IsNaN(error) ? "" : $" <span class=\"muted\">± {Html.Fixed(error, 4)}</span>", figure = Html.Figure(id, of(data.Testing), 4);
        if (data.Folds.Count > 0)
        {
            double[] folds = [.. data.Folds.Select(fold => of(fold.Rows))];
            ofAll = $" <span class=\"muted\">± {Html.Fixed(Spread.StandardDeviation(folds), 4)}, mean and standard deviation of the folds; all rows together</span> " +
                Html.Fixed(of(data.Testing), 4) + ofAll;
            figure = Html.Figure(id, folds.Average(), 4);
        }

        return $"<p class=\"area\">{name} {figure}{ofAll}</p>\n";
    }
}
