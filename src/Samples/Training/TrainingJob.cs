using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Cluster;
using MlNetShallowNet.Samples.CodeGeneration;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Report;
using MlNetShallowNet.Samples.Tables;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Training;

/// <summary>From a table to a saved model: read, hold out, train, evaluate, save, load again, compare, score a few rows.</summary>
internal sealed class TrainingJob
{
    private const int RowsToShow = 3;

    /// <summary>Enough to see that a file holds the model; a million rows would take seconds.</summary>
    private const int RowsToCompare = 10_000;

    /// <summary>From fewer rows of a label an estimate of quality is chance.</summary>
    private const int FewestRows = 10;

    /// <summary>The table.</summary>
    public required TableSettings Table { get; init; }

    /// <summary>The network.</summary>
    public required ShallowNetworkTrainer.Options Network { get; init; }

    /// <summary>The share of the rows that are held out to evaluate on; with 0 it is the training rows.</summary>
    public required double TestFraction { get; init; }

    /// <summary>The probability above which a row is predicted to be positive; null for one half.</summary>
    public double? Threshold { get; init; }

    /// <summary>Where the ML.NET model goes, or null.</summary>
    public string? ModelPath { get; init; }

    /// <summary>Where the network goes as JSON, or null.</summary>
    public string? NetworkPath { get; init; }

    /// <summary>Where the losses of every epoch go, or null.</summary>
    public string? HistoryPath { get; init; }

    /// <summary>Where the report page goes, or null.</summary>
    public string? ReportPath { get; init; }

    /// <summary>The project that scores rows with the model, or null.</summary>
    public ScoringProject? Code { get; init; }

    /// <summary>Where the state of training is kept until the results are saved, or null.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Where members of the network are, and the state of training; null for nowhere.</summary>
    public WorkFolder? Work { get; init; }

    /// <summary>Whether all members are in <see cref="Work"/>, only to be joined.</summary>
    public bool Joins { get; init; }

    /// <summary>The machines that train, or null for this one.</summary>
    public ClusterTraining? Cluster { get; init; }

    /// <summary>How the metrics are written for another program; null for not at all.</summary>
    public MetricsFormat? Format { get; init; }

    /// <summary>How the first rows are scored at the end, where the table has a class of its own; null for the model's transform.</summary>
    public Func<MLContext, ITransformer, TableView, int, IReadOnlyList<(bool Label, Prediction Prediction)>>? ScoreTyped { get; init; }

    /// <summary>Runs the job.</summary>
    public void Run()
    {
        CheckPaths();
        using TableProfile profile = TableProfile.Read(Table with { MemoryBudgetMegabytes = Network.MemoryBudgetMegabytes });
        DataDisplay.Show(profile);
        if (Code is not null)
            ScoringProject.Check(profile);
        bool[] heldOut = RowPartition.HeldOut(profile.LabelByRow, TestFraction, Network.Seed ?? 1);
        TableView training = TableView.ForTraining(profile, row => !heldOut[row]);
        TableView testing = TestFraction > 0 ? TableView.ForTraining(profile, row => heldOut[row]) : training;

        MLContext ml = TrainerLog.CreateContext(Network.Seed ?? 1);
        TransformerChain<ShallowNetworkTransformer> model = Train(ml, profile, training);
        Evaluation metrics = EvaluateAndSave(ml, profile, model, testing, heldOut);
        EndCheckpoint(model.LastTransformer.Model.History.WasCancelled);
        MetricsWriter.Write(Format, metrics, profile.Labels, []);
        // Last, for it trains again, which takes time and can be stopped.
        if (ReportPath is not null)
            WriteReport(ReportPath, ReportBuilder.OfTraining(ml, profile, training, testing, model, Network, StopRequest.Token), model.LastTransformer.Model.History);
    }

    // To its end: a stop that is asked for now would lose what was learnt.
    private Evaluation EvaluateAndSave(MLContext ml, TableProfile profile, TransformerChain<ShallowNetworkTransformer> model, TableView testing, bool[] heldOut)
    {
        using IDisposable _ = StopRequest.WhileTraining();
        Evaluation metrics = NetworkTraining.Evaluate(ml, model, testing);
        string rows = TestFraction > 0 ? $"{heldOut.Count(held => held)} held-out rows" : "the training rows (none held out)";
        MetricsDisplay.Show($"Metrics on {rows}", metrics, profile.Labels);
        foreach (bool label in (bool[])[true, false])
        {
            int count = TestFraction > 0 ? heldOut.Where((held, row) => held && profile.LabelByRow[row] == label).Count() : profile.Count(label);
            if (count < FewestRows)
                Terminal.Line($"Only {Terminal.Count(count, "row")} of these {(count == 1 ? "has" : "have")} the label {Shown.Text(profile.Labels.Of(label))}, so the metrics say little.");
        }
        SaveAndShow(ml, profile, model, testing);
        return metrics;
    }

