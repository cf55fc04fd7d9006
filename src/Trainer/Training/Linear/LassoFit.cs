using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Many columns, of which few may tell: the penalty is lambda times the sum of absolute weights, which leaves most of them 0. Newton's method, over the
/// columns that are not 0 or would not stay so: each step goes by coordinate descent to the minimum of the cost's second-order approximation at the point
/// (Friedman, Hastie and Tibshirani, Regularization Paths for Generalized Linear Models via Coordinate Descent, 2010).
/// </summary>
internal sealed class LassoFit : ILinearFit
{
    private readonly ScaledRows _rows;
    private readonly LinearPlan _plan;
    private readonly CancellationToken _cancel;
    private readonly ColumnsOfRows _columns;
    private readonly double _largest;
    private double[] _point;
    private double _lambda;

    /// <param name="rows">The rows.</param>
    /// <param name="plan">How exact, and how long at most.</param>
    /// <param name="intercept">The best one where all weights are 0.</param>
    /// <param name="cancel">Stops between sweeps.</param>
    public LassoFit(ScaledRows rows, LinearPlan plan, double intercept, CancellationToken cancel)
    {
        (_rows, _plan, _cancel, _columns) = (rows, plan, cancel, new ColumnsOfRows(rows));
        _point = [.. new double[rows.Features.Length], intercept];
        _largest = new Descent(this, rows.Rows.Weights, _point, 0).LargestSlope;
    }

    /// <summary>Fits all rows.</summary>
    /// <param name="share">The penalty as a share of that at which all weights are 0.</param>
    /// <param name="threads">Not made use of.</param>
    public double[] ToAll(double share, int threads)
    {
        _lambda = share * _largest;
        return _point = new Descent(this, _rows.Rows.Weights, _point, _lambda).Run();
    }

    /// <inheritdoc/>
    public double[] Without(float[] rowWeights, int threads)
    {
        float[]? all = _rows.Rows.Weights;
        double left = TensorPrimitives.Sum<float>(rowWeights) / (all is null ? rowWeights.Length : TensorPrimitives.Sum<float>(all));
        return new Descent(this, rowWeights, _point, left * _lambda).Run();
    }

    /// <summary>One minimum, from a start.</summary>
    private sealed class Descent
    {
        private const float LeastCurvature = 1e-3f; // of a row: where all are nearly certain, a step by the true one would go far beyond the minimum
        private const double EnoughOfStep = 0.01; // of what its first sweep lowers: derivatives are then worth more anew
        private const double Rounding = 1e-6; // of the cost, as single precision leaves it
        private const int MostHalvings = 20;

        private readonly LassoFit _fit;
        private readonly ColumnsOfRows _columns;
        private readonly float[]? _rowWeights;
        private readonly double _lambda, _allWeights, _enough;
        private readonly float[] _scores, _errors, _curvatures, _slopes, _losses;
        private readonly double[] _point, _columnCurvatures;
        private readonly List<int> _active = [];
        private double _cost;
        private int _sweeps;

        public Descent(LassoFit fit, float[]? rowWeights, double[] start, double lambda)
        {
            (_fit, _columns, _rowWeights, _point, _lambda) = (fit, fit._columns, rowWeights, [.. start], lambda);
            int n = fit._rows.Rows.Count;
            (_scores, _errors, _curvatures, _slopes, _losses) = (new float[n], new float[n], new float[n], new float[n], new float[n]);
            _columnCurvatures = new double[_columns.Count];
            _allWeights = rowWeights is null ? n : TensorPrimitives.Sum<float>(rowWeights);
            _enough = fit._plan.Tolerance * _allWeights;
            FindDerivatives();
        }

        /// <summary>The largest derivative by a column's weight.</summary>
        public double LargestSlope => Enumerable.Range(0, _columns.Count).Max(c => Math.Abs(_columns.Dot(c, _errors)));

        /// <summary>The point where no change of one column lowers the cost by more than the plan's tolerance.</summary>
        public double[] Run()
        {
            while (GoesOn && (FindActive() || _sweeps == 0))
            {
                while (GoesOn && Step() > _enough)
                {
                }
            }
            return _point;
        }

        private bool GoesOn => _sweeps < _fit._plan.MostIterations && !_fit._cancel.IsCancellationRequested;

        // The columns that are not 0 or would not stay so; whether there are any of the second kind.
        private bool FindActive()
        {
            _active.Clear();
            bool isNew = false;
            for (int c = 0; c < _columns.Count; c++)
            {
                bool moves = _point[c] == 0 && Math.Abs(_columns.Dot(c, _errors)) > _lambda * (1 + 1e-4);
                isNew |= moves;
                if (moves || _point[c] != 0)
                    _active.Add(c);
            }
            return isNew;
        }

        // About what it lowers the cost by.
        private double Step()
        {
            double[] before = [.. _point];
            double costBefore = _cost, first = 0, lowered = 0, last;
            _errors.CopyTo(_slopes, 0);
            foreach (int c in _active)
                _columnCurvatures[c] = _columns.DotSquares(c, _curvatures);
            double curvature = TensorPrimitives.Sum<float>(_curvatures);
            do
            {
                last = Sweep(curvature);
                lowered += last;
                first = Math.Max(first, last);
                _sweeps++;
            }
            while (GoesOn && last > Math.Max(_enough, EnoughOfStep * first));
            FindDerivatives();
            for (int k = 0; k < MostHalvings && _cost > costBefore * (1 + Rounding); k++)
            {
                for (int c = 0; c < _point.Length; c++)
                    _point[c] = (_point[c] + before[c]) / 2;
                FindDerivatives();
            }
            return lowered;
        }

        private double Sweep(double curvature)
        {
            double step = -TensorPrimitives.Sum<float>(_slopes) / curvature, lowered = curvature * step * step;
            _point[^1] += step;
            Products.Add((float)step, _curvatures, _slopes);
            foreach (int c in _active)
                lowered += Move(c);
            return lowered;
        }

        // To the minimum of the approximation along a column; about what it lowers that by.
        private double Move(int c)
        {
            double curvature = _columnCurvatures[c];
            if (curvature == 0)
            {
                _point[c] = 0; // only rows that don't take part have it
                return 0;
            }
            double target = _point[c] - _columns.Dot(c, _slopes) / curvature;
            double step = Math.CopySign(Math.Max(0, Math.Abs(target) - _lambda / curvature), target) - _point[c];
            if (step == 0)
                return 0;
            _point[c] += step;
            _columns.AddTo(_slopes, c, (float)step, _curvatures);
            return curvature * step * step;
        }

        // The cost at the point, and each row's w (a - y) and w a (1 - a).
        private void FindDerivatives()
        {
            ReadOnlySpan<float> labels = _fit._rows.Rows.Labels;
            Array.Fill(_scores, (float)_point[^1]);
            double penalty = 0;
            for (int c = 0; c < _columns.Count; c++)
            {
                if (_point[c] == 0)
                    continue;
                _columns.AddTo(_scores, c, (float)_point[c]);
                penalty += Math.Abs(_point[c]);
            }
            LogisticLoss.Derivatives(_scores, labels, _errors, _curvatures, LeastCurvature);
            LogisticLoss.Errors(_scores, labels, _losses); // the losses; the scores are not needed any more
            _cost = _lambda * penalty;
            for (int i = 0; i < _losses.Length; i++)
            {
                float weight = _rowWeights is null ? 1 : _rowWeights[i];
                _errors[i] *= weight;
                _curvatures[i] *= weight;
                _cost += _losses[i] * weight;
            }
        }
    }
}
