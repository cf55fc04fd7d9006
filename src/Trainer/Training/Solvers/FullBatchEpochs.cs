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
    private Lbfgs.Pair[] _pairs = []; // of a minimiser that goes on
    private long _step;

    public BatchLoss? Train(TrainingRows rows, int[] order, int count)
    {
        if (_cost is null)
        {
            _cost = costOver(rows, order[..count]);
            if (_point.Length == 0)
                _point = _cost.Start();
            _gradient = new double[_point.Length];
            if (settings.Solver == Solver.Lbfgs)
                _minimiser = new Lbfgs(_point, _cost.Evaluate, _pairs);
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
        return ++_step == 1 || lowered ? before : null; // a start that can't be lowered is the result
    }

    // The cost is a function of the point alone, so what it was there is found again.
    public void Exchange(StateExchange state)
    {
        _step = state.Value(_step);
        _point = state.Array(_minimiser?.Point.ToArray() ?? _point);
        state.Check(_point.Length == 0 || _point.Length == engine.Layout.Count || _point.Length == settings.HiddenUnits * (engine.Layout.FeatureCount + 2) + 1);
        Lbfgs.Pair[] pairs = _minimiser?.Pairs ?? _pairs;
        _pairs = new Lbfgs.Pair[state.Count(pairs.Length, _point.Length * 2 * sizeof(double))];
        for (int i = 0; i < _pairs.Length; i++)
        {
            double[] s = state.IsReading ? new double[_point.Length] : pairs[i].S, y = state.IsReading ? new double[_point.Length] : pairs[i].Y;
            state.Fixed<double>(s);
            state.Fixed<double>(y);
            _pairs[i] = new Lbfgs.Pair(s, y);
        }
    }

    public void Dispose() => (_cost as IDisposable)?.Dispose();
}
