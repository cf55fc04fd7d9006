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
    /// <param name="hiddenUnits">H, the number of hidden units, 1 to 65,536, as in <see cref="ShallowNetworkTrainer.Options.HiddenUnits"/>; null to let the
    /// trainer decide.</param>
    /// <param name="numberOfIterations">How often training goes through the rows; null to let the trainer decide.</param>
    /// <param name="learningRate">The learning rate of Adam; null to let the trainer decide.</param>
    /// <remarks>Random numbers follow <c>MLContext(seed)</c>, and training's lines are in <c>ml.Log</c>, as with in-box trainers.</remarks>
    /// <example>
    /// <code>
    /// var ml = new MLContext(seed: 1);
    /// var model = ml.Transforms.Concatenate("Features", "Length", "Width")
    ///     .Append(ml.BinaryClassification.Trainers.ShallowNetwork())
    ///     .Fit(data);
    /// var metrics = ml.BinaryClassification.Evaluate(model.Transform(data));
    /// </code>
    /// </example>
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
    /// <example>
    /// <code>
    /// var trainer = ml.BinaryClassification.Trainers.ShallowNetwork(new ShallowNetworkTrainer.Options
    /// {
    ///     Activation = Activation.Tanh,
    ///     ExampleWeightColumnName = "Weight",
    ///     TimeBudgetSeconds = 60,
    /// });
    /// </code>
    /// </example>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static ShallowNetworkTrainer ShallowNetwork(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, ShallowNetworkTrainer.Options options) =>
        new(catalog, options);
}
