using MlNetShallowNet.Samples.Training;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>The metrics of each fold, their mean and their standard deviation.</summary>
internal static class CrossValidationDisplay
{
    public static void Show(string[] folds, List<Evaluation> metrics)
    {
        Terminal.Heading($"Metrics of {folds.Length} folds");
        Table table = new Table().AddColumn("Fold");
        foreach ((string name, _) in MetricsDisplay.Shown)
            table.AddColumn(Terminal.RightAligned(name.Split(" (area")[0]));
        for (int fold = 0; fold < folds.Length; fold++)
            AddRow(table, folds[fold], of => of(metrics[fold]));
        table.AddEmptyRow();
        AddRow(table, "Mean", of => metrics.Average(of));
        AddRow(table, "Std. deviation", of => StandardDeviation([.. metrics.Select(of)]));
        Terminal.Out.Write(table);
    }

    private static void AddRow(Table table, string name, Func<Func<Evaluation, double>, double> cell) =>
        table.AddRow([Markup.Escape(name), .. MetricsDisplay.Shown.Select(metric => MetricsDisplay.Number(cell(metric.Of)))]);

    private static double StandardDeviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
