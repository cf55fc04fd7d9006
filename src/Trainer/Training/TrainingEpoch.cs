namespace MlNetShallowNet;

/// <summary>The losses of one epoch, as training saw them.</summary>
/// <param name="TrainingLoss">The mean log-loss over the epoch, each batch measured just before its step.</param>
/// <param name="ValidationLoss">The mean log-loss on the held-out rows after the epoch, or null without held-out rows.</param>
public readonly record struct TrainingEpoch(double TrainingLoss, double? ValidationLoss);