    private void CheckPaths()
    {
        Cluster?.Check(this);
        if (ModelPath is not null && OutputFile.IsDevice(ModelPath))
            throw new UserError($"--model {ModelPath} is a device, from which the model can't be read again to compare it; give a file.");
        OutputFile.Check(
            [("--model", ModelPath), ("--network", NetworkPath), ("--history", HistoryPath), ("--report", ReportPath), ("--checkpoint", CheckpointPath)], Table.Source);
        Code?.Check();
    }

    private TransformerChain<ShallowNetworkTransformer> Train(MLContext ml, TableProfile profile, TableView rows)
    {
        Stopwatch watch = Stopwatch.StartNew();
        if (File.Exists(CheckpointPath))
            Terminal.Line($"Training goes on from the checkpoint {CheckpointPath}.");
        TransformerChain<ShallowNetworkTransformer> model = Cluster is { } cluster
            ? Fit(null, (trainer, encoding, _) => cluster.Fit(trainer, profile, encoding, rows.Schema, Work?.Make(), StopRequest.Token))
            : TrainingDisplay.Run("Training", rows.GetRowCount(), progress => Fit(
                progress, Work is null ? null : (trainer, _, encoded) => Work.Fit(trainer, encoded, profile.Table.Path, Joins)));
        ShallowNetworkModelParameters network = model.LastTransformer.Model;
        TrainingHistory history = network.History;

        Terminal.Heading("Network");
        string units = Terminal.Count(network.HiddenUnits, "hidden unit");
        Terminal.Line($"{Terminal.Count(network.FeatureCount, "input")}, {units} ({network.Activation.Name}), 1 output.");
        if (network.Encoding is { Crosses.Length: > 0 } encoding)
            Terminal.Line(DescribeCrosses(encoding.Crosses, InputMap.Of(model.GetOutputSchema(rows.Schema), model.LastTransformer.FeatureColumnName)));
        string epochs = Terminal.Count(history.Epochs.Count, "epoch");
        string time = string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.00} s");
        Terminal.Line($"{epochs} in {time}{DescribeKept(history)}.");
        if (Network.MemoryBudgetMegabytes is { } budget)
            Terminal.Line($"Memory: {PeakMegabytes()} MB at the most, with {budget} MB as the budget for rows.");
        if (network.Estimate is { } estimate)
            Terminal.Line(Expected(estimate, profile));
        if (history.WasCancelled)
        {
            string why = StopRequest.Token.IsCancellationRequested ? $"was stopped by {StopRequest.By}" : "has used up its time budget";
            Terminal.Line($"Training {why}; the best network so far is kept.");
        }
        return Threshold is { } threshold ? new TransformerChain<ITransformer>([.. model.SkipLast(1)]).Append(model.LastTransformer.WithThreshold(threshold)) : model;

