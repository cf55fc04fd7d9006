using System.Globalization;
using MlNetShallowNet.Samples.Comparison;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>A comparison as tables of at most 80 columns, and in words.</summary>
internal static class ComparisonDisplay
{
    private const int Width = 80;

    public static void Show(ComparisonResult result)
    {
        Terminal.Heading($"On {result.Folds.Count} folds, each by trainers that had not seen it: mean ± standard deviation");
        Terminal.Out.Write(ByMetric(result.All, (trainer, metric) => $"{MetricsDisplay.Number(trainer.Mean(metric))} ±{MetricsDisplay.Number(trainer.Deviation(metric))}"));

        Terminal.Heading($"Less {result.Ours.Name}, fold by fold: mean difference ± half a 95 % interval");
        Terminal.Out.Write(ByMetric(result.All.Skip(1), (trainer, metric) =>
        {
            PairedDifference difference = trainer.Less(result.Ours, metric);
            return $"{difference.Mean.ToString("+0.0000;-0.0000", CultureInfo.InvariantCulture)}±{MetricsDisplay.Number(difference.HalfWidth)}";
        }));
        foreach ((Metric metric, string sentence) in result.Verdicts())
            Sentences($"{metric.Name}: {sentence}");
        Sentences("Within noise: the interval of the difference holds 0.");

        Terminal.Heading("What they cost");
        Table costs = new Table().AddColumn("Trainer").AddColumn(Terminal.RightAligned("Fit, s")).AddColumn(Terminal.RightAligned("CPU, s"))
            .AddColumn(Terminal.RightAligned("One row, µs")).AddColumn(Terminal.RightAligned("Model, kB"));
        foreach (TrainerResult trainer in result.All)
        {
            costs.AddRow(trainer.Name, Cost(trainer.Median(f => f.FitSeconds)), Cost(trainer.Median(f => f.FitProcessorSeconds)),
                Cost(trainer.Median(f => f.PredictionMicroseconds)), Cost(trainer.Median(f => f.ModelBytes) / 1000));
        }
        Terminal.Out.Write(costs);
        Sentences("Medians over the folds. Fit starts from features in memory; one row is a call of PredictionEngine.Predict from features; " +
            "the model's file has all transforms.");
        foreach ((string name, string why) in result.Failed)
            Sentences($"{name} could not be trained on this table and is left out: {why}");
    }

    private static void Sentences(string text)
    {
        foreach (string line in TextWrap.Lines(text, Width))
            Terminal.Line(line);
    }

    private static Table ByMetric(IEnumerable<TrainerResult> trainers, Func<TrainerResult, Metric, string> cell)
    {
        Table table = new Table().AddColumn("Trainer");
        foreach (Metric metric in Metric.All)
            table.AddColumn(Terminal.RightAligned(metric.Name));
        foreach (TrainerResult trainer in trainers)
            table.AddRow([trainer.Name, .. Metric.All.Select(metric => cell(trainer, metric))]);
        return table;
    }

    private static string Cost(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
