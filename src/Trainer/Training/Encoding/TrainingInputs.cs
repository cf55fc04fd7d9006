using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// How rows are prepared for training, and the way back from a network trained on prepared rows to one on what the model reads. Prepared
/// rows are shared by all members and never changed.
/// </summary>
internal abstract class TrainingInputs
{
    /// <summary>Columns of the prepared rows.</summary>
    public abstract int ColumnCount { get; }

    /// <summary>Those of them that are read through knots, which come first.</summary>
    public virtual Ramps Ramps => Ramps.None;

    /// <summary>How the model represents its input; null where it takes raw features.</summary>
    public abstract InputEncoding? Encoding { get; }

    /// <summary>Rows, prepared. They may be changed where they stand.</summary>
    public abstract TrainingRows Prepare(TrainingRows rows);

    /// <summary>A network to start from.</summary>
    public NetworkParameters Draw(TrainingSettings settings) =>
        NetworkInitializer.Draw(ColumnCount, settings.HiddenUnits, settings.Activation, settings.Initialization, settings.Seed, settings.StartScore);

    /// <summary>A start as the engine lays it out: weights are drawn for features, and all ramps are flat.</summary>
    public virtual void Draw(TrainingSettings settings, ParameterLayout layout, Span<float> flat) => layout.Pack(Draw(settings), flat);

    /// <summary>From a network as trained to the same function of what the model reads.</summary>
    public abstract NetworkParameters Fold(NetworkParameters trained);

    /// <summary>The way back, for networks to go on from.</summary>
    public abstract NetworkParameters Unfold(NetworkParameters network);
}
