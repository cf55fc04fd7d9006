using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Steps of an update rule on mini-batches, in an order shuffled for each block of each epoch.</summary>
/// <param name="engine">The network.</param>
/// <param name="settings">The rule, the batches, the learning rate.</param>
/// <param name="rowsPerEpoch">Rows of an epoch, for the schedule.</param>
/// <param name="stepsPerEpoch">Steps of an epoch where no batch but the last is short, for the schedule.</param>
internal sealed class MiniBatches(TrainingEngine engine, TrainingSettings settings, long rowsPerEpoch, long stepsPerEpoch) : IEpochs
{
    private readonly UpdateRule _rule = UpdateRules.Create(settings);
    private readonly CountedRandom _random = new(settings.Seed);
    private long _passed; // rows, of all epochs

    // A number in a range takes less than two draws on average.
    private double MostDraws => 1_000 + 4.0 * stepsPerEpoch * settings.BatchSize * settings.Epochs;

    // As far as the rows are, counted from 1: each block of a stream ends with a short batch, so that there are more steps than the schedule has.
    private long StepOfSchedule => 1 + (long)((Int128)_passed * stepsPerEpoch / rowsPerEpoch);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BatchLoss? Train(TrainingRows rows, int[] order, int count)
    {
        bool takesAll = UpdateRules.TakesAllRows(settings.Solver), shuffles = settings.Shuffle && !takesAll;
        int size = takesAll ? count : Math.Min(settings.BatchSize, count);
        if (shuffles)
            _random.Shuffle(order.AsSpan(0, count));
        RowSelection selection = count == rows.Count && !shuffles ? RowSelection.All(rows) : ((RowSelection)order).Slice(0, count);
        BatchLoss loss = default;
        for (int start = 0; start < count && !settings.CancellationToken.IsCancellationRequested; start += size)
        {
            _rule.LearningRate = (float)(settings.LearningRate * settings.Schedule.Factor(StepOfSchedule, stepsPerEpoch * settings.Epochs));
            int batch = Math.Min(size, count - start);
            loss += engine.Step(rows, selection.Slice(start, batch), _rule);
            _passed += batch;
        }
        return loss;
    }

    public void Exchange(StateExchange state)
    {
        _passed = state.Value(_passed);
        long draws = state.Value(_random.Draws);
        state.Check(draws >= 0 && draws <= MostDraws);
        _random.GoOnTo(draws);
        (ulong all, int ofRule, int secondPart) = engine.Steps;
        (all, ofRule, secondPart) = (state.Value(all), state.Value(ofRule), state.Value(secondPart));
        state.Check(ofRule >= 0 && _passed >= 0 && secondPart >= 0 && secondPart <= engine.Layout.FeatureCount);
        if (state.IsReading && all > 0) // before the first step a rule has no state
            engine.GoOn(_rule, all, ofRule, secondPart);
        foreach (AlignedFloats kept in _rule.State)
            state.Fixed(kept.Span);
    }
}
