using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// A network, the rows that it is trained on and the engine that does it, whichever way inputs are represented: what
/// <see cref="EpochLoop"/> needs to know. Row lists that are empty stand for all rows.
/// </summary>
internal interface INetworkInTraining : IDisposable
{
    /// <summary>How many rows there are.</summary>
    int RowCount { get; }

    /// <summary>All parameters, in one block.</summary>
    Span<float> Parameters { get; }

    /// <summary>The parts of <see cref="Parameters"/>: which are weights, to be penalised, and which are biases.</summary>
    IReadOnlyList<ParameterSegment> Segments { get; }

    /// <summary>One step of a rule on these rows. Returns the loss before it.</summary>
    BatchLoss Step(ReadOnlySpan<int> rows, IUpdateRule rule);

    /// <summary>The gradient of the mean loss over these rows, without penalties, and the loss.</summary>
    BatchLoss Gradient(ReadOnlySpan<int> rows, Span<float> gradient);

    /// <summary>The loss on these rows, as it is in use: without dropout or smoothing.</summary>
    BatchLoss Loss(ReadOnlySpan<int> rows);

    /// <summary>The loss on other rows, represented in the same way.</summary>
    BatchLoss LossOf(TrainingRows others);

    /// <summary>The scores of these rows.</summary>
    void Scores(ReadOnlySpan<int> rows, Span<float> scores);

    /// <summary>The cost over these rows, for solvers that take all at once.</summary>
    IFullBatchCost CostOver(int[] rows);

    /// <summary>The network as it is now.</summary>
    NetworkParameters ToNetwork();
}
