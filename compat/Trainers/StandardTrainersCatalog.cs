namespace Microsoft.ML;

using BinaryTrainers = BinaryClassificationCatalog.BinaryClassificationTrainers;

/// <summary>Trainers of binary classification.</summary>
public static class StandardTrainersCatalog
{
    /// <summary>Logistic regression, with its usual settings.</summary>
    public static LbfgsLogisticRegressionBinaryTrainer LbfgsLogisticRegression(this BinaryTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string exampleWeightColumnName = null,
        float l1Regularization = 1, float l2Regularization = 1, float optimizationTolerance = 1e-7f, int historySize = 20)
        => catalog.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName,
            L1Regularization = l1Regularization, L2Regularization = l2Regularization,
            OptimizationTolerance = optimizationTolerance, HistorySize = historySize,
        });
    /// <summary>Logistic regression.</summary>
    public static LbfgsLogisticRegressionBinaryTrainer LbfgsLogisticRegression(this BinaryTrainers catalog,
        LbfgsLogisticRegressionBinaryTrainer.Options options) => new(catalog.Environment, options);
    /// <summary>The share of positive rows as every row's probability.</summary>
    public static PriorTrainer Prior(this BinaryTrainers catalog, string labelColumnName = "Label", string exampleWeightColumnName = null)
        => new(catalog.Environment);
}
