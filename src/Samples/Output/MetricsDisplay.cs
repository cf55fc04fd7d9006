using System.Globalization;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Report.Statistics;
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
        ("Accuracy", e => e.Decisions.Accuracy),
        ("F1", e => e.Decisions.F1),
        ("Precision", e => e.Decisions.Precision),
        ("Recall", e => e.Decisions.Recall),
        ("Log loss (natural)", e => NaturalLogLoss(e.Metrics)),
        ("Log loss (base 2)", e => e.Metrics.LogLoss),
        ("Log-loss reduction", e => e.Metrics.LogLossReduction),
    ];

    /// <summary>ML.NET measures log loss in bits; networks are trained, and most libraries measure, in natural units.</summary>
    public static double NaturalLogLoss(CalibratedBinaryClassificationMetrics metrics) => metrics.LogLoss * Math.Log(2);

    /// <summary>A number with four decimals; a dash for none, as the precision is where no row is predicted to be positive.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>The metrics and the confusion matrix.</summary>
    public static void Show(string title, Evaluation evaluation, LabelValues labels)
    {
        Terminal.Heading(title);
        Table table = new Table().AddColumn("Metric").AddColumn(Terminal.RightAligned("Value"));
        foreach ((string name, Func<Evaluation, double> of) in Shown)
            table.AddRow(Markup.Escape(name), Number(of(evaluation)));
        Terminal.Out.Write(table);
        ExplainInfinity(evaluation);
        Terminal.Heading("Confusion matrix (rows)");
        Terminal.Out.Write(Matrix(evaluation.Decisions, labels));
        if (evaluation.Decisions.Threshold != 0.5)
            Terminal.Line($"Decisions are the model's: {Tables.Shown.Text(labels.Positive)} where the probability is above {NumberText.Format(evaluation.Decisions.Threshold)}.");
    }

    /// <summary>Says why a log loss is infinite, if one is.</summary>
    public static void ExplainInfinity(params IEnumerable<Evaluation> evaluations)
    {
        if (evaluations.Any(evaluation => double.IsInfinity(evaluation.Metrics.LogLoss)))
            Terminal.Line("Log loss is infinite: a row's probability, rounded to single precision, is exactly 0 or 1, and its label is the other.");
    }

    /// <summary>The thresholds that are best by some criterion.</summary>
    public static void ShowThresholds(IReadOnlyList<ThresholdChoice> choices)
    {
        (string[] heading, IReadOnlyList<string[]> chosen) = Decisions.Chosen(choices);
        Terminal.Heading("Thresholds by criterion, chosen on these rows (--threshold of train and predict takes one)");
        Table table = new Table().AddColumn(heading[0]);
        foreach (string name in heading.Skip(1))
            table.AddColumn(Terminal.RightAligned(name));
        foreach (string[] row in chosen)
            table.AddRow([.. row.Select(Markup.Escape)]);
        Terminal.Out.Write(table);
    }

    private static Table Matrix(Confusion of, LabelValues labels)
    {
        Table table = new Table().AddColumn("");
        foreach (string predicted in (string[])[labels.Positive, labels.Negative])
            table.AddColumn(Terminal.RightAligned($"predicted {Tables.Shown.Short(predicted)}"));
        foreach ((bool actual, int positive, int negative) in
            ((bool, int, int)[])[(true, of.TruePositives, of.FalseNegatives), (false, of.FalsePositives, of.TrueNegatives)])
        {
            table.AddRow(Markup.Escape($"actual {Tables.Shown.Short(labels.Of(actual))}"), $"{positive}", $"{negative}");
        }
        return table;
    }
}
