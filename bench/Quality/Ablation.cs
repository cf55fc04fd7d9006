using System.Globalization;
using System.Text;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Quality;

/// <summary>What each ingredient of the defaults brings: the tables again with one of them switched off or changed, and nothing else.</summary>
internal static class Ablation
{
    // Below this a difference of log loss on one table is what another seed would make as well.
    private const double Noticeable = 0.01;

    private static readonly (string Change, string Settings)[] _changes =
    [
        ("the defaults", ""),
        ("another seed", "Seed=2"),
        ("1 member, otherwise an ensemble's settings", "Members=1 HiddenUnits=64 FeatureEncoding=PiecewiseLinear Initialization=Xavier HiddenDropout=0.25 LearningRateSchedule=Cosine LearningRate=0.004 NumberOfIterations=60 Patience=8 ValidationFraction=0.125"),
        ("2 members", "Members=2"),
        ("4 members", "Members=4"),
        ("16 members", "Members=16"),
        ("16 hidden units a member", "Members=8 HiddenUnits=16"),
        ("32 hidden units", "Members=8 HiddenUnits=32"),
        ("128 hidden units", "Members=8 HiddenUnits=128"),
        ("no dropout", "HiddenDropout=0"),
        ("dropout of 0.5", "HiddenDropout=0.5"),
        ("dropout of 0.1 on the inputs too", "InputDropout=0.1"),
        ("no L2", "L2Regularization=0"),
        ("L2 of 0.001 whatever the rows", "L2Regularization=0.001"),
        ("L2 of 0.01", "L2Regularization=0.01"),
        ("L2 by decay (AdamW)", "Solver=AdamW"),
        ("label smoothing of 0.05", "LabelSmoothing=0.05"),
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
        ("gradients clipped at 1", "GradientClipping=1"),
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

    /// <summary>Measures all and writes each as soon as it is there.</summary>
    public static string Run(IReadOnlyList<Table> tables, TextWriter progress)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        Line("| change | mean AUC | mean log loss | log loss noticeably lower / higher | lowest by | highest by | fit, CPU s |");
        Line("|-|-|-|-|-|-|-|");
        TableRun[]? defaults = null;
        foreach ((string change, string settings) in _changes)
        {
            TableRun[] runs = [.. tables.Select(table => TableRun.Measure(table, () => Options(settings)))];
            defaults ??= runs;
            (string Table, double Change)[] by = [.. runs.Zip(defaults, (run, usual) => (run.Table, run.Quality.LogLoss / usual.Quality.LogLoss - 1)).OrderBy(b => b.Item2)];
            string compared = runs == defaults ? "| | |"
                : $"{by.Count(b => b.Change < -Noticeable)} / {by.Count(b => b.Change > Noticeable)} | {Share(by[0])} | {Share(by[^1])} |";
            Line($"| {change} | {runs.Average(r => r.Quality.Auc):F4} | {runs.Average(r => r.Quality.LogLoss):F4} | {compared} {runs.Sum(r => r.CpuSeconds):F2} |");
        }

        return text.ToString();

        void Line(string line)
        {
            text.Append(line).Append('\n');
            progress.WriteLine(line);
        }
    }

    private static string Share((string Table, double Change) by) => $"{100 * by.Change:+0.0;-0.0} % {by.Table}";

    private static ShallowNetworkTrainer.Options Options(string settings)
    {
        var options = new ShallowNetworkTrainer.Options();
        foreach (string setting in settings.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            OptionSetting.Parse(setting).Apply(options);
        return options;
    }
}
