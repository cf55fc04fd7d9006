using Microsoft.ML;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Report;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Comparison;

/// <summary>Trains ours and ML.NET's trainers without each fold in turn and measures them on it.</summary>
internal sealed class ComparisonJob
{
    private const string Ours = "ShallowNetwork";

    /// <summary>The table, with its fold column if it has one.</summary>
    public required TableSettings Table { get; init; }

    /// <summary>Our options; the others' are their defaults.</summary>
    public required ShallowNetworkTrainer.Options Network { get; init; }

    /// <summary>ML.NET's trainers.</summary>
    public IReadOnlyList<InBoxTrainer> Others { get; init; } = InBoxTrainer.All;

    /// <summary>How many folds are drawn where the table has no fold column.</summary>
    public required int Folds { get; init; }

    /// <summary>Where the figures go as JSON, or null.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Where the page goes, or null.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Runs the job.</summary>
    public void Run()
    {
        OutputFile.Check([("--output", OutputPath), ("--report", ReportPath)], Table.Source);
        using TableProfile profile = TableProfile.Read(Table with { MemoryBudgetMegabytes = Network.MemoryBudgetMegabytes });
        DataDisplay.Show(profile);
        Folds folds = Training.Folds.Of(profile, Table, Folds, Network.Seed ?? 1);
        ComparisonResult result = ProgressBar.Run("Comparing", bar => Compare(profile, folds, bar));
        ComparisonDisplay.Show(result);
        if (OutputPath is not null)
        {
            OutputFile.Write(OutputPath, stream => ComparisonJson.Write(result, stream));
            Terminal.Line($"{OutputPath}: every figure of every fold.");
        }
        if (ReportPath is not null)
        {
            OutputFile.Write(ReportPath, ComparisonPage.Write(result));
            Terminal.Line($"{ReportPath}: the differences as pictures; open it in a browser.");
        }
    }

    private ComparisonResult Compare(TableProfile profile, Folds folds, ProgressBar bar)
    {
        InBoxTrainer[] others = [.. Others, InBoxTrainer.Prior];
        InBoxTrainer.Columns columns = new(profile.LabelName, FeaturePipeline.Features, profile.Weight?.Name);
        Dictionary<string, List<FoldResult>> results = others.Select(other => other.Name).Append(Ours).ToDictionary(name => name, _ => new List<FoldResult>());
        Dictionary<string, string> failed = [];
        Pace pace = new(TimeProvider.System);
        void Show(double share, string text) => bar.Show(share, text + pace.After(0, share));
        for (int fold = 0; fold < folds.Count; fold++)
        {
            ComparedFold on = new(profile, folds, fold, Network.Seed ?? 1);
            (int first, int all) = (fold * results.Count, folds.Count * results.Count);
            string title = $"Fold {fold + 1}/{folds.Count}  ";
            TrainingShare ours = new((share, _) => Show((first + share) / all, title + Ours));
            results[Ours].Add(on.Measure((ml, rows) => NetworkTraining.FitNetwork(ml, profile, rows, Network, ours, StopRequest.Token)));
            for (int i = 0; i < others.Length; i++)
            {
                InBoxTrainer other = others[i];
                if (failed.ContainsKey(other.Name))
                    continue;
                Show((first + 1.0 + i) / all, title + other.Name);
                try
                {
                    results[other.Name].Add(on.Measure((ml, rows) => other.Create(ml, columns).Fit(rows)));
                }
                catch (Exception e) when (UserError.Within(e) is null && other != InBoxTrainer.Prior)
                {
                    // What a trainer of somebody else's throws is of any type; the others can still be compared.
                    failed[other.Name] = e.GetBaseException().Message.ReplaceLineEndings(" ");
                }
            }
        }
        TrainerResult Of(string name) => new(name, results[name]);
        return new ComparisonResult(
            profile, folds, Network.Seed ?? 1, Of(Ours), [.. Others.Select(o => o.Name).Where(name => !failed.ContainsKey(name)).Select(Of)],
            Of(InBoxTrainer.Prior.Name), [.. failed.Select(pair => (pair.Key, pair.Value))]);
    }
}
