using System.Diagnostics;
using MathNet.Numerics.Random;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// Trains one network on rows that pass by in blocks: the rows of a block are shuffled among themselves, the blocks come in the order of
/// the data. What is held in memory does not grow with the number of rows.
/// </summary>
internal sealed class StreamedTraining : IDisposable
{
    private readonly IRowStream _stream;
    private readonly FeatureScaling? _scaling;
    private readonly PlainNetwork _network;
    private readonly Stepper _stepper;
    private readonly TrainingSettings _settings;
    private readonly Func<BatchLoss>? _validate;
    private readonly Xoshiro256StarStar _random;
    private readonly float[] _best;
    private int[] _order = [];

    private StreamedTraining(IRowStream stream, TrainingRows? validation, FeatureScaling? scaling, NetworkParameters start, TrainingSettings settings)
    {
        (_stream, _scaling, _settings) = (stream, scaling, settings);
        _network = new PlainNetwork(new DenseRows(stream.FeatureCount, [], []), start, settings.BatchSize, settings);
        _stepper = new Stepper(
            _network, UpdateRules.Create(settings), settings, checked((int)((stream.RowCount + settings.BatchSize - 1) / settings.BatchSize)));
        _validate = validation is not null ? () => _network.LossOf(validation) : settings.ValidationFraction > 0 ? HeldOutLoss : null;
        _random = new Xoshiro256StarStar(settings.Seed, threadSafe: false);
        _best = _network.Parameters.ToArray();
    }

    /// <summary>Trains on a stream.</summary>
    /// <param name="stream">The rows.</param>
    /// <param name="validation">Rows to judge each epoch by, scaled where they stand; null to hold out a fraction of the stream's, which
    /// are found again in a second go through the data.</param>
    /// <param name="initial">The network to start from, on raw features; null to draw one.</param>
    /// <param name="settings">How to train.</param>
    /// <exception cref="InvalidOperationException">The solver needs all rows at once, or training diverged.</exception>
    public static TrainedNetwork Train(IRowStream stream, TrainingRows? validation, NetworkParameters? initial, TrainingSettings settings)
    {
        if (UpdateRules.TakesAllRows(settings.Solver))
        {
            throw new InvalidOperationException(
                $"The solver {settings.Solver} needs all {stream.RowCount} rows in memory, and they exceed the memory budget. " +
                "Raise the budget, or use a solver of mini-batches such as Adam.");
        }

        FeatureScaling? scaling = settings.InputScaling == InputScaling.Standardize ? stream.Standardization() : null;
        if (scaling is not null && validation is not null)
            Standardizer.Apply(scaling, validation);
        ClassWeights classes = settings.BalancesClasses ? ClassWeights.Balanced(stream.PositiveShare, 1) : settings.ClassWeights;
        settings = settings with { ClassWeights = classes };
        using var training = new StreamedTraining(
            stream, validation is null ? null : classes.Weighted(validation), scaling, TrainingRun.Start(stream.FeatureCount, initial, scaling, settings), settings);
        TrainingHistory history = training.Run();
        NetworkParameters trained = TrainingRun.Folded(training._network.ToNetwork(), scaling);
        return new TrainedNetwork(TrainingRun.Shifted(trained, settings.KeepsBaseRate ? -classes.LogOddsShift : 0), history);
    }

    public void Dispose() => _network.Dispose();

    private TrainingHistory Run()
    {
        var clock = Stopwatch.StartNew();
        var record = new EpochRecord(_settings, clock, () => _network.Parameters.CopyTo(_best));
        while (record.GoesOn)
        {
            BatchLoss training = Epoch();
            if (IsCancelled && training.Weight == 0)
                break;
            record.Add(training, _validate?.Invoke());
        }

        if (_validate is not null)
            _best.CopyTo(_network.Parameters);
        return record.ToHistory();
    }

    private bool IsCancelled => _settings.CancellationToken.IsCancellationRequested;

    private BatchLoss Epoch()
    {
        BatchLoss loss = default;
        try
        {
            foreach ((TrainingRows block, long first) in Blocks())
            {
                int count = Choose(first, block.Count, heldOut: false);
                if (_settings.Shuffle)
                    _random.Shuffle(_order.AsSpan(0, count));
                _network.Rows = block;
                for (int start = 0; start < count && !IsCancelled; start += _settings.BatchSize)
                    loss += _stepper.Step(_order.AsSpan(start, Math.Min(_settings.BatchSize, count - start)));
            }
        }
        catch (OperationCanceledException) when (IsCancelled)
        {
            // Cancelling keeps what has been learned so far.
        }

        return loss;
    }

    private BatchLoss HeldOutLoss()
    {
        BatchLoss loss = default;
        foreach ((TrainingRows block, long first) in Blocks())
        {
            int count = Choose(first, block.Count, heldOut: true);
            _network.Rows = block;
            if (count > 0)
                loss += _network.Loss(_order.AsSpan(0, count));
        }

        return loss;
    }

    private IEnumerable<(TrainingRows Block, long First)> Blocks()
    {
        long first = 0;
        foreach (TrainingRows block in _stream.Blocks(_settings.CancellationToken))
        {
            if (_scaling is not null)
                Standardizer.Apply(_scaling, block);
            yield return (_settings.ClassWeights.Weighted(block), first);
            first += block.Count;
        }
    }

    /// <summary>Puts the rows of a block that are (or are not) held out first in <see cref="_order"/>. Whether a row is depends on its place
    /// in the data alone, so it is in every epoch.</summary>
    private int Choose(long first, int rows, bool heldOut)
    {
        if (_order.Length < rows)
            _order = new int[rows];
        int count = 0;
        for (int i = 0; i < rows; i++)
        {
            if (Uniform(first + i) < _settings.ValidationFraction == heldOut)
                _order[count++] = i;
        }

        return count;
    }

    // A number from 0 to 1 for each row: the mixing function of SplitMix64 (Steele, Lea and Flood, 2014).
    private double Uniform(long row)
    {
        ulong z = (ulong)row * 0x9E3779B97F4A7C15 + (ulong)_settings.Seed;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1L << 53));
    }
}
