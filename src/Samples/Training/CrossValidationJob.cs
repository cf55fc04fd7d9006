using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Report;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// Trains on all folds but one and evaluates on that one, in turn. The transforms are fitted anew for each fold, on its training rows
/// alone.
/// </summary>
internal sealed class CrossValidationJob
{
    /// <summary>The table, with its fold column if it has one.</summary>
    public required TableSettings Table { get; init; }

    /// <summary>The network.</summary>
    public required ShallowNetworkTrainer.Options Network { get; init; }

    /// <summary>How many folds are drawn where the table has no fold column.</summary>
    public required int Folds { get; init; }

    /// <summary>Where the out-of-fold predictions go, or null.</summary>
    public string? ScoresPath { get; init; }

    /// <summary>Where the report page goes, or null.</summary>
    public string? ReportPath { get; init; }

    /// <summary>How the metrics are written for another program; null for not at all.</summary>
    public MetricsFormat? Format { get; init; }

    /// <summary>Runs the job.</summary>
    public void Run()
    {
        OutputFile.Check([("--scores", ScoresPath), ("--report", ReportPath)], Table.Source);
        using TableProfile profile = TableProfile.Read(Table with { MemoryBudgetMegabytes = Network.MemoryBudgetMegabytes });
        DataDisplay.Show(profile);
        Folds folds = Training.Folds.Of(profile, Table, Folds, Network.Seed ?? 1);
        string[] names = folds.Names;
        OutOfFoldScores scores = new(profile, folds);
        List<Evaluation> metrics = [];
        MLContext ml = TrainerLog.CreateContext(Network.Seed ?? 1);
        for (int fold = 0; fold < names.Length; fold++)
        {
            (TableView training, TableView testing) = folds.Split(profile, fold);
            TransformerChain<ShallowNetworkTransformer> model = TrainingDisplay.Run(
                $"Fold {names[fold]} ({fold + 1}/{names.Length})",
                training.GetRowCount(),
                progress => NetworkTraining.Fit(ml, profile, training, Network, progress, StopRequest.Token));
            if (StopRequest.Token.IsCancellationRequested)
                throw new UserError($"Stopped by {StopRequest.By} in fold {fold + 1} of {names.Length}; nothing was written.");
            metrics.Add(NetworkTraining.Evaluate(ml, model, testing));
            scores.Add(fold, model.Transform(testing));
        }
        CrossValidationDisplay.Show(names, metrics);
        if (ScoresPath is not null)
        {
            OutputFile.Write(ScoresPath, scores.Write);
            Terminal.Line();
            Terminal.Line($"{ScoresPath}: each row's prediction by the network that hadn't seen it.");
        }
        if (ReportPath is not null)
        {
            string page = ReportBuilder.OfFolds(
                profile, scores.Rows(), [.. names.Select((name, fold) => (name, scores.Rows(fold)))], Network);
            OutputFile.Write(ReportPath, page);
            Terminal.Line($"{ReportPath}: ROC, calibration and the folds; open it in a browser.");
        }
        MetricsWriter.Write(Format, names, metrics);
    }
}
