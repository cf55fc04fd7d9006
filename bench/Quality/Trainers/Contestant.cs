using Microsoft.ML;
using MlNetShallowNet.Samples.Comparison;

namespace MlNetShallowNet.Quality.Trainers;

/// <summary>A trainer by its name, with what its users put before and behind it.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Create">Makes it; told whether columns still need a common scale.</param>
internal sealed record Contestant(string Name, Func<MLContext, bool, IEstimator<ITransformer>> Create)
{
    public const string Ours = "ours";

    private static readonly InBoxTrainer.Columns _columns = new("Label", "Features");

    /// <summary>ML.NET's own, all at their defaults: those that the program compares with, under the command line's names, and one more.</summary>
    private static readonly Contestant[] _inBox =
    [
        .. InBoxTrainer.All.Select(trainer => OfInBox(trainer.Name.Replace("LogisticRegression", "").ToLowerInvariant(), trainer)),
        OfInBox("perceptron", new InBoxTrainer(
            "AveragedPerceptron", NeedsScale: true, NeedsCalibration: true, (trainers, c) => trainers.AveragedPerceptron(c.Label, c.Features))),
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

    private static Contestant OfInBox(string name, InBoxTrainer trainer) => new(name, (ml, scale) => trainer.Create(ml, _columns, scale));
}
