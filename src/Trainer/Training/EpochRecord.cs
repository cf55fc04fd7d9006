using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>The epochs so far: their losses, which is the best, whether training goes on, and telling whoever wants to know.</summary>
/// <param name="settings">How many epochs, with what patience, and who is told.</param>
/// <param name="clock">The time since training began.</param>
internal sealed class EpochRecord(TrainingSettings settings, Stopwatch clock)
{
    private readonly List<TrainingEpoch> _epochs = new(Math.Min(settings.Epochs, 1 << 16));
    private double _bar = double.PositiveInfinity;
    private int _bestEpoch;
    private int _passed;

    /// <summary>The losses so far.</summary>
    public IReadOnlyList<TrainingEpoch> Epochs => _epochs;

    /// <summary>The lowest loss on rows held out.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether there is another epoch to come.</summary>
    public bool GoesOn => !settings.CancellationToken.IsCancellationRequested && _passed < settings.Patience && _epochs.Count < settings.Epochs;

    /// <summary>Adds an epoch. Whether it is the best so far: without rows held out the last one always is.</summary>
    /// <param name="training">The loss over its steps.</param>
    /// <param name="validation">The loss after it on rows held out; null without such.</param>
    /// <exception cref="InvalidOperationException">A loss is not finite.</exception>
    public bool Add(BatchLoss training, BatchLoss? validation)
    {
        double? validationLoss = validation?.Mean;
        CheckFinite(training.Mean, validationLoss);
        _epochs.Add(new TrainingEpoch(training.Mean, validationLoss));
        bool isBest = validationLoss is null || validationLoss < BestLoss;
        if (isBest)
            (BestLoss, _bestEpoch) = (validationLoss ?? BestLoss, _epochs.Count);

        // Patience runs from the last epoch that was better by the tolerance; what is kept is the best, by however little.
        double judged = validationLoss ?? training.Mean;
        (_bar, _passed) = judged < _bar - settings.Tolerance ? (judged, 0) : (_bar, _passed + 1);
        settings.Progress?.Report(new TrainingProgress(_epochs.Count, settings.Epochs, training.Mean, validationLoss, clock.Elapsed)
        {
            Member = settings.Member,
            Members = settings.Members,
        });
        return isBest;
    }

    /// <summary>The epochs, and what is remembered of them.</summary>
    public void Exchange(StateExchange state)
    {
        double[] training = state.Array<double>([.. _epochs.Select(e => e.TrainingLoss)]);
        double[] validation = state.Array<double>([.. _epochs.Where(e => e.ValidationLoss is not null).Select(e => e.ValidationLoss!.Value)]);
        state.Check(training.Length <= settings.Epochs && (validation.Length == 0 || validation.Length == training.Length));
        TrainingEpoch[] epochs = [.. training.Select((loss, i) => new TrainingEpoch(loss, validation.Length > 0 ? validation[i] : null))];
        _epochs.Clear();
        _epochs.AddRange(epochs);
        (BestLoss, _bestEpoch, _bar, _passed) = (state.Value(BestLoss), state.Value(_bestEpoch), state.Value(_bar), state.Value(_passed));
        state.Check(_bestEpoch >= 0 && _bestEpoch <= _epochs.Count);
    }

    /// <summary>The history of these epochs.</summary>
    public TrainingHistory ToHistory() => new([.. _epochs], _bestEpoch, settings.CancellationToken.IsCancellationRequested);

    /// <summary>Checks the parameters that training ends with: the last step is behind the last loss.</summary>
    /// <exception cref="InvalidOperationException">A parameter is not finite.</exception>
    public void CheckFinite(ReadOnlySpan<float> parameters)
    {
        if (!AreFinite(parameters))
            throw Diverged(_epochs.Count, "a parameter is beyond the range of single precision");
    }

    /// <summary>Whether each of some parameters is finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreFinite(ReadOnlySpan<float> parameters)
    {
        foreach (float parameter in parameters)
        {
            if (!float.IsFinite(parameter))
                return false;
        }
        return true;
    }

    private void CheckFinite(double training, double? validation)
    {
        if (!double.IsFinite(training) || (validation is { } held && !double.IsFinite(held)))
            throw Diverged(_epochs.Count + 1, "the loss is no longer a finite number");
    }

    private InvalidOperationException Diverged(int epoch, string sign) => new(
        $"Training diverged in epoch {epoch}: {sign}. The learning rate is {settings.LearningRate}; " +
        $"try a lower one{(settings.InputScaling == InputScaling.None ? ", or let the inputs be scaled" : "")}.");
}
