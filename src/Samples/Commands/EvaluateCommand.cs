using System.CommandLine;
using Microsoft.ML;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Report;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>evaluate</c>: a saved model on a table with labels.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        ModelOptions options = new();
        Option<string?> label = OptionTexts.Text(
            "--label", "column", "The label column [default: the one that the model was trained on]");
        Option<string?> positive = OptionTexts.Text(
            "--positive", "value", "The label value of this table that means yes, against the rest [default: the labels that the model was trained on]");
        Command command = new("evaluate", "Measure a saved model on a table with labels.");
        options.AddTo(command);
        ThresholdOptions wishes = new();
        Option<string?> report = OptionTexts.Text("--report", "file", "Write a page with ROC, calibration, importances, ... here (.html)");
        Option<MetricsFormat?> format = MetricsOptions.Format();
        command.AddGroup("What is measured and written", label, positive, report, format);
        wishes.AddTo(command);
        command.SetAction(parse =>
        {
            using IDisposable? messages = MetricsWriter.Begin(parse.GetValue(format));
            string? page = parse.GetValue(report);
            OutputFile.Check([("--report", page)], options.Source(parse), options.ModelPath(parse));
            MLContext ml = new(0);
            (ITransformer model, TableView text) = options.Load(ml, parse, needsLabel: true, parse.GetValue(label), parse.GetValue(positive));
            using CellStore cells = CellStore.Read(text);
            TableView rows = text.From(cells);
            Evaluation metrics = NetworkTraining.Evaluate(ml, model, rows);
            MetricsDisplay.Show($"Metrics of {options.ModelPath(parse)} on {rows.Table.Path}", metrics, rows.Labels);
            IReadOnlyList<ThresholdChoice> chosen = ThresholdChoice.All(metrics.Rows, wishes.Read(parse));
            MetricsDisplay.ShowThresholds(chosen);
            TrainingOverlap? seen = SeenRows.Of(ml, model, model.Transform(rows), rows.LabelName);
            if (seen?.Found > 0)
                Terminal.Line(SeenRows.Sentence(seen, rows => $"{rows}"));
            foreach (string note in rows.Notices.Sentences())
                Terminal.Line(note);
            if (page is not null)
            {
                string html = ReportBuilder.OfEvaluation(ml, model, options.ModelPath(parse), rows, wishes.Read(parse), seen);
                OutputFile.Write(page, html);
                Terminal.Line($"{page}: ROC, calibration, importances, the network; open it in a browser.");
            }
            MetricsWriter.Write(parse.GetValue(format), metrics, rows.Labels, chosen, seen);
        });
        return command;
    }
}
