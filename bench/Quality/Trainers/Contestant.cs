using Microsoft.ML;

namespace MlNetShallowNet.Quality.Trainers;

/// <summary>A trainer by its name, with what its users put before and behind it.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Create">Makes it; told whether columns still need a common scale.</param>
internal sealed record Contestant(string Name, Func<MLContext, bool, IEstimator<ITransformer>> Create)
{
    public const string Ours = "ours";

    /// <summary>ML.NET's own, all at their defaults. Linear ones get their columns on one scale, as their documentation asks for.</summary>
    private static readonly Contestant[] _inBox =
    [
        new("lightgbm", (ml, _) => ml.BinaryClassification.Trainers.LightGbm()),
        new("fasttree", (ml, _) => ml.BinaryClassification.Trainers.FastTree()),
        new("fastforest", (ml, _) => ml.BinaryClassification.Trainers.FastForest().Append(ml.BinaryClassification.Calibrators.Platt())),
        new("lbfgs", (ml, scale) => Scaled(ml, scale, ml.BinaryClassification.Trainers.LbfgsLogisticRegression())),
        new("sdca", (ml, scale) => Scaled(ml, scale, ml.BinaryClassification.Trainers.SdcaLogisticRegression())),
        new("perceptron", (ml, scale) => Scaled(
            ml, scale, ml.BinaryClassification.Trainers.AveragedPerceptron().Append(ml.BinaryClassification.Calibrators.Platt()))),
    ];

    public static IEnumerable<string> InBoxNames => _inBox.Select(c => c.Name);

    /// <summary>Finds those named: of ML.NET's, "ours" as the options say, "fast" and "best".</summary>
    /// <exception cref="BenchError">A name is unknown.</exception>
    public static Contestant[] Find(IEnumerable<string> names, Func<ShallowNetworkTrainer.Options> ours) => [.. names.Select(name => name switch
    {
        Ours => OfOptions(Ours, ours),
        "fast" => OfOptions("fast", ShallowNetworkTrainer.Options.Fast),
        "best" => OfOptions("best", ShallowNetworkTrainer.Options.Best),
        _ => _inBox.FirstOrDefault(c => c.Name == name)
            ?? throw new BenchError($"There is no trainer '{name}'; there are ours, fast, best, {string.Join(", ", InBoxNames)}."),
    })];

    public static Contestant OfOptions(string name, Func<ShallowNetworkTrainer.Options> options) =>
        new(name, (ml, _) => ml.BinaryClassification.Trainers.ShallowNetwork(options()));

    private static IEstimator<ITransformer> Scaled(MLContext ml, bool scale, IEstimator<ITransformer> trainer) =>
        scale ? ml.Transforms.NormalizeMeanVariance("Features").Append(trainer) : trainer;
}
