namespace Microsoft.ML.Trainers;

/// <summary>Minimizes a smooth loss plus an L1 penalty, with ML.NET's steps and stopping; the first parameter isn't penalized.</summary>
// L-BFGS and line search: Nocedal and Wright, "Numerical Optimization", algorithms 3.5, 3.6 and 7.4; with the penalty the orthant-wise
// variant of Andrew and Gao, "Scalable training of L1-regularized log-linear models", 2007.
internal sealed class LimitedMemoryBfgs(
    Func<float[], float[], float> loss, int parameters, LbfgsLogisticRegressionBinaryTrainer.Options options, float l1)
{
    private readonly List<(float[] Step, float[] Change, float Product)> _memory = [];
    private readonly float[] _steepest = new float[parameters], _direction = new float[parameters];
    private float[] _point = new float[parameters], _gradient = new float[parameters];
    private float[] _next = new float[parameters], _nextGradient = new float[parameters];
    private float _value, _lastValue;
    private int _iteration = 1;

    public float[] Minimize(IChannel channel)
    {
        _value = _lastValue = Evaluate(_point, _gradient);
        float mean = 0;
        try
        {
            while (true)
            {
                Direct();
                if (!Search(force: false))
                {
                    // The curvature may be off: begin again from the gradient.
                    _memory.Clear();
                    Direct();
                    Search(force: true);
                }
                // The mean improvement, older ones weighing less and less.
                mean = _lastValue - _value + 0.25f * mean;
                if (mean * 0.75f / (1 - MathF.Pow(0.25f, _iteration)) < options.OptimizationTolerance
                    || _iteration >= options.MaximumNumberOfIterations)
                    return _next;
                Advance();
            }
        }
        catch (PrematureConvergenceException e)
        {
            channel.Warning(MessageSensitivity.None, "Premature convergence occurred. The OptimizationTolerance may be set too small. {0}",
                e.Message);
            return _next;
        }
    }

    private float Evaluate(float[] point, float[] gradient)
    {
        float penalty = l1 > 0 ? l1 * TensorPrimitives.SumOfMagnitudes<float>(point.AsSpan(1)) : 0;
        return penalty + loss(point, gradient);
    }

    private void Direct()
    {
        for (int i = 0; i < _point.Length; i++)
            _steepest[i] = Descent(_point[i], _gradient[i], i == 0 ? 0 : l1);
        _steepest.CopyTo(_direction, 0);
        ApplyInverseHessian();
        for (int i = 0; i < _direction.Length && l1 > 0; i++)
            if (_steepest[i] == 0)
                _direction[i] = 0;
    }

    // Minus the gradient of loss and penalty, where the penalty's kink at zero leaves one.
    private static float Descent(float x, float gradient, float l1)
    {
        if (x < 0 || (x == 0 && gradient > l1))
            return -gradient + l1;
        return x > 0 || gradient < -l1 ? -gradient - l1 : l1 == 0 ? -gradient : 0;
    }

    private void ApplyInverseHessian()
    {
        var pairs = _memory.FindAll(pair => pair.Product > 0);
        if (pairs.Count == 0)
            return;
        var alphas = new float[pairs.Count];
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            alphas[i] = -TensorPrimitives.Dot<float>(pairs[i].Step, _direction) / pairs[i].Product;
            TensorPrimitives.MultiplyAdd(pairs[i].Change, alphas[i], _direction, _direction);
        }
        TensorPrimitives.Multiply(_direction, pairs[^1].Product / TensorPrimitives.SumOfSquares<float>(pairs[^1].Change), _direction);
        foreach (var ((step, change, product), alpha) in pairs.Zip(alphas))
            TensorPrimitives.MultiplyAdd(
                step, -alpha - TensorPrimitives.Dot<float>(change, _direction) / product, _direction, _direction);
    }

    private void Advance()
    {
        float[] step = new float[parameters], change = new float[parameters];
        TensorPrimitives.Subtract(_next, _point, step);
        TensorPrimitives.Subtract(_nextGradient, _gradient, change);
        float product = TensorPrimitives.Dot<float>(step, change);
        if (product == 0)
            throw new PrematureConvergenceException("ro equals zero. Is your function linear?");
        if (_memory.Count == options.HistorySize)
            _memory.RemoveAt(0);
        _memory.Add((step, change, product));
        (_point, _next) = (_next, _point);
        (_gradient, _nextGradient) = (_nextGradient, _gradient);
        _lastValue = _value;
        _iteration++;
    }

    private bool Search(bool force)
    {
        float slope = -TensorPrimitives.Dot<float>(_direction, _steepest);
        if (slope == 0)
            throw new PrematureConvergenceException("Directional derivative is zero. You may be sitting on the optimum.");
        Contracts.Check(slope < 0, "L-BFGS chose a non-descent direction.");
        float length = _iteration == 1 ? 1 / MathF.Sqrt(TensorPrimitives.Dot<float>(_direction, _direction)) : 1;
        return l1 > 0 ? SearchOrthant(length, force) : new WolfeSearch(TryStep, _lastValue, slope, force).Run(length);
    }

    private (float Value, float Slope) TryStep(float length)
    {
        Move(length);
        _value = Evaluate(_next, _nextGradient);
        return (_value, TensorPrimitives.Dot<float>(_direction, _nextGradient));
    }

    private bool SearchOrthant(float length, bool force)
    {
        float expected = Move(length);
        if (expected < 0)
        {
            for (int i = 1; i < _direction.Length; i++)
                if (_steepest[i] * _direction[i] < 0)
                    _direction[i] = 0;
            expected = Move(length);
        }
        for (int i = 1; ; i++)
        {
            _value = Evaluate(_next, _nextGradient);
            if (_value <= _lastValue - 1e-4f * expected)
                return true;
            if (!force && i == 8)
                return false;
            length *= 0.25f;
            expected = Move(length);
        }
    }

    // Goes along the direction, with the penalty no further than to where a parameter changes its sign; tells the improvement that the
    // gradient promises.
    private float Move(float length)
    {
        for (int i = 0; i < _next.Length; i++)
        {
            _next[i] = _point[i] + length * _direction[i];
            if (l1 > 0 && i > 0 && _point[i] * _next[i] < 0)
                _next[i] = 0;
        }
        return TensorPrimitives.Dot<float>(_steepest, _next) - TensorPrimitives.Dot<float>(_steepest, _point);
    }
}

