using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Comparison;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>compare</c>: the network beside ML.NET's own trainers, on the user's table.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        TableOptions table = new();
        FoldOptions folds = new();
        NetworkOptions network = new();
        Option<string?> output = OptionTexts.Text("--output", "file", "Write all figures here, of each fold too (.json)");
        Option<string?> report = OptionTexts.Text("--report", "file", "Write a page with pictures of the differences here (.html)");
        Command command = new("compare", "Train the network and ML.NET's own trainers on the same folds of a table, and tell how they differ.");
        table.AddTo(command);
        folds.AddTo(command);
        network.AddTo(command);
        command.AddGroup("What is written", output, report);
        command.SetAction(parse =>
        {
            new ComparisonJob
            {
                Table = table.Read(parse) with { Fold = folds.Column(parse) },
                Network = network.Read(parse),
                Folds = folds.Count(parse),
                OutputPath = parse.GetValue(output),
                ReportPath = parse.GetValue(report),
            }.Run();
        });
        return command;
    }
}
