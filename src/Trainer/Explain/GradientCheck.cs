using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Explain;

#pragma warning disable IDE1006 // The course's own symbols: X, Y.

/// <summary>
/// Is my gradient right? Moves every parameter a little to either side, looks at how the cost J answers, and compares that with what
/// back-propagation says.
/// </summary>
/// <remarks>
/// The numerical derivative is the central difference D(h) = (J(θ + h) - J(θ - h)) / 2h, taken at h and 2h and combined as
/// (4 D(h) - D(2h)) / 3, which cancels the h² term of the error. What is left grows as h⁴, rounding grows as ε/h, so h is the fifth
/// root of ε. Where g or g' has a kink near an example's z, the combination gains nothing: D(h) is taken alone, with the
/// cube root of ε, and an entry whose step still crosses a kink has no derivative to compare with: it is counted and left out.
/// h is in units of z: each parameter's step is h divided by the largest number that the parameter is multiplied by on its way to a z.
/// </remarks>
public static class GradientCheck
{
    private const double Epsilon = 2.220446049250313e-16; // the distance from 1 to the next double
    private static readonly double _smoothStep = Math.Pow(Epsilon, 1.0 / 5);
    private static readonly double _kinkedStep = Math.Pow(Epsilon, 1.0 / 3);

    /// <summary>The relative error up to which two gradients agree, 1e-7.</summary>
    public const double Tolerance = 1e-7;

    /// <summary>Checks the gradient of J by W1, b1, W2 and b2.</summary>
    /// <param name="network">The network, D features.</param>
    /// <param name="X">The examples, D x m.</param>
    /// <param name="Y">Their labels, 1 x m, each 0 or 1.</param>
    /// <param name="weights">w, a weight for each example; null where each counts once.</param>
    /// <param name="l2">The strength of the penalty on W1 and W2.</param>
    /// <param name="gradient">The gradient to check, of whatever origin; by default the textbook's.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no example.</exception>
    public static GradientCheckResult Run(
        NetworkParameters network,
        Matrix<double> X,
        Matrix<double> Y,
        Vector<double>? weights = null,
        double l2 = 0,
        BackwardPass? gradient = null)
    {
        Examples.Check(network, X, Y, weights);
        ForwardPass forward = TextbookNetwork.Forward(network, X);
        gradient ??= TextbookNetwork.Backward(network, X, Y, forward, weights, l2);

        // A copy whose entries are moved one at a time. The cost is computed as anybody would, so nothing is shared with Backward.
        Matrix<double> W1 = network.W1.Clone(), W2 = network.W2.Clone();
        Vector<double> b1 = network.B1.Clone();
        double CostAtB2(double b2) => TextbookNetwork.Cost(new NetworkParameters(W1, b1, W2, b2, network.Activation), X, Y, weights, l2);
        double Cost() => CostAtB2(network.B2);

        // A step moves z1 by step * x, and through it z2 by W2 times that; the larger of both should be about h.
        double XScale(int d) => PositiveOrOne(X.Row(d).AbsoluteMaximum());
        double OutputScale(int h) => Math.Max(1, Math.Abs(network.W2[0, h]));
        MovedParameter OfW1(int h, int d) =>
            new(w => Moved(W1, h, d, w, Cost), network.W1[h, d], XScale(d) * OutputScale(h), h, X.Row(d));
        MovedParameter OfB1(int h, int _) =>
            new(b => Moved(b1, h, b, Cost), network.B1[h], OutputScale(h), h);
        MovedParameter OfW2(int _, int h) =>
            new(w => Moved(W2, 0, h, w, Cost), network.W2[0, h], PositiveOrOne(forward.A1.Row(h).AbsoluteMaximum()));
        MovedParameter OfB2(int _, int __) =>
            new(CostAtB2, network.B2, 1);

        var kinks = new Kinks(network.Activation, forward.Z1);
        double noise = Epsilon * Math.Max(1, forward.Z2.Enumerate().Max(Math.Abs)); // of a loss, which is computed from z2
        return new GradientCheckResult(
        [
            Compare("W1", gradient.dW1, OfW1, kinks, noise),
            Compare("b1", gradient.db1.ToColumnMatrix(), OfB1, kinks, noise),
            Compare("W2", gradient.dW2, OfW2, kinks, noise),
            Compare("b2", Matrix<double>.Build.Dense(1, 1, gradient.db2), OfB2, kinks, noise),
        ]);
    }

    private static GradientCheckBlock Compare(
        string name, Matrix<double> analytic, Func<int, int, MovedParameter> parameterAt, Kinks kinks, double noise)
    {
        var numerical = Matrix<double>.Build.SameAs(analytic);
        var compared = new bool[analytic.RowCount, analytic.ColumnCount];
        double rounding = 0;
        for (int r = 0; r < analytic.RowCount; r++)
        {
            for (int c = 0; c < analytic.ColumnCount; c++)
            {
                MovedParameter parameter = parameterAt(r, c);
                bool smooth = kinks.NoneWithin(parameter, 2 * _smoothStep);
                double h = (smooth ? _smoothStep : _kinkedStep) / parameter.Scale;
                numerical[r, c] = smooth ? (4 * parameter.Difference(h) - parameter.Difference(2 * h)) / 3 : parameter.Difference(h);
                compared[r, c] = smooth || kinks.NoJumpWithin(parameter, _kinkedStep);
                rounding += Math.Pow(noise / h, 2);
            }
        }

        return new GradientCheckBlock(name, analytic, numerical, compared, Math.Sqrt(rounding));
    }

    private static double Moved(Matrix<double> parameters, int r, int c, double value, Func<double> cost)
    {
        double kept = parameters[r, c];
        parameters[r, c] = value;
        double result = cost();
        parameters[r, c] = kept;
        return result;
    }

    private static double Moved(Vector<double> parameters, int r, double value, Func<double> cost)
    {
        double kept = parameters[r];
        parameters[r] = value;
        double result = cost();
        parameters[r] = kept;
        return result;
    }

    private static double PositiveOrOne(double value) => value > 0 ? value : 1;
}
