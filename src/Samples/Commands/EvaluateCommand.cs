using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Output;
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
        Command command = new("evaluate", "Measure a saved model on a table with labels.");
        options.AddTo(command);
        command.Add(label);
        command.SetAction(parse =>
        {
            MLContext ml = new(0);
            (ITransformer model, TableView rows) = options.Load(ml, parse, needsLabel: true, parse.GetValue(label));
            CalibratedBinaryClassificationMetrics metrics = NetworkTraining.Evaluate(ml, model, rows);
            MetricsDisplay.Show($"Metrics of {options.ModelPath(parse)} on {rows.Table.Path}", metrics, rows.Labels);
            foreach (string note in rows.Notices.Sentences())
                Terminal.Line(note);
        });
        return command;
    }
}