/// <summary>The minimum was reached before the tolerance said so.</summary>
internal sealed class PrematureConvergenceException(string message) : Exception(message);

/// <summary>Finds a step that lowers a function enough and flattens its slope enough (the strong Wolfe conditions).</summary>
internal sealed class WolfeSearch(Func<float, (float Value, float Slope)> trial, float value, float slope, bool force)
{
    private readonly float _c1 = 1e-4f * slope;
    private readonly float _c2 = 0.9f * slope;

    public bool Run(float length)
    {
        var last = new Point(0, value, slope);
        while (true)
        {
            var point = Try(length);
            if (float.IsPositiveInfinity(point.Value))
            {
                length /= 2;
                continue;
            }
            if (point.Value > value + _c1 * length || (last.Length > 0 && point.Value >= last.Value))
                return Zoom(last, point);
            if (Math.Abs(point.Slope) <= -_c2)
                return true;
            if (point.Slope >= 0)
                return Zoom(point, last);
            last = point;
            length = length == 0 ? float.Epsilon : 2 * length;
        }
    }

    private bool Zoom(Point low, Point high)
    {
        for (int step = 0; ; step++)
        {
            if (step == 10 && !force)
                return false;
            var (left, right) = low.Length < high.Length ? (low, high) : (high, low);
            float length = left.Slope > 0 && right.Slope < 0 ? (low.Value < high.Value ? low.Length : high.Length) : Cubic(low, high);
            if (!float.IsFinite(length))
                length = (low.Length + high.Length) / 2;
            // Neither end is to be hugged.
            length = Math.Min(length, 0.01f * left.Length + 0.99f * right.Length);
            length = Math.Max(length, 0.01f * right.Length + 0.99f * left.Length);
            var point = Try(length);
            bool tooHigh = point.Value > value + _c1 * length || point.Value >= low.Value;
            if (!tooHigh && Math.Abs(point.Slope) <= -_c2)
                return true;
            if (!tooHigh && point.Slope * (high.Length - low.Length) >= 0)
                high = low;
            if ((tooHigh ? high : low).Length == point.Length)
                return force ? throw new PrematureConvergenceException("Step size interval numerically zero.") : false;
            if (tooHigh)
                high = point;
            else
                low = point;
        }
    }

    private Point Try(float length)
    {
        var (height, steepness) = trial(length);
        Contracts.Check(float.IsFinite(height) || float.IsPositiveInfinity(height),
            $"Optimizer unable to proceed with loss function yielding {height}");
        return new Point(length, height, steepness);
    }

    // The minimum of the cubic through two points with their slopes.
    private static float Cubic(Point a, Point b)
    {
        double t = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.Length - b.Length);
        double root = Math.Sign(b.Length - a.Length) * Math.Sqrt(t * t - a.Slope * b.Slope);
        return (float)(b.Length - (b.Length - a.Length) * (b.Slope + root - t) / (b.Slope - a.Slope + 2 * root));
    }

    private readonly record struct Point(float Length, float Value, float Slope);
}
