using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>cross-validate</c>: how good a network trained on such a table is, without a model at the end.</summary>
internal static class CrossValidateCommand
{
    public static Command Create()
    {
        TableOptions table = new();
        FoldOptions folds = new();
        NetworkOptions network = new();
        Option<string?> scores = OptionTexts.Text(
            "--scores", "file", "Write each row's out-of-fold prediction here (CSV: Row, Fold, Label, Score, Probability)");
        Option<string?> report = OptionTexts.Text("--report", "file", "Write a page with ROC, calibration, folds, ... here (.html)");
        Option<MetricsFormat?> format = MetricsOptions.Format();
        Command command = new("cross-validate", "Train on all folds but one, evaluate on that one, for each fold in turn.");
        table.AddTo(command);
        folds.AddTo(command);
        network.AddTo(command);
        command.AddGroup("What is written", scores, report, format);
        command.SetAction(parse =>
        {
            using IDisposable? messages = MetricsWriter.Begin(parse.GetValue(format));
            new CrossValidationJob
            {
                Table = table.Read(parse) with { Fold = folds.Column(parse) },
                Network = network.Read(parse),
                Folds = folds.Count(parse),
                ScoresPath = parse.GetValue(scores),
                ReportPath = parse.GetValue(report),
                Format = parse.GetValue(format),
            }.Run();
        });
        return command;
    }
}