        TransformerChain<ShallowNetworkTransformer> Fit(
            IProgress<TrainingProgress>? progress, Func<ShallowNetworkTrainer, ITransformer, IDataView, ShallowNetworkTransformer>? fit) =>
            NetworkTraining.Fit(ml, profile, rows, Network, progress, StopRequest.Token, checkpoint: CheckpointPath, fit: fit);
    }

    /// <summary>What was kept is needed no more, unless training is to go on another time.</summary>
    private void EndCheckpoint(bool wasStopped)
    {
        if (CheckpointPath is null)
            return;
        if (!wasStopped)
            File.Delete(CheckpointPath);
        else if (File.Exists(CheckpointPath))
            Terminal.Line($"{CheckpointPath}: the last checkpoint; the same command goes on from it.");
        else
            Terminal.Line($"{CheckpointPath}: not written yet when training was stopped; the same command begins again.");
    }

    private static void WriteReport(string path, string page, TrainingHistory history)
    {
        OutputFile.Write(path, page);
        Terminal.Heading("Report");
        Terminal.Line($"{path}: learning curves, ROC, calibration, importances, the network; open it in a browser.");
        if (StopRequest.Token.IsCancellationRequested && !history.WasCancelled)
            Terminal.Line($"Making it was stopped by {StopRequest.By}, so it may lack what takes another training.");
    }

    private static long PeakMegabytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }

    /// <summary>What training itself has measured, unless there were too few rows of a label to measure on.</summary>
    private static string Expected(QualityEstimate of, TableProfile profile)
    {
        bool rarer = 2 * profile.Count(true) < profile.Count(true) + profile.Count(false);
        double inRarer = of.Rows * (double)profile.Count(rarer) / (profile.Count(true) + profile.Count(false));
        return inRarer < FewestRows || !double.IsFinite(of.AucStandardError + of.LogLossStandardError)
            ? $"What to expect on fresh rows can't be told: too few rows with the label {Shown.Text(profile.Labels.Of(rarer))} were kept out of training."
            : Expected(of);
    }

    private static string Expected(QualityEstimate of) => string.Create(
        CultureInfo.InvariantCulture,
        $"To expect on fresh rows, from {of.Rows} rows kept out of training: area under ROC {of.Auc:0.0000} ± {of.AucStandardError:0.0000}, " +
        $"log loss {of.LogLoss:0.0000} ± {of.LogLossStandardError:0.0000} (± one standard error).");

    /// <summary>Which columns the network reads together, too.</summary>
    private static string DescribeCrosses(ReadOnlySpan<FeatureCross> crosses, InputMap inputs)
    {
        string Columns(int first, int count) => string.Join(
            " and ", inputs.Columns.Where(column => column.Inputs.Any(input => input >= first && input < first + count)).Select(column => Shown.Text(column.Name)));
        return "Also read together, for they say more so than one by one: " + string.Join(
            "; ", crosses.ToArray().Select(cross => $"{Columns(cross.First, cross.FirstCount)} with {Columns(cross.Second, cross.SecondCount)}")) + ".";
    }

    private static string DescribeKept(TrainingHistory history)
    {
        if (history.BestEpoch == 0)
            return "";
        TrainingEpoch kept = history.Epochs[history.BestEpoch - 1];
        string best = history.BestEpoch < history.Epochs.Count ? $"; best epoch {history.BestEpoch} kept" : "";
        return $"{best}; {TrainingDisplay.Losses(kept.TrainingLoss, kept.ValidationLoss)}";
    }

    private void SaveAndShow(MLContext ml, TableProfile profile, TransformerChain<ShallowNetworkTransformer> model, TableView testing)
    {
        Terminal.Heading("Saved");
        if (NetworkPath is not null)
        {
            OutputFile.Write(NetworkPath, stream => NetworkJson.Write(model.LastTransformer.Model, stream));
            Terminal.Line($"{NetworkPath}: the network as JSON (activation, W1, b1, W2, b2).");
        }
        if (HistoryPath is not null)
        {
            OutputFile.Write(HistoryPath, stream => HistoryWriter.Write(model.LastTransformer.Model.History, stream));
            Terminal.Line($"{HistoryPath}: the losses of every epoch.");
        }
        TableView all = TableView.ForTraining(profile);
        if (ModelPath is not null)
        {
            ModelFile.Save(ml, model, testing.Schema, ModelPath);
            Terminal.Line($"{ModelPath}: the ML.NET model, from the table's columns to the score.");
        }
        if (Code is not null)
        {
            Code.Write(ml, model, all);
            Terminal.Line($"{Code.Folder}: a C# project that loads the model and scores rows, also as a web service; its README.md says how.");
        }
        if ((ModelPath ?? Code?.ModelPath) is not { } saved)
        {
            Terminal.Line("No model; --model FILE keeps it.");
            ShowRows(ml, model, testing, "the trained model");
            return;
        }
        ITransformer reloaded = ModelFile.Load(ml, saved, out _);
        (long rows, long different) = ScoreComparison.Count(model, reloaded, ml.Data.TakeRows(all, RowsToCompare));
        if (different > 0)
            throw new UserError($"Reloaded from {saved}, the model gives other outputs than before in {different} of {rows} rows.");
        Terminal.Line($"Loaded again: PredictedLabel, Score and Probability of {(rows < RowsToCompare ? "all" : "the first")} {rows} rows are the trained model's, bit for bit.");
        ShowRows(ml, reloaded, testing, "the reloaded model");
    }

    private void ShowRows(MLContext ml, ITransformer model, TableView rows, string which)
    {
        Terminal.Heading($"A few rows, scored by {(ScoreTyped is null ? "" : "a PredictionEngine on ")}{which}");
        Table table = new Table().AddColumn("Actual").AddColumn("PredictedLabel")
            .AddColumn(Terminal.RightAligned("Score")).AddColumn(Terminal.RightAligned("Probability"));
        foreach ((bool label, Prediction prediction) in
            ScoreTyped?.Invoke(ml, model, rows, RowsToShow) ?? FirstRows.Score(model, rows, RowsToShow))
        {
            table.AddRow(
                Markup.Escape(Shown.Short(rows.Labels.Of(label))),
                Markup.Escape(Shown.Short(rows.Labels.Of(prediction.PredictedLabel))),
                MetricsDisplay.Number(prediction.Score),
                MetricsDisplay.Number(prediction.Probability));
        }
        Terminal.Out.Write(table);
    }
}
