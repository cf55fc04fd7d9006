using System.CommandLine;
using MlNetShallowNet.Samples.CodeGeneration;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>train</c>: a network from a table.</summary>
internal static class TrainCommand
{
    public const double DefaultTestFraction = 0.2;

    public static Command Create()
    {
        TableOptions table = new();
        NetworkOptions network = new();
        ClusterOptions cluster = new();
        Option<double?> testFraction = OptionTexts.Number<double>(
            "--test-fraction",
            "Share of the rows held out to evaluate on; 0 trains and evaluates on all [default: 0.2]",
            share => share is >= 0 and < 1,
            "from 0 to below 1");
        Option<string?> model = OptionTexts.Text("--model", "file", "Save the ML.NET model here (.zip)");
        Option<string?> json = OptionTexts.Text("--network", "file", "Save the network here as JSON");
        Option<string?> history = OptionTexts.Text("--history", "file", "Write the losses of every epoch here (.csv)");

        Option<string?> checkpoint = OptionTexts.Text(
            "--checkpoint", "file", "Keep the state of training here; the same command goes on from it after a kill");
        Option<string?> work = OptionTexts.Text(
            "--work", "folder", "Keep the state of training in this folder, and take from there the members that train-member trained");
        Option<string?> report = OptionTexts.Text(
            "--report", "file", "Write a page with learning curves, ROC, calibration, ... here (.html)");

        Option<string?> code = OptionTexts.Text(
            "--code", "folder", "Write a C# project here that loads the model and scores rows, also as a web service");
        Option<double?> threshold = ThresholdOptions.Threshold("0.5");

        Option<MetricsFormat?> format = MetricsOptions.Format();

        Command command = new("train", "Train a network on a table, evaluate it on held-out rows, and save it.");
        table.AddTo(command);
        command.AddGroup("The rows held out", testFraction);
        network.AddTo(command);
        cluster.AddTo(command);
        command.AddGroup("What is written", threshold, model, json, history, report, code, checkpoint, work, format);
        command.SetAction(parse =>
        {
            using IDisposable? messages = MetricsWriter.Begin(parse.GetValue(format));
            new TrainingJob
            {
                Table = table.Read(parse),
                Network = network.Read(parse),
                TestFraction = parse.GetValue(testFraction) ?? (cluster.Read(parse) is null ? DefaultTestFraction : 0),
                Cluster = cluster.Read(parse),
                Threshold = parse.GetValue(threshold),
                ModelPath = parse.GetValue(model),
                NetworkPath = parse.GetValue(json),
                HistoryPath = parse.GetValue(history),
                ReportPath = parse.GetValue(report),
                Code = parse.GetValue(code) is { } folder ? new ScoringProject(folder) : null,
                CheckpointPath = parse.GetValue(checkpoint),
                Work = parse.GetValue(work) is { } workFolder ? new WorkFolder(workFolder) : null,
                Format = parse.GetValue(format),
            }.Run();
        });
        return command;
    }
}
