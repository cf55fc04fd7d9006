using MlNetShallowNet;

namespace Microsoft.ML;

/// <summary>The two-layer network among ML.NET's binary classification trainers.</summary>
public static class ShallowNetworkCatalog
{
    /// <summary>A two-layer neural network with its most common options.</summary>
    /// <param name="catalog">The trainers, <c>ml.BinaryClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">The column of labels, Boolean.</param>
    /// <param name="featureColumnName">The column of features, a known-size vector of Single.</param>
    /// <param name="exampleWeightColumnName">The column of example weights, Single; null where each row counts once.</param>
    /// <param name="hiddenUnits">H, the number of hidden units, 1 to 65,536; null to let the trainer decide.</param>
    /// <param name="numberOfIterations">How often training goes through the rows; null to let the trainer decide.</param>
    /// <param name="learningRate">The learning rate of Adam; null to let the trainer decide.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static ShallowNetworkTrainer ShallowNetwork(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int? hiddenUnits = null,
        int? numberOfIterations = null,
        double? learningRate = null) => new(
            catalog,
            new ShallowNetworkTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                HiddenUnits = hiddenUnits,
                NumberOfIterations = numberOfIterations,
                LearningRate = learningRate,
            });

    /// <summary>A two-layer neural network with all its options.</summary>
    /// <param name="catalog">The trainers, <c>ml.BinaryClassification.Trainers</c>.</param>
    /// <param name="options">The options, which are copied.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static ShallowNetworkTrainer ShallowNetwork(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, ShallowNetworkTrainer.Options options) =>
        new(catalog, options);
}
