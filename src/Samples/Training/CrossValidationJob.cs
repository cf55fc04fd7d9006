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

    /// <summary>Runs the job.</summary>
    public void Run()
    {
        OutputFile.Check([("--scores", ScoresPath), ("--report", ReportPath)], Table.Path);
        TableProfile profile = TableProfile.Read(Table);
        DataDisplay.Show(profile);
        (int[] foldByRow, string[] names) = FoldsOf(profile);
        OutOfFoldScores scores = new(profile, foldByRow, names);
        List<Evaluation> metrics = [];
        MLContext ml = new(Network.Seed ?? 1);
        for (int fold = 0; fold < names.Length; fold++)
        {
            int held = fold;
            TableView training = TableView.ForTraining(profile, row => foldByRow[row] != held);
            TableView testing = TableView.ForTraining(profile, row => foldByRow[row] == held);
            TransformerChain<ShallowNetworkTransformer> model = TrainingDisplay.Run(
                $"Fold {names[fold]} ({fold + 1}/{names.Length})",
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
    }

    private (int[] ByRow, string[] Names) FoldsOf(TableProfile profile)
    {
        if (profile.FoldByRow is not { } given)
            return (RowPartition.Folds(profile.LabelByRow, Folds, Network.Seed ?? 1), [.. Enumerable.Range(1, Folds).Select(i => $"{i}")]);

        string[] names = [.. given.Distinct()];
        if (names.Length is < 2 or > 1000)
            throw new UserError($"The fold column '{Table.Fold}' of {Table.Path} holds {names.Length} different values, not 2 to 1000.");
        names = names.All(name => NumberText.TryParse(name, out _))
            ? [.. names.OrderBy(name => double.Parse(name, System.Globalization.CultureInfo.InvariantCulture))]
            : [.. names.Order(StringComparer.Ordinal)];
        int[] byRow = [.. given.Select((name, row) => profile.LabelByRow[row] is null ? -1 : Array.IndexOf(names, name))];
        for (int fold = 0; fold < names.Length; fold++)
        {
            foreach (bool label in (bool[])[false, true])
            {
                int inFold = byRow.Where((f, row) => f == fold && profile.LabelByRow[row] == label).Count();
                if (inFold == 0 || inFold == profile.LabelByRow.Count(l => l == label))
                {
                    string problem = inFold == 0 ? "no row" : "all rows";
                    throw new UserError(
                        $"Fold '{names[fold]}' has {problem} with the label '{profile.Labels.Of(label)}', so it can't be evaluated on.");
                }
            }
        }
        return (byRow, names);
    }
}
