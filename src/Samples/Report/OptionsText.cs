using System.Globalization;
using System.Reflection;

namespace MlNetShallowNet.Samples.Report;

/// <summary>The trainer's options in words: all that there are, those that were left to the trainer too.</summary>
internal static class OptionsText
{
    // Told elsewhere on the page, or no matter of the result.
    private static readonly HashSet<string> _leftOut =
    [
        nameof(ShallowNetworkTrainer.Options.LabelColumnName), nameof(ShallowNetworkTrainer.Options.FeatureColumnName),
        nameof(ShallowNetworkTrainer.Options.ExampleWeightColumnName),
        nameof(ShallowNetworkTrainer.Options.HiddenUnits), nameof(ShallowNetworkTrainer.Options.Activation),
        nameof(ShallowNetworkTrainer.Options.Seed), nameof(ShallowNetworkTrainer.Options.InitialModel),
        nameof(ShallowNetworkTrainer.Options.Progress), nameof(ShallowNetworkTrainer.Options.CancellationToken),
    ];

    public static IReadOnlyList<(string Name, string Value)> Describe(ShallowNetworkTrainer.Options options, ShallowNetworkModelParameters network)
    {
        TrainingHistory history = network.History;
        string kept = history.BestEpoch > 0 ? $", epoch {history.BestEpoch} kept{(history.Members.Count > 0 ? " on average" : "")}" : "";
        (string Name, object? Value)[] all = [.. typeof(ShallowNetworkTrainer.Options)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => !_leftOut.Contains(p.Name))
            .Select(p => (Words(p.Name), p.GetValue(options)))];
        return
        [
            ("Hidden units", $"{network.HiddenUnits}, {network.Activation.Name}"),
            .. history.Members.Count > 0 ? [("Networks joined", $"{history.Members.Count}")] : Array.Empty<(string, string)>(),
            .. network.Encoding is null ? Array.Empty<(string, string)>()
                : [("Inputs encoded", $"{network.FeatureCount} as {network.ColumnCount} columns")],
            ("Epochs", $"{history.Epochs.Count} run{kept}{(history.WasCancelled ? " (stopped early)" : "")}"),
            .. options.InitialModel is { } initial ? [("First network", $"{initial}")] : Array.Empty<(string, string)>(),
            .. all.Where(o => o.Value is not null).Select(o => (o.Name, Text(o.Value!))),
            ("Left to the trainer", string.Join(", ", all.Where(o => o.Value is null).Select(o => o.Name.ToLowerInvariant()))),
        ];
    }

    /// <summary>LearningRate as "Learning rate"; L2Regularization as "L2 regularization".</summary>
    private static string Words(string name) => string.Concat(name.Select((c, i) =>
        i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "yes" : "no",
        IActivation activation => activation.Name,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}
