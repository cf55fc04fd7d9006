using System.Globalization;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Metrics as tables: ML.NET's, and the average precision as the report has it.</summary>
internal static class MetricsDisplay
{
    /// <summary>The metrics that are shown, from the one that matters most.</summary>
    public static IReadOnlyList<(string Name, Func<Evaluation, double> Of)> Shown { get; } =
    [
        ("AUC (area under ROC)", e => e.Metrics.AreaUnderRocCurve),
        ("Average precision", e => e.AveragePrecision),
        ("Accuracy", e => e.Metrics.Accuracy),
        ("F1", e => e.Metrics.F1Score),
        ("Precision", e => e.Metrics.PositivePrecision),
        ("Recall", e => e.Metrics.PositiveRecall),
        ("Log loss (natural)", e => NaturalLogLoss(e.Metrics)),
        ("Log loss (base 2)", e => e.Metrics.LogLoss),
        ("Log-loss reduction", e => e.Metrics.LogLossReduction),
    ];

    /// <summary>ML.NET measures log loss in bits; networks are trained, and most libraries measure, in natural units.</summary>
    public static double NaturalLogLoss(CalibratedBinaryClassificationMetrics metrics) => metrics.LogLoss * Math.Log(2);

    /// <summary>A number with four decimals.</summary>
    public static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>The metrics and the confusion matrix.</summary>
    public static void Show(string title, Evaluation evaluation, LabelValues labels)
    {
        Terminal.Heading(title);
        Table table = new Table().AddColumn("Metric").AddColumn(Terminal.RightAligned("Value"));
        foreach ((string name, Func<Evaluation, double> of) in Shown)
            table.AddRow(Markup.Escape(name), Number(of(evaluation)));
        Terminal.Out.Write(table);
        if (double.IsInfinity(evaluation.Metrics.LogLoss))
            Terminal.Line("Log loss is infinite: a row's probability, rounded to single precision, is exactly 0 or 1, and its label is the other.");
        Terminal.Heading("Confusion matrix (rows)");
        Terminal.Out.Write(Confusion(evaluation.Metrics.ConfusionMatrix, labels));
    }

    /// <summary>ML.NET puts the positive class first, in rows (actual) and in columns (predicted).</summary>
    private static Table Confusion(ConfusionMatrix matrix, LabelValues labels)
    {
        Table table = new Table().AddColumn("");
        foreach (string predicted in (string[])[labels.Positive, labels.Negative])
            table.AddColumn(Terminal.RightAligned($"predicted {predicted}"));
        for (int actual = 0; actual < 2; actual++)
        {
            table.AddRow(
                Markup.Escape($"actual {Tables.Shown.Visible(labels.Of(actual == 0))}"),
                Count(matrix.GetCountForClassPair(0, actual)),
                Count(matrix.GetCountForClassPair(1, actual)));
        }
        return table;
    }

    private static string Count(double count) => count.ToString("0", CultureInfo.InvariantCulture);
}
