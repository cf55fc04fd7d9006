using System.Globalization;
using MlNetShallowNet.Quality.Measuring;
using MlNetShallowNet.Quality.Trainers;

namespace MlNetShallowNet.Quality.Commands;

/// <summary>What each ingredient of the defaults brings: the tables again with one of them switched off or changed, and nothing else.</summary>
internal static class Ablation
{
    public const string Says = "One option of the defaults is changed at a time, on the same tables and folds; noticeable is a hundredth of the log loss.";

    // Below this a difference of log loss on one table is what another seed would make as well.
    private const double Noticeable = 0.01;

    private static readonly (string Change, string Settings)[] _changes =
    [
        ("the defaults", ""),
        ("another seed", "Seed=2"),
        ("networks alone, neither line nor trees", "Members=8 HiddenUnits=512"),
        ("networks alone, 16 hidden units a member", "Members=8 HiddenUnits=128"),
        ("networks alone, 32 hidden units a member", "Members=8 HiddenUnits=256"),
        ("networks alone, 128 hidden units a member", "Members=8 HiddenUnits=1024"),
        ("one network alone", "Members=1"),
        ("2 members", "Members=2"),
        ("4 members", "Members=4"),
        ("16 members", "Members=16"),
        ("trees averaged over the members", "BagTrees=true"),
        ("dropout of 0.25", "HiddenDropout=0.25"),
        ("no L2", "L2Regularization=0"),
        ("L2 of 0.001 whatever the rows", "L2Regularization=0.001"),
        ("L2 of 0.01", "L2Regularization=0.01"),
        ("L2 the same for every feature", "DivideL2=false"),
        ("L2 by decay (AdamW)", "Solver=AdamW"),
        ("no encoding: standardised features", "FeatureEncoding=None"),
        ("neither encoding nor scaling", "FeatureEncoding=None InputScaling=None"),
        ("2 intervals", "EncodingIntervals=2"),
        ("4 intervals", "EncodingIntervals=4"),
        ("8 intervals everywhere", "EncodingIntervals=8"),
        ("16 intervals", "EncodingIntervals=16"),
        ("32 intervals", "EncodingIntervals=32"),
        ("a constant rate", "LearningRateSchedule=Constant"),
        ("a rate of 0.004 whatever the features", "LearningRate=0.004"),
        ("a rate of 0.001", "LearningRate=0.001"),
        ("beta 2 of 0.95", "Beta2=0.95"),
        ("batches of 32", "BatchSize=32"),
        ("batches of 256", "BatchSize=256"),
        ("30 epochs at most", "NumberOfIterations=30"),
        ("60 epochs whatever the rows and features", "NumberOfIterations=60"),
        ("120 epochs", "NumberOfIterations=120"),
        ("no early stopping", "Patience=1000000"),
        ("no calibration", "Calibrate=false"),
        ("weights drawn after He", "Initialization=He"),
        ("tanh", "Activation=tanh"),
        ("GELU", "Activation=gelu"),
    ];

    /// <summary>Measures all and hands over each row of the table as soon as it is there.</summary>
    public static void Run(IReadOnlyList<Problem> tables, int folds, Action<string> add)
    {
        (string Name, Contestant Trainer)[] changes =
        [
            .. _changes.Select(c => (c.Change, Contestant.OfOptions(Contestant.Ours, OwnOptions.Of("default", c.Settings.Split(' ', StringSplitOptions.RemoveEmptyEntries))))),
        ];
        add("| change | mean AUC | mean log loss | log loss noticeably lower / higher | lowest by | highest by | fit, CPU s |\n|-|-|-|-|-|-|-|\n");
        Outcome[]? defaults = null;
        foreach ((string change, Contestant trainer) in changes)
        {
            Outcome[] runs = [.. tables.Select(table => Contest.Run(table, [trainer], Console.Error, folds).Outcomes.Single())];
            defaults ??= runs;
            (string Table, double Change)[] by =
                [.. runs.Zip(defaults, (run, usual) => (run.Table, run.Quality.LogLoss / usual.Quality.LogLoss - 1)).OrderBy(b => b.Item2)];
            string compared = runs == defaults ? "| | |"
                : $"{by.Count(b => b.Change < -Noticeable)} / {by.Count(b => b.Change > Noticeable)} | {Share(by[0])} | {Share(by[^1])} |";
            add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {change} | {runs.Average(r => r.Quality.Auc):F4} | {runs.Average(r => r.Quality.LogLoss):F4} | {compared} {runs.Sum(r => r.CpuSeconds):F2} |\n"));
        }
    }

    private static string Share((string Table, double Change) by) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * by.Change:+0.0;-0.0} % {by.Table}");
}
