using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

/// <summary>
/// A two-layer network in the course's notation and in double precision: D inputs, H hidden units with the activation g, one output.
/// </summary>
/// <remarks>The trained single-precision network of a model converts to it, so that what is taught here can be seen on one's own model.</remarks>
public sealed class NetworkParameters
{
    /// <summary>A network of these parameters. The arrays are kept, not copied.</summary>
    /// <param name="w1">W1, H x D: row h holds the weights of hidden unit h.</param>
    /// <param name="b1">b1, H x 1.</param>
    /// <param name="w2">W2, 1 x H.</param>
    /// <param name="b2">b2, 1 x 1.</param>
    /// <param name="activation">g, the activation of the hidden layer.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public NetworkParameters(Matrix<double> w1, Vector<double> b1, Matrix<double> w2, double b2, IActivation activation)
    {
        ArgumentNullException.ThrowIfNull(w1);
        ArgumentNullException.ThrowIfNull(b1);
        ArgumentNullException.ThrowIfNull(w2);
        ArgumentNullException.ThrowIfNull(activation);
        if (b1.Count != w1.RowCount || w2.RowCount != 1 || w2.ColumnCount != w1.RowCount)
        {
            throw new ArgumentException(
                $"W1 is {w1.RowCount} x {w1.ColumnCount}, so b1 must have {w1.RowCount} numbers and W2 must be 1 x {w1.RowCount}; " +
                $"b1 has {b1.Count} and W2 is {w2.RowCount} x {w2.ColumnCount}.");
        }

        (W1, B1, W2, B2, Activation) = (w1, b1, w2, b2, activation);
    }

    /// <summary>The network of these numbers, which it keeps: H each of b1 and W2, and W1 as in <see cref="W1ByFeature"/>.</summary>
    internal static NetworkParameters Of(double[] w1, double[] b1, double[] w2, double b2, IActivation activation) => new(
        Matrix<double>.Build.Dense(b1.Length, w1.Length / b1.Length, w1), Vector<double>.Build.Dense(b1), Matrix<double>.Build.Dense(1, b1.Length, w2), b2, activation);

    /// <summary>W1, H x D.</summary>
    public Matrix<double> W1 { get; }

    /// <summary>W1's numbers, H of each feature after those of the one before; not to be written to.</summary>
    internal ReadOnlySpan<double> W1ByFeature => W1.AsColumnMajorArray() ?? W1.ToColumnMajorArray();

    /// <summary>b1, H x 1.</summary>
    public Vector<double> B1 { get; }

    /// <summary>W2, 1 x H.</summary>
    public Matrix<double> W2 { get; }

    /// <summary>b2, 1 x 1.</summary>
    public double B2 { get; }

    /// <summary>g, the activation of the hidden layer.</summary>
    public IActivation Activation { get; }

    /// <summary>D, the number of features.</summary>
    public int FeatureCount => W1.ColumnCount;

    /// <summary>H, the number of hidden units.</summary>
    public int HiddenUnits => W1.RowCount;

    /// <summary>A step of gradient descent: every parameter minus <paramref name="learningRate"/> times its derivative.</summary>
    public NetworkParameters Descend(BackwardPass gradient, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return new NetworkParameters(
            W1 - learningRate * gradient.dW1,
            B1 - learningRate * gradient.db1,
            W2 - learningRate * gradient.dW2,
            B2 - learningRate * gradient.db2,
            Activation);
    }
}
