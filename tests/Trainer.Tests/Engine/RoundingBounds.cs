using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>
/// How far single precision may be from the textbook: the running error analysis of the equations. A sum of n products is off by at most
/// (n + 1) u times the sum of their sizes, where u = 2⁻²⁴; errors of factors are carried through each equation.
/// </summary>
internal sealed class RoundingBounds
{
    private const double U = 5.97e-8;

    // The engine's activations are within this of the true ones, relative to the larger of |z| and |g(z)|; VectorMathTests hold them to it.
    private const double ActivationError = 10 * U;

    // The largest |g'| (GELU's, at z = 1.41) and |g''| (tanh has 0.77, GELU 0.8, ELU 1, sin 1) of the activations that are tested.
    private const double MaximumSlope = 1.13, MaximumCurvature = 1;

    /// <param name="n">The network.</param>
    /// <param name="X">The examples.</param>
    /// <param name="Y">Their labels.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="l2">The penalty.</param>
    /// <param name="furtherZ1">How far Z1 may be off besides, because W1 is.</param>
    public RoundingBounds(
        NetworkParameters n, Matrix<double> X, Matrix<double> Y, Vector<double>? weights, double l2, Matrix<double>? furtherZ1 = null)
    {
        int m = X.ColumnCount, D = n.FeatureCount, H = n.HiddenUnits;
        ForwardPass forward = TextbookNetwork.Forward(n, X);
        BackwardPass backward = TextbookNetwork.Backward(n, X, Y, forward, weights, l2);
        Vector<double> w = weights ?? Vector<double>.Build.Dense(m, 1);
        double total = w.Sum();
        Matrix<double> W1 = n.W1.PointwiseAbs(), W2 = n.W2.PointwiseAbs(), absX = X.PointwiseAbs();
        Matrix<double> b1 = Matrix<double>.Build.Dense(H, m, (h, _) => Math.Abs(n.B1[h]));

        Matrix<double> eZ1 = (W1 * absX + b1) * (D + 2) * U;
        if (furtherZ1 is not null)
            eZ1 += furtherZ1;
        Matrix<double> size = forward.Z1.PointwiseAbs().PointwiseMaximum(forward.A1.PointwiseAbs());
        Matrix<double> eA1 = eZ1 * MaximumSlope + size * ActivationError;
        Matrix<double> slope = forward.Z1.Map(n.Activation.Derivative, Zeros.Include);
        // Where z may lie on either side of a kink at 0, so may the slope.
        Matrix<double> eSlope = Matrix<double>.Build.Dense(H, m, (h, i) =>
            Math.Abs(forward.Z1[h, i]) <= eZ1[h, i] ? 1 : eZ1[h, i] * MaximumCurvature + ActivationError * (1 + size[h, i]));
        Z2 = W2 * eA1 + (W2 * forward.A1.PointwiseAbs() + Math.Abs(n.B2)) * (H + 2) * U;
        Matrix<double> eDZ2 = Z2 / 4 + 4 * U;
        Matrix<double> dZ2 = backward.dZ2.PointwiseAbs(), dZ1 = backward.dZ1.PointwiseAbs(), A1 = forward.A1.PointwiseAbs();
        Matrix<double> eDZ1 = (W2.Transpose() * dZ2).PointwiseMultiply(eSlope)
            + (W2.Transpose() * eDZ2).PointwiseMultiply(slope.PointwiseAbs()) + dZ1 * 4 * U;

        double roundings = (m + 4) * U;
        Matrix<double> each = Matrix<double>.Build.DiagonalOfDiagonalVector(w / total);
        DW1 = (eDZ1 + dZ1 * roundings) * each * absX.Transpose() + (backward.dW1.PointwiseAbs() + W1 * l2) * 3 * U;
        DB1 = ((eDZ1 + dZ1 * roundings) * each).RowSums() + backward.db1.PointwiseAbs() * 3 * U;
        DW2 = (eDZ2 + dZ2 * roundings) * each * A1.Transpose() + dZ2 * each * eA1.Transpose()
            + (backward.dW2.PointwiseAbs() + W2 * l2) * 3 * U;
        DB2 = ((eDZ2 + dZ2 * roundings) * each).RowSums()[0] + Math.Abs(backward.db2) * 3 * U;
        Matrix<double> L = TextbookNetwork.Losses(forward, Y);
        J = ((Z2 + (L + forward.Z2.PointwiseAbs()) * 100 * U) * each).RowSums()[0];
    }

    public Matrix<double> Z2 { get; }

    public Matrix<double> DW1 { get; }

    public Vector<double> DB1 { get; }

    public Matrix<double> DW2 { get; }

    public double DB2 { get; }

    public double J { get; }
}
