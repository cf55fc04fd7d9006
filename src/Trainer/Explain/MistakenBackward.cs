using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

#pragma warning disable IDE1006 // The course's own symbols: X, Y, dZ2.

/// <summary>Back-propagation with one <see cref="GradientMistake"/> in it.</summary>
public static class MistakenBackward
{
    /// <summary>The gradient of J as the mistake gives it.</summary>
    /// <param name="mistake">Which mistake.</param>
    /// <param name="network">The network.</param>
    /// <param name="X">The examples, D x m, at least two: with a single one most mistakes do not show.</param>
    /// <param name="Y">Their labels, 1 x m.</param>
    /// <exception cref="ArgumentException">There is one example only, or, for the transpose, one hidden unit only: the mistake would
    /// change nothing.</exception>
    public static BackwardPass Run(GradientMistake mistake, NetworkParameters network, Matrix<double> X, Matrix<double> Y)
    {
        Examples.Check(network, X, Y, null);
        int m = X.ColumnCount;
        if (m < 2 && mistake != GradientMistake.Activation)
            throw new ArgumentException("With a single example this mistake changes nothing, its mean and sum being itself: take two " +
                "or more.");
        if (mistake == GradientMistake.Transpose && network.HiddenUnits < 2)
            throw new ArgumentException("With a single hidden unit there is nothing to transpose: this mistake needs two or more.");

        ForwardPass forward = TextbookNetwork.Forward(network, X);
        BackwardPass right = TextbookNetwork.Backward(network, X, Y, forward);
        BackwardPass Continue(Matrix<double> dA1, Func<double, double, double> slope)
        {
            Matrix<double> dZ1 = dA1.PointwiseMultiply(forward.Z1.Map2(slope, forward.A1, Zeros.Include));
            return right with { dZ1 = dZ1, dW1 = dZ1 * X.Transpose() / m, db1 = dZ1.RowSums() / m };
        }

        return mistake switch
        {
            GradientMistake.Transpose => Continue(Reshape(right.dZ2.Transpose() * network.W2), (z, _) => network.Activation.Derivative(z)),
            GradientMistake.Activation => Continue(network.W2.Transpose() * right.dZ2, OfAnother(network.Activation)),
            GradientMistake.Mean => right with { dW1 = right.dW1 * m, db1 = right.db1 * m, dW2 = right.dW2 * m, db2 = right.db2 * m },
            GradientMistake.Sum => right with { db1 = right.dZ1.Column(m - 1) / m, db2 = right.dZ2[0, m - 1] / m },
            _ => throw new ArgumentOutOfRangeException(nameof(mistake), mistake, "There is no such mistake."),
        };
    }

    // As NumPy's reshape: read by rows, written by rows.
    private static Matrix<double> Reshape(Matrix<double> tall) =>
        Matrix<double>.Build.DenseOfRowMajor(tall.ColumnCount, tall.RowCount, tall.ToRowMajorArray());

    // Slopes as code has them that was written for another activation: from the stored answers a.
    private static Func<double, double, double> OfAnother(IActivation activation) =>
        activation.Name == Activation.Sigmoid.Name ? (_, a) => 1 - a * a : (_, a) => a * (1 - a);
}
