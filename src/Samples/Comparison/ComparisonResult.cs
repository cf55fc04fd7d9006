using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Comparison;

/// <summary>Ours beside the others on a table.</summary>
/// <param name="Profile">The table.</param>
/// <param name="Folds">Its folds.</param>
/// <param name="Seed">The seed of the folds and of the trainers.</param>
/// <param name="Ours">The network.</param>
/// <param name="Others">ML.NET's trainers.</param>
/// <param name="Baseline">The share of positives, said to every row.</param>
/// <param name="Failed">The trainers that could not be trained on the table, and why.</param>
internal sealed record ComparisonResult(
    TableProfile Profile, Folds Folds, int Seed, TrainerResult Ours, IReadOnlyList<TrainerResult> Others, TrainerResult Baseline,
    IReadOnlyList<(string Name, string Why)> Failed)
{
    /// <summary>All trainers, ours first and the baseline last.</summary>
    public IEnumerable<TrainerResult> All => [Ours, .. Others, Baseline];

    /// <summary>For each metric, in a sentence, whom ours beats, who beats ours, and of whom that can't be said.</summary>
    public IEnumerable<(Metric Metric, string Sentence)> Verdicts() => Metric.All.Select(metric =>
    {
        ILookup<string, string> by = Others.ToLookup(other => Standing(other.Less(Ours, metric), metric), other => other.Name);
        string[] parts = [.. ((string[])["better than", "worse than", "within noise of"]).Where(by.Contains).Select(s => $"{s} {List(by[s])}")];
        return (metric, parts.Length == 0 ? "there is nothing to compare with." : $"{Ours.Name} is {string.Join("; ", parts)}.");
    });

    private static string Standing(PairedDifference toOurs, Metric metric) =>
        toOurs.IsWithinNoise ? "within noise of" : toOurs.Mean > 0 == metric.IsBetterHigher ? "worse than" : "better than";

    private static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
