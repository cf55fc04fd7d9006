namespace MlNetShallowNet.Samples.Comparison;

/// <summary>What a trainer reached on a fold that it was trained without, and what that cost.</summary>
/// <param name="Auc">The area under the ROC curve.</param>
/// <param name="LogLoss">The mean log loss, in natural units.</param>
/// <param name="Accuracy">The share of rows whose predicted label is right.</param>
/// <param name="FitSeconds">The time of <c>Fit</c> by the clock, on features that are in memory.</param>
/// <param name="FitProcessorSeconds">The same of all processors together.</param>
/// <param name="PredictionMicroseconds">The time of one <c>PredictionEngine.Predict</c>, from features to the score.</param>
/// <param name="ModelBytes">The size of the saved model, from the table's columns to the score.</param>
internal sealed record FoldResult(
    double Auc, double LogLoss, double Accuracy, double FitSeconds, double FitProcessorSeconds, double PredictionMicroseconds, long ModelBytes);
