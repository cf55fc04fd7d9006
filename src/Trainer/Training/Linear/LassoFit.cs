using System.Numerics.Tensors;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Many columns, of which few may tell: the penalty is lambda times the sum of absolute weights, which leaves most of them 0. Coordinate
/// descent on a bound of the cost (the curvature of a loss is at most 1/4), over the columns that are not 0 or would not stay so.
/// </summary>
internal sealed class LassoFit : ILinearFit
{
    private const double MostCurvature = 0.25;

    private readonly ScaledRows _rows;
    private readonly LinearPlan _plan;
    private readonly CancellationToken _cancel;
    private readonly float[] _columns; // column after column
    private readonly double _largest;
    private double[] _point;
    private double _lambda;

    /// <param name="rows">The rows.</param>
    /// <param name="plan">How exact, and how long at most.</param>
    /// <param name="intercept">The best one where all weights are 0.</param>
    /// <param name="cancel">Stops between sweeps.</param>
    public LassoFit(ScaledRows rows, LinearPlan plan, double intercept, CancellationToken cancel)
    {
        (_rows, _plan, _cancel, _columns) = (rows, plan, cancel, Columns(rows));
        _point = [.. new double[rows.Features.Length], intercept];
        float[] errors = new Descent(this, rows.Rows.Weights, _point).Errors;
        for (int c = 0; c < rows.Features.Length; c++)
            _largest = Math.Max(_largest, Math.Abs(TensorPrimitives.Dot(Column(c), errors)));
    }

    /// <summary>Fits all rows.</summary>
    /// <param name="share">The penalty as a share of that at which all weights are 0.</param>
    /// <param name="threads">Not made use of.</param>
    public double[] ToAll(double share, int threads)
    {
        _lambda = share * _largest;
        return _point = new Descent(this, _rows.Rows.Weights, _point).Run(_lambda);
    }

    /// <inheritdoc/>
    public double[] Without(float[] rowWeights, int threads)
    {
        float[]? all = _rows.Rows.Weights;
        double left = TensorPrimitives.Sum<float>(rowWeights) / (all is null ? rowWeights.Length : TensorPrimitives.Sum<float>(all));
        return new Descent(this, rowWeights, _point).Run(left * _lambda);
    }

    private ReadOnlySpan<float> Column(int c) => _columns.AsSpan(c * _rows.Rows.Count, _rows.Rows.Count);

    private static float[] Columns(ScaledRows rows)
    {
        int n = rows.Rows.Count;
        float[] columns = new float[checked(rows.Features.Length * n)];
        for (int i = 0; i < n; i++)
        {
            for (int c = 0; c < rows.DenseColumns; c++)
                columns[c * n + i] = rows.Dense[i * rows.DenseColumns + c];
            for (int k = rows.Sparse.RowStarts[i]; k < rows.Sparse.RowStarts[i + 1]; k++)
                columns[(rows.DenseColumns + rows.Sparse.Indices[k]) * n + i] = rows.Sparse.Values[k];
        }
        return columns;
    }

    /// <summary>One minimum, from a start.</summary>
    private sealed class Descent
    {
        private readonly LassoFit _fit;
        private readonly float[]? _rowWeights;
        private readonly double[] _point;
        private readonly float[] _scores, _curvatures, _products;
        private readonly double _allWeights;

        public Descent(LassoFit fit, float[]? rowWeights, double[] start)
        {
            (_fit, _rowWeights, _point) = (fit, rowWeights, [.. start]);
            int n = fit._rows.Rows.Count;
            (_scores, _curvatures, _products, Errors) = (new float[n], new float[n], new float[n], new float[n]);
            _allWeights = rowWeights is null ? n : TensorPrimitives.Sum<float>(rowWeights);
            Score();
        }

        /// <summary>w (a - y) of each row.</summary>
        public float[] Errors { get; }

        /// <summary>The point where no change of one column lowers the cost by more than the plan's tolerance.</summary>
        public double[] Run(double lambda)
        {
            double enough = _fit._plan.Tolerance * _allWeights;
            var active = new List<int>();
            int sweeps = 0;
            while (GoesOn(sweeps) && (FindActive(active, lambda) || sweeps == 0))
            {
                while (GoesOn(sweeps++) && Sweep(active, lambda) > enough)
                {
                }
                Score();
            }
            return _point;
        }

        private bool GoesOn(int sweeps) => sweeps < _fit._plan.MostIterations && !_fit._cancel.IsCancellationRequested;

        // The columns that are not 0 or would not stay so; whether there are any of the second kind.
        private bool FindActive(List<int> active, double lambda)
        {
            active.Clear();
            bool isNew = false;
            for (int c = 0; c < _point.Length - 1; c++)
            {
                bool moves = _point[c] == 0 && Math.Abs(TensorPrimitives.Dot(_fit.Column(c), Errors)) > lambda * (1 + 1e-4);
                isNew |= moves;
                if (moves || _point[c] != 0)
                    active.Add(c);
            }
            return isNew;
        }

        // About what it lowers the cost by.
        private double Sweep(List<int> active, double lambda)
        {
            double lowered = MoveIntercept();
            foreach (int c in active)
                lowered += Move(c, lambda);
            return lowered;
        }

        // To the minimum of the bound along a column; about what it lowers the cost by.
        private double Move(int c, double lambda)
        {
            ReadOnlySpan<float> column = _fit.Column(c);
            double gradient = TensorPrimitives.Dot(column, Errors);
            if (_point[c] == 0 && Math.Abs(gradient) <= lambda)
                return 0;
            double curvature = MostCurvature * Squares(column);
            if (curvature == 0)
            {
                _point[c] = 0; // only rows that don't take part have it
                return 0;
            }
            double target = _point[c] - gradient / curvature, step = Math.CopySign(Math.Max(0, Math.Abs(target) - lambda / curvature), target) - _point[c];
            if (step == 0)
                return 0;
            _point[c] += step;
            TensorPrimitives.MultiplyAdd(column, (float)step, _scores, _scores);
            FindErrors();
            return curvature * step * step;
        }

        private double MoveIntercept()
        {
            double curvature = MostCurvature * _allWeights, step = -TensorPrimitives.Sum<float>(Errors) / curvature;
            _point[^1] += step;
            TensorPrimitives.Add(_scores, (float)step, _scores);
            FindErrors();
            return curvature * step * step;
        }

        private double Squares(ReadOnlySpan<float> column)
        {
            if (_rowWeights is null)
                return TensorPrimitives.SumOfSquares(column);
            TensorPrimitives.Multiply(column, _rowWeights, _products);
            return TensorPrimitives.Dot(column, _products);
        }

        // Anew, so that roundings of many small steps do not add up.
        private void Score()
        {
            Array.Fill(_scores, (float)_point[^1]);
            for (int c = 0; c < _point.Length - 1; c++)
            {
                if (_point[c] != 0)
                    TensorPrimitives.MultiplyAdd(_fit.Column(c), (float)_point[c], _scores, _scores);
            }
            FindErrors();
        }

        private void FindErrors()
        {
            LogisticLoss.Derivatives(_scores, _fit._rows.Rows.Labels, Errors, _curvatures, 0);
            if (_rowWeights is not null)
                TensorPrimitives.Multiply(Errors, _rowWeights, Errors);
        }
    }
}
