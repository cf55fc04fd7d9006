using System.CommandLine;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>cross-validate</c>: how good a network trained on such a table is, without a model at the end.</summary>
internal static class CrossValidateCommand
{
    public static Command Create()
    {
        TableOptions table = new();
        NetworkOptions network = new();
        Option<int?> folds = OptionTexts.Number<int>(
            "--folds", "How many folds [default: 5]", count => count is >= 2 and <= 1000, "from 2 to 1000");
        Option<string?> foldColumn = OptionTexts.Text(
            "--fold-column", "column", "A column with each row's fold, instead of folds drawn at random");
        Option<string?> scores = OptionTexts.Text(
            "--scores", "file", "Write each row's out-of-fold prediction here (CSV: Row, Fold, Label, Score, Probability)");
        Option<string?> report = OptionTexts.Text("--report", "file", "Write a page with ROC, calibration, folds, ... here (.html)");
        Command command = new("cross-validate", "Train on all folds but one, evaluate on that one, for each fold in turn.");
        table.AddTo(command);
        command.Add(folds);
        command.Add(foldColumn);
        network.AddTo(command);
        command.Add(scores);
        command.Add(report);
        command.Validators.Add(result =>
        {
            if (result.GetResult(folds) is { Implicit: false } && result.GetResult(foldColumn) is { Implicit: false })
                result.AddError("--folds and --fold-column exclude each other.");
        });
        command.SetAction(parse =>
        {
            TableSettings settings = table.Read(parse) with { Fold = parse.GetValue(foldColumn) };
            new CrossValidationJob
            {
                Table = settings,
                Network = network.Read(parse),
                Folds = parse.GetValue(folds) ?? 5,
                ScoresPath = parse.GetValue(scores),
                ReportPath = parse.GetValue(report),
            }.Run();
        });
        return command;
    }
}
