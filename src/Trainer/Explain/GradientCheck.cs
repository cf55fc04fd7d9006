using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

#pragma warning disable IDE1006 // The course's own symbols: X, Y.

/// <summary>
/// Is my gradient right? Moves every parameter a little to either side, looks at how the cost J answers, and compares that with what
/// back-propagation says.
/// </summary>
/// <remarks>
/// J is the mean of the examples' losses (and a penalty), so its numerical derivative is the mean of theirs, each a central difference
/// with a step of its own; see <see cref="MeasuredSlopes"/>. An entry whose step crosses a kink of the activation has no derivative to
/// compare with: it is counted and left out. Steps are in units of z: a step h is divided by the largest number that the parameter is
/// multiplied by on its way to a z.
/// </remarks>
public static class GradientCheck
{
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

        // Losses are computed as anybody would, so nothing is shared with Backward. A step moves z1 by step * x, and through it z2 by W2
        // times that; the larger of both should be about h.
        var moved = new MovedLosses(network, X, Y, forward);
        double XScale(int d) => PositiveOrOne(X.Row(d).AbsoluteMaximum());
        double OutputScale(int h) => Math.Max(1, Math.Abs(network.W2[0, h]));
        MovedParameter OfW1(int h, int d) =>
            new(w => moved.ByW1(h, d, w), network.W1[h, d], XScale(d) * OutputScale(h), l2, h, X.Row(d));
        MovedParameter OfB1(int h, int _) =>
            new(b => moved.ByB1(h, b), network.B1[h], OutputScale(h), HiddenUnit: h);
        MovedParameter OfW2(int _, int h) =>
            new(w => moved.ByW2(h, w), network.W2[0, h], PositiveOrOne(forward.A1.Row(h).AbsoluteMaximum()), l2);
        MovedParameter OfB2(int _, int __) =>
            new(moved.ByB2, network.B2, 1);

        var kinks = new Kinks(network.Activation, forward.Z1);
        double[] size = Sizes(network, X, forward);
        Vector<double> share = weights is null ? Vector<double>.Build.Dense(X.ColumnCount, 1.0 / X.ColumnCount) : weights / weights.Sum();
        GradientCheckBlock Compare(string name, Matrix<double> analytic, Func<int, int, MovedParameter> parameterAt) =>
            GradientCheck.Compare(name, analytic, parameterAt, kinks, size, share);
        return new GradientCheckResult(
        [
            Compare("W1", gradient.dW1, OfW1),
            Compare("b1", gradient.db1.ToColumnMatrix(), OfB1),
            Compare("W2", gradient.dW2, OfW2),
            Compare("b2", Matrix<double>.Build.Dense(1, 1, gradient.db2), OfB2),
        ]);
    }

    private static GradientCheckBlock Compare(
        string name, Matrix<double> analytic, Func<int, int, MovedParameter> parameterAt, Kinks kinks, double[] size, Vector<double> share)
    {
        var numerical = Matrix<double>.Build.SameAs(analytic);
        var compared = new bool[analytic.RowCount, analytic.ColumnCount];
        double rounding = 0;
        for (int r = 0; r < analytic.RowCount; r++)
        {
            for (int c = 0; c < analytic.ColumnCount; c++)
            {
                MovedParameter parameter = parameterAt(r, c);
                var measured = new MeasuredSlopes(parameter, kinks, size);
                numerical[r, c] = share * Vector<double>.Build.Dense(measured.Slopes) + parameter.PenaltyDifference();
                compared[r, c] = !measured.IsAtKink;
                rounding += Math.Pow(share * Vector<double>.Build.Dense(measured.Rounding), 2);
            }
        }

        return new GradientCheckBlock(name, analytic, numerical, compared, Math.Sqrt(rounding));
    }

    // The numbers that make up z2, without their signs: a sum is rounded by a share of its largest terms, not of what is left of them.
    private static double[] Sizes(NetworkParameters network, Matrix<double> X, ForwardPass forward)
    {
        Matrix<double> terms = network.W1.PointwiseAbs() * X.PointwiseAbs();
        return [.. Enumerable.Range(0, X.ColumnCount).Select(i => Math.Max(1, Math.Abs(network.B2) +
            Enumerable.Range(0, network.HiddenUnits).Sum(h => Math.Abs(network.W2[0, h]) * (Math.Abs(forward.A1[h, i]) +
                Math.Abs(network.Activation.Derivative(forward.Z1[h, i])) * (terms[h, i] + Math.Abs(network.B1[h]))))))];
    }

    private static double PositiveOrOne(double value) => value > 0 ? value : 1;
}
