namespace MlNetShallowNet;

/// <summary>What is known after an epoch of training.</summary>
/// <param name="Epoch">The epoch just finished, counted from 1.</param>
/// <param name="Epochs">How many there will be at most.</param>
/// <param name="TrainingLoss">The mean log-loss over the epoch, each batch measured just before its step (natural logarithm; penalties are
/// not in it).</param>
/// <param name="ValidationLoss">The mean log-loss on the held-out rows after the epoch, or null without held-out rows.</param>
/// <param name="Elapsed">The time since training of this member began.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, double TrainingLoss, double? ValidationLoss, TimeSpan Elapsed)
{
    /// <summary>The member of the ensemble that is told of, counted from 1. Several train at once, but reports come one at a time.</summary>
    public int Member { get; init; } = 1;

    /// <summary>How many members the ensemble has; 1 for a single network.</summary>
    public int Members { get; init; } = 1;
}
