using System.CommandLine;
using Microsoft.ML;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>predict</c>: a saved model's three outputs for each row of a table.</summary>
internal static class PredictCommand
{
    private const string StandardOutput = "-";

    public static Command Create()
    {
        ModelOptions options = new();
        Option<string?> output = OptionTexts.Text(
            "--output",
            "file",
            "Where the CSV with PredictedLabel, Score and Probability goes, a line per row [default: -, standard output]");
        Command command = new("predict", "Score the rows of a table with a saved model.");
        options.AddTo(command);
        Option<bool> explain = new("--explain") { Description = "Tell what each column adds to a row's score" };
        Option<bool> byInput = new("--by-input") { Description = "With --explain: tell it of each of the network's inputs (column.word)" };
        Option<double?> threshold = ThresholdOptions.Threshold("the model's, 0.5 unless it was trained with another");
        Option<string[]> keep = TableOptions.Columns("--keep", "Columns of the table to write before the outputs, an id for example");
        command.AddGroup("What is written", output, keep, threshold, explain, byInput);
        command.SetAction(parse =>
        {
            string path = parse.GetValue(output) ?? StandardOutput;
            bool toFile = path != StandardOutput;
            if (toFile)
                OutputFile.Check([("--output", path)], options.Source(parse), options.ModelPath(parse));
            MLContext ml = new(0);
            (ITransformer model, TableView rows) = options.Load(ml, parse, needsLabel: false);
            if (parse.GetValue(threshold) is { } probability)
                model = WithThreshold(ml, model, probability);
            Contributions? contributions = parse.GetValue(explain) || parse.GetValue(byInput)
                ? Contributions.Of(ml, model, rows, parse.GetValue(byInput))
                : null;
            int[] kept = [.. rows.Table.FindAll(parse.GetValue(keep) ?? [], "--keep")];
            IDataView scored = contributions?.Explain(model.Transform(rows)) ?? model.Transform(rows);
            if (toFile)
            {
                PredictionWriter.Written toPath = default;
                OutputFile.Write(path, stream => toPath = PredictionWriter.Write(scored, rows, kept, stream, contributions));
                Terminal.Line(
                    $"{path}: {Terminal.Count(toPath.Rows, "row")} with PredictedLabel, Score and Probability (of {Shown.Text(rows.Labels.Positive)}).");
                foreach (string note in rows.Notices.Sentences().Concat(PredictionWriter.Notes(rows.Labels, toPath)))
                    Terminal.Line(note);
                if (contributions is not null)
                    ContributionDisplay.Show(scored, rows.Labels, contributions);
                return;
            }
            PredictionWriter.Written written = PredictionWriter.Write(scored, rows, kept, Terminal.Bytes, contributions);
            foreach (string note in rows.Notices.Sentences().Concat(PredictionWriter.Notes(rows.Labels, written)))
            {
                if (!Terminal.IsQuiet)
                    Terminal.Error(note);
            }
        });
        return command;
    }

    private static ITransformer WithThreshold(MLContext ml, ITransformer model, double threshold)
    {
        try
        {
            return ml.Model.WithThreshold(model, threshold);
        }
        catch (InvalidOperationException e)
        {
            throw new UserError(e.Message, e);
        }
    }
}
