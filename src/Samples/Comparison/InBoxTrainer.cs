using Microsoft.ML;

namespace MlNetShallowNet.Samples.Comparison;

/// <summary>One of ML.NET's own trainers at its defaults, with what its users put before and behind it.</summary>
/// <param name="Name">Its name in ML.NET's catalog.</param>
/// <param name="NeedsScale">Whether its columns should be on one scale, as its documentation asks for.</param>
/// <param name="NeedsCalibration">Whether its scores need a calibrator to become probabilities.</param>
/// <param name="Trainer">Makes the trainer itself.</param>
internal sealed record InBoxTrainer(
    string Name,
    bool NeedsScale,
    bool NeedsCalibration,
    Func<BinaryClassificationCatalog.BinaryClassificationTrainers, InBoxTrainer.Columns, IEstimator<ITransformer>> Trainer)
{
    /// <summary>The columns that a trainer reads.</summary>
    internal sealed record Columns(string Label, string Features, string? Weight = null);

    /// <summary>Those that are compared with.</summary>
    public static IReadOnlyList<InBoxTrainer> All { get; } =
    [
        new("LightGbm", false, false, (trainers, c) => trainers.LightGbm(c.Label, c.Features, c.Weight)),
        new("FastTree", false, false, (trainers, c) => trainers.FastTree(c.Label, c.Features, c.Weight)),
        new("FastForest", false, true, (trainers, c) => trainers.FastForest(c.Label, c.Features, c.Weight)),
        new("LbfgsLogisticRegression", true, false, (trainers, c) => trainers.LbfgsLogisticRegression(c.Label, c.Features, c.Weight)),
        new("SdcaLogisticRegression", true, false, (trainers, c) => trainers.SdcaLogisticRegression(c.Label, c.Features, c.Weight)),
    ];

    /// <summary>Says the share of positives to every row.</summary>
    public static InBoxTrainer Prior { get; } = new("Prior", false, false, (trainers, c) => trainers.Prior(c.Label, c.Weight));

    /// <summary>The trainer with what belongs to it.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="columns">The columns that it reads.</param>
    /// <param name="scale">False where the columns are on one scale already.</param>
    public IEstimator<ITransformer> Create(MLContext ml, Columns columns, bool scale = true)
    {
        IEstimator<ITransformer> estimator = Trainer(ml.BinaryClassification.Trainers, columns);
        if (NeedsCalibration)
            estimator = estimator.Append(ml.BinaryClassification.Calibrators.Platt(columns.Label));
        return NeedsScale && scale ? ml.Transforms.NormalizeMeanVariance(columns.Features).Append(estimator) : estimator;
    }
}
