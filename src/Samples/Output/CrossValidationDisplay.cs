using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Training;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>The metrics of a cross-validation, a row for each: their mean and standard deviation, and below those of each fold.</summary>
internal static class CrossValidationDisplay
{
    // More folds beside each other than fit 80 columns are hard to read on any terminal.
    private const int MostBeside = 5, WidthOfNames = 24, WidthOfFold = 9;

    public static void Show(string[] folds, List<Evaluation> metrics)
    {
        Terminal.Heading($"Metrics of {folds.Length} folds");
        Write(["Mean", "Std. deviation"], of => [metrics.Average(of), Spread.StandardDeviation([.. metrics.Select(of)])]);
        int beside = Math.Clamp((Terminal.TextWidth - WidthOfNames) / WidthOfFold, 1, MostBeside);
        foreach (int[] some in Enumerable.Range(0, folds.Length).Chunk(beside))
        {
            Terminal.Heading($"Of {(some.Length == 1 ? "fold" : "folds")} {string.Join(", ", some.Select(fold => folds[fold]))}");
            Write([.. some.Select(fold => folds[fold])], of => [.. some.Select(fold => of(metrics[fold]))]);
        }
        MetricsDisplay.ExplainInfinity(metrics);
    }

    private static void Write(string[] columns, Func<Func<Evaluation, double>, double[]> row)
    {
        Table table = new Table().AddColumn("Metric");
        foreach (string column in columns)
            table.AddColumn(Terminal.RightAligned(column));
        foreach ((string name, Func<Evaluation, double> of) in MetricsDisplay.Shown)
            table.AddRow([Markup.Escape(name), .. row(of).Select(MetricsDisplay.Number)]);
        Terminal.Out.Write(table);
    }
}
