using System.Numerics.Tensors;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// The solvers whose steps are over all rows: the course's gradient descent to the letter, θ = θ - α dθ, and iterations of L-BFGS. They
/// follow the exact cost and gradient.
/// </summary>
internal sealed class FullBatchEpochs(TrainingEngine engine, Func<TrainingRows, int[], IFullBatchCost> costOver, TrainingSettings settings)
    : IEpochs, IDisposable
{
    private readonly float[] _flat = new float[engine.Layout.Count];
    private IFullBatchCost? _cost;
    private Lbfgs? _minimiser;
    private double[] _point = [], _gradient = [];
    private long _step;

    public BatchLoss? Train(TrainingRows rows, int[] order, int count)
    {
        if (_cost is null)
        {
            _cost = costOver(rows, order[..count]);
            _point = _cost.Start();
            _gradient = new double[_point.Length];
            if (settings.Solver == Solver.Lbfgs)
                _minimiser = new Lbfgs(_point, _cost.Evaluate);
        }
        return _minimiser is null ? Descend() : Iterate(_minimiser);
    }

    private BatchLoss Descend()
    {
        _cost!.Evaluate(_point, _gradient);
        double rate = settings.LearningRate * settings.Schedule.Factor(++_step, settings.Epochs);
        TensorPrimitives.MultiplyAdd(_gradient, -rate, _point, _point);
        _cost.Round(_point, _flat);
        engine.Load(_flat);
        return _cost.Loss;
    }

    private BatchLoss? Iterate(Lbfgs minimiser)
    {
        BatchLoss before = _cost!.Loss;
        bool lowered = minimiser.Iterate();
        _cost.Round(minimiser.Point, _flat);
        engine.Load(_flat);
        return lowered ? before : null;
    }

    public void Dispose() => (_cost as IDisposable)?.Dispose();
}
