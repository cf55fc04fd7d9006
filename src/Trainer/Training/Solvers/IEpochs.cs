using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>A solver at work on one network: what an epoch does with the rows that pass.</summary>
internal interface IEpochs
{
    /// <summary>Trains on rows of a block. Returns the loss over its steps, each batch measured just before its step; null when the solver has
    /// nothing left to do.</summary>
    /// <param name="rows">The block's rows.</param>
    /// <param name="order">Which of them, the first <paramref name="count"/>; may be shuffled where they stand.</param>
    /// <param name="count">How many.</param>
    BatchLoss? Train(TrainingRows rows, int[] order, int count);

    /// <summary>What the solver carries from one epoch to the next, beside the engine's parameters.</summary>
    void Exchange(StateExchange state);
}
