using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// Training rows in the form in which a network is trained on them, and the way back from such a network to one on what the model reads.
/// Rows are shared by all members of an ensemble and never changed once prepared.
/// </summary>
internal abstract class TrainingInputs
{
    /// <summary>The prepared rows.</summary>
    public abstract TrainingRows Rows { get; }

    /// <summary>How the model represents its input; null where it takes raw features.</summary>
    public abstract InputEncoding? Encoding { get; }

    /// <summary>Features for which the first weights are drawn.</summary>
    public abstract int DrawnFeatures { get; }

    /// <summary>Other rows, prepared in the same way. They may be changed where they stand.</summary>
    public abstract TrainingRows Prepare(TrainingRows others);

    /// <summary>A network on the prepared rows.</summary>
    /// <param name="start">Its first parameters, on <see cref="DrawnFeatures"/> features.</param>
    /// <param name="settings">How it will be trained.</param>
    public abstract INetworkInTraining CreateNetwork(NetworkParameters start, TrainingSettings settings);

    /// <summary>From a network as trained to the same function of what the model reads.</summary>
    public abstract NetworkParameters Fold(NetworkParameters trained);

    /// <summary>The way back, for networks to go on from.</summary>
    public abstract NetworkParameters Unfold(NetworkParameters network);
}
