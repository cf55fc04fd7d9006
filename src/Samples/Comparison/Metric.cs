namespace MlNetShallowNet.Samples.Comparison;

/// <summary>A metric that trainers are compared by.</summary>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsBetterHigher">Whether more is better.</param>
/// <param name="Of">Its value on a fold.</param>
internal sealed record Metric(string Key, string Name, bool IsBetterHigher, Func<FoldResult, double> Of)
{
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("auc", "AUC", true, fold => fold.Auc),
        new("logLoss", "Log loss", false, fold => fold.LogLoss),
        new("accuracy", "Accuracy", true, fold => fold.Accuracy),
    ];
}
