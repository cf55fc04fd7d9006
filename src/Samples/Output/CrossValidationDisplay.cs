using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Training;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>The metrics of a cross-validation, a row for each: their mean and standard deviation, and below those of each fold.</summary>
internal static class CrossValidationDisplay
{
    /// <summary>So many folds beside each other fit 80 columns.</summary>
    private const int FoldsBeside = 5;

    public static void Show(string[] folds, List<Evaluation> metrics)
    {
        Terminal.Heading($"Metrics of {folds.Length} folds");
        Write(["Mean", "Std. deviation"], of => [metrics.Average(of), Spread.StandardDeviation([.. metrics.Select(of)])]);
        foreach (int[] some in Enumerable.Range(0, folds.Length).Chunk(FoldsBeside))
        {
            Terminal.Heading($"Of {(some.Length == 1 ? "fold" : "folds")} {string.Join(", ", some.Select(fold => folds[fold]))}");
            Write([.. some.Select(fold => folds[fold])], of => [.. some.Select(fold => of(metrics[fold]))]);
        }
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
