using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>The cost at a point, and its gradient.</summary>
/// <param name="point">The parameters.</param>
/// <param name="gradient">Where the gradient goes.</param>
internal delegate double CostAndGradient(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>
/// L-BFGS (Liu and Nocedal, 1989), in double precision: the direction comes from the last pairs of steps and changes of the gradient,
/// its length from <see cref="LineSearch"/>.
/// </summary>
internal sealed class Lbfgs
{
    private const int MostPairs = 10;
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly CostAndGradient _evaluate;
    private readonly double[] _trial, _trialGradient, _direction;
    private readonly List<Pair> _pairs;
    private readonly double[] _point, _gradient;

    /// <summary>Starts at this point, which is copied.</summary>
    /// <param name="start">The point.</param>
    /// <param name="evaluate">The cost.</param>
    /// <param name="pairs">The pairs that an earlier minimiser had there.</param>
    public Lbfgs(ReadOnlySpan<double> start, CostAndGradient evaluate, params ReadOnlySpan<Pair> pairs)
    {
        _pairs = [.. pairs];
        _evaluate = evaluate;
        _point = start.ToArray();
        _gradient = new double[_point.Length];
        _trial = new double[_point.Length];
        _trialGradient = new double[_point.Length];
        _direction = new double[_point.Length];
        Cost = evaluate(_point, _gradient);
    }

    /// <summary>The cost at <see cref="Point"/>.</summary>
    public double Cost { get; private set; }

    /// <summary>Where the minimiser is.</summary>
    public ReadOnlySpan<double> Point => _point;

    /// <summary>What it remembers of its last steps.</summary>
    public Pair[] Pairs => [.. _pairs];

    /// <summary>One iteration. False when the cost could not be lowered, so that there is nothing left to do.</summary>
    public bool Iterate()
    {
        if (Advance())
            return true;
        if (_pairs.Count == 0)
            return false;
        _pairs.Clear(); // The pairs may mislead: try once more along the gradient.
        return Advance();
    }

    private bool Advance()
    {
        SetDirection();
        double slope = Products.Dot<double>(_gradient, _direction);
        if (!(slope < 0))
            return false;
        double first = _pairs.Count == 0 ? 1 / Math.Sqrt(Products.Dot<double>(_direction, _direction)) : 1;
        double cost = Cost, tried = 0;
        double? step = LineSearch.Search(
            s =>
            {
                MoveTo(tried = s);
                return (cost = _evaluate(_trial, _trialGradient), Products.Dot<double>(_trialGradient, _direction));
            },
            Cost, slope, first);
        if (step is not double length)
            return false;
        if (length != tried)
        {
            MoveTo(length);
            cost = _evaluate(_trial, _trialGradient);
        }

        if (!(cost < Cost))
            return false;
        Remember(length, slope);
        Cost = cost;
        _trial.CopyTo(_point, 0);
        _trialGradient.CopyTo(_gradient, 0);
        return true;
    }

    private void MoveTo(double step)
    {
        for (int i = 0; i < _point.Length; i++)
            _trial[i] = _point[i] + step * _direction[i];
    }

    // -H g, by the two loops of Nocedal (1980).
    private void SetDirection()
    {
        for (int i = 0; i < _direction.Length; i++)
            _direction[i] = -_gradient[i];
        Span<double> alpha = stackalloc double[MostPairs];
        for (int k = _pairs.Count - 1; k >= 0; k--)
        {
            alpha[k] = _pairs[k].Rho * Products.Dot<double>(_pairs[k].S, _direction);
            Products.Add(-alpha[k], _pairs[k].Y, _direction);
        }

        if (_pairs.Count > 0)
        {
            Pair last = _pairs[^1];
            double scale = 1 / (last.Rho * Products.Dot<double>(last.Y, last.Y));
            for (int i = 0; i < _direction.Length; i++)
                _direction[i] *= scale;
        }

        for (int k = 0; k < _pairs.Count; k++)
            Products.Add(alpha[k] - _pairs[k].Rho * Products.Dot<double>(_pairs[k].Y, _direction), _pairs[k].S, _direction);
    }

    // A pair whose curvature is lost in rounding would spoil the direction.
    private void Remember(double step, double slope)
    {
        double[] s = new double[_point.Length], y = new double[_point.Length];
        for (int i = 0; i < s.Length; i++)
            (s[i], y[i]) = (step * _direction[i], _trialGradient[i] - _gradient[i]);
        if (Products.Dot<double>(s, y) <= MachineEpsilon * -slope * step)
            return;
        if (_pairs.Count == MostPairs)
            _pairs.RemoveAt(0);
        _pairs.Add(new Pair(s, y));
    }

    /// <summary>A step, and by what the gradient changed over it.</summary>
    internal readonly record struct Pair(double[] S, double[] Y)
    {
        public double Rho { get; } = 1 / Products.Dot<double>(S, Y);
    }
}
