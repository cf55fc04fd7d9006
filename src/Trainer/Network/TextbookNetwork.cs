using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Learning;

/// <summary>
/// The network as the course writes it: the equations in order, one line each, in double precision. X is D x m, a column per example;
/// Y is 1 x m of zeros and ones. It is the oracle of the fast engine, the subject of the gradient check and what learners read.
/// Example weights and a penalty, which the course leaves out, stand in a file of their own.
/// </summary>
public static partial class TextbookNetwork
{
    /// <summary>From the examples to their probabilities.</summary>
    /// <param name="network">The network, with D features.</param>
    /// <param name="X">The examples, D x m.</param>
    public static ForwardPass Forward(NetworkParameters network, Matrix<double> X)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(X);
        if (X.RowCount != network.FeatureCount)
            throw new ArgumentException($"X has {X.RowCount} rows; this network has {network.FeatureCount} features, so X must be {network.FeatureCount} x m.");

        int m = X.ColumnCount;
        IActivation g = network.Activation;
        Matrix<double> Z1 = network.W1 * X + InEveryColumn(network.B1, m); // Z1 (H x m) = W1 (H x D) X (D x m) + b1 (H x 1)
        Matrix<double> A1 = Z1.Map(g.Value, Zeros.Include);                // A1 (H x m) = g(Z1)
        Matrix<double> Z2 = network.W2 * A1 + network.B2;                  // Z2 (1 x m) = W2 (1 x H) A1 (H x m) + b2 (1 x 1)
        Matrix<double> A2 = Z2.Map(Sigmoid.Logistic, Zeros.Include);       // A2 (1 x m) = sigmoid(Z2)
        return new ForwardPass(Z1, A1, Z2, A2);
    }

    /// <summary>L of every example, 1 x m: -(y log a2 + (1 - y) log(1 - a2)), computed from z2 so that it never overflows.</summary>
    public static Matrix<double> Losses(ForwardPass forward, Matrix<double> Y)
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(Y);
        return forward.Z2.Map2((z, y) => Math.Max(z, 0) - y * z + double.LogP1(Math.Exp(-Math.Abs(z))), Y, Zeros.Include);
    }

    /// <summary>The cost J: the mean of the losses.</summary>
    /// <param name="network">The network.</param>
    /// <param name="X">The examples, D x m.</param>
    /// <param name="Y">Their labels, 1 x m, each 0 or 1.</param>
    public static double Cost(NetworkParameters network, Matrix<double> X, Matrix<double> Y)
    {
        Matrix<double> L = Losses(Forward(network, X), Y);
        return L.Row(0).Sum() / L.ColumnCount;
    }

    /// <summary>Back-propagation: from the errors at the output to the derivatives of J by every parameter.</summary>
    /// <param name="network">The network.</param>
    /// <param name="X">The examples, D x m.</param>
    /// <param name="Y">Their labels, 1 x m, each 0 or 1.</param>
    /// <param name="forward">What <see cref="Forward"/> computed on them.</param>
    public static BackwardPass Backward(NetworkParameters network, Matrix<double> X, Matrix<double> Y, ForwardPass forward)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(X);
        ArgumentNullException.ThrowIfNull(Y);
        ArgumentNullException.ThrowIfNull(forward);
        (Matrix<double> Z1, Matrix<double> A1, _, Matrix<double> A2) = forward;
        Matrix<double> W2 = network.W2, slopes = Z1.Map(network.Activation.Derivative, Zeros.Include); // g'(Z1), H x m
        int m = X.ColumnCount;

        Matrix<double> dZ2 = A2 - Y;                                           // dZ2 (1 x m) = A2 - Y
        Matrix<double> dW2 = dZ2 * A1.Transpose() / m;                         // dW2 (1 x H) = dZ2 (1 x m) A1ᵀ (m x H) / m
        double db2 = dZ2.RowSums()[0] / m;                                     // db2 (1 x 1) = row sum of dZ2 / m
        Matrix<double> dZ1 = (W2.Transpose() * dZ2).PointwiseMultiply(slopes); // dZ1 (H x m) = W2ᵀ (H x 1) dZ2 (1 x m) * g'(Z1)
        Matrix<double> dW1 = dZ1 * X.Transpose() / m;                          // dW1 (H x D) = dZ1 (H x m) Xᵀ (m x D) / m
        Vector<double> db1 = dZ1.RowSums() / m;                                // db1 (H x 1) = row sums of dZ1 / m
        return new BackwardPass(dZ2, dW2, db2, dZ1, dW1, db1);
    }

    private static Matrix<double> InEveryColumn(Vector<double> b, int m) => Matrix<double>.Build.Dense(b.Count, m, (h, _) => b[h]);
}
