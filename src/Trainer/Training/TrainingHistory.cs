namespace MlNetShallowNet;

/// <summary>How training went, epoch by epoch, and which epoch's parameters were kept.</summary>
public sealed class TrainingHistory
{
    /// <summary>The history of a network that was not trained here, but read or made by hand.</summary>
    internal static TrainingHistory None { get; } = new([], 0, false);

    /// <summary>A history.</summary>
    /// <param name="epochs">The losses of every epoch, in order.</param>
    /// <param name="bestEpoch">The epoch whose parameters were kept, counted from 1; 0 when none was finished.</param>
    /// <param name="wasCancelled">Whether training ended early because it was asked to.</param>
    /// <param name="members">The histories of an ensemble's members; null for a single network.</param>
    internal TrainingHistory(IReadOnlyList<TrainingEpoch> epochs, int bestEpoch, bool wasCancelled, IReadOnlyList<TrainingHistory>? members = null)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(bestEpoch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bestEpoch, epochs.Count);
        (Epochs, BestEpoch, WasCancelled, Members) = (epochs, bestEpoch, wasCancelled, members ?? []);
    }

    /// <summary>The losses of every epoch, in order. Of an ensemble: the means over the members that went so far.</summary>
    public IReadOnlyList<TrainingEpoch> Epochs { get; }

    /// <summary>The epoch whose parameters the model has, counted from 1: the one with the lowest validation loss, or the last without
    /// held-out rows; 0 when none was finished. Of an ensemble: the mean of its members' best epochs, rounded.</summary>
    public int BestEpoch { get; }

    /// <summary>Whether training ended early because its cancellation token asked for it or its time budget was used up.</summary>
    public bool WasCancelled { get; }

    /// <summary>The histories of an ensemble's members; empty for a single network.</summary>
    public IReadOnlyList<TrainingHistory> Members { get; }
}
