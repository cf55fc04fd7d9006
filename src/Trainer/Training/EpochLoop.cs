using System.Diagnostics;
using System.Numerics.Tensors;
using MathNet.Numerics.Random;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>The epochs of one network: shuffles, takes the steps, measures, reports, stops early, and remembers the best parameters.</summary>
internal sealed class EpochLoop
{
    private readonly INetworkInTraining _network;
    private readonly int[] _order;
    private readonly Func<BatchLoss>? _validate;
    private readonly TrainingSettings _settings;
    private readonly Xoshiro256StarStar _random;
    private readonly float[] _best;
    private readonly int _batchSize;
    private readonly bool _allInOrder;

    /// <param name="network">The network with its rows.</param>
    /// <param name="rows">The rows to train on; empty for all, in their order.</param>
    /// <param name="validate">The loss to judge an epoch by, once it is done; null to keep the last epoch.</param>
    /// <param name="settings">How to train.</param>
    public EpochLoop(INetworkInTraining network, ReadOnlySpan<int> rows, Func<BatchLoss>? validate, TrainingSettings settings)
    {
        (_network, _validate, _settings) = (network, validate, settings);
        int count = rows.IsEmpty ? network.RowCount : rows.Length;
        bool takesAll = UpdateRules.TakesAllRows(settings.Solver);
        _batchSize = takesAll ? count : Math.Min(settings.BatchSize, count);
        _allInOrder = takesAll || (!settings.Shuffle && _batchSize == count);
        _order = !rows.IsEmpty ? rows.ToArray() : _allInOrder ? [] : [.. Enumerable.Range(0, count)];
        _random = new Xoshiro256StarStar(settings.Seed, threadSafe: false);
        _best = network.Parameters.ToArray();
    }

    /// <summary>Goes through the epochs, until they are done, stopped or cancelled, and leaves the network at the best of them.</summary>
    public TrainingHistory Run()
    {
        var clock = Stopwatch.StartNew();
        var record = new EpochRecord(_settings, clock, () => _network.Parameters.CopyTo(_best));
        Func<BatchLoss?> epochOf = _settings.Solver switch
        {
            Solver.Lbfgs => QuasiNewton(),
            Solver.GradientDescent when _settings is { GradientClipping: null, L1: 0, Dropout: { Input: 0, Hidden: 0 } } => ExactDescent(),
            _ => Descent(),
        };
        while (record.GoesOn)
        {
            if (epochOf() is not BatchLoss training || (IsCancelled && training.Weight == 0))
                break;
            record.Add(training, _validate?.Invoke());
        }

        if (_validate is not null)
            _best.CopyTo(_network.Parameters);
        record.CheckFinite(_network.Parameters);
        return record.ToHistory();
    }

    private bool IsCancelled => _settings.CancellationToken.IsCancellationRequested;

    // Epochs of steps with a rule.
    private Func<BatchLoss?> Descent()
    {
        int count = _order.Length == 0 ? _network.RowCount : _order.Length;
        var stepper = new Stepper(_network, UpdateRules.Create(_settings), _settings, (count + _batchSize - 1) / _batchSize);
        return () =>
        {
            if (IsCancelled)
                return default(BatchLoss);
            if (_allInOrder)
                return stepper.Step(_order);
            if (_settings.Shuffle)
                _random.Shuffle(_order.AsSpan());
            BatchLoss loss = default;
            for (int start = 0; start < _order.Length && !IsCancelled; start += _batchSize)
                loss += stepper.Step(_order.AsSpan(start, Math.Min(_batchSize, _order.Length - start)));
            return loss;
        };
    }

    // The course's gradient descent to the letter: θ = θ - α dθ over all rows, in double precision.
    private Func<BatchLoss?> ExactDescent()
    {
        IFullBatchCost cost = _network.CostOver(_order);
        double[] point = cost.Start(), gradient = new double[point.Length];
        long step = 0;
        return () =>
        {
            if (IsCancelled)
                return default(BatchLoss);
            cost.Evaluate(point, gradient);
            double rate = _settings.LearningRate * _settings.Schedule.Factor(++step, _settings.Epochs);
            TensorPrimitives.MultiplyAdd(gradient, -rate, point, point);
            cost.Load(point);
            return cost.Loss;
        };
    }

    // Iterations of L-BFGS; null once the cost cannot be lowered.
    private Func<BatchLoss?> QuasiNewton()
    {
        IFullBatchCost cost = _network.CostOver(_order);
        var minimiser = new Lbfgs(cost.Start(), cost.Evaluate);
        return () =>
        {
            BatchLoss before = cost.Loss;
            if (IsCancelled)
                return default(BatchLoss);
            bool lowered = minimiser.Iterate();
            cost.Load(minimiser.Point);
            return lowered ? before : null;
        };
    }
}
