using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

/// <content>The same with a weight for each example and a penalty on W1 and W2, made from the course's equations.</content>
public static partial class TextbookNetwork
{
    /// <summary>The cost J: the weighted mean of the losses, plus l2 / 2 times the sum of the squared weights of W1 and W2.</summary>
    /// <param name="network">The network.</param>
    /// <param name="X">The examples, D x m.</param>
    /// <param name="Y">Their labels, 1 x m, each 0 or 1.</param>
    /// <param name="weights">w, a weight for each example; null where each counts once.</param>
    /// <param name="l2">The strength of the penalty, not negative; biases are not penalised.</param>
    public static double Cost(NetworkParameters network, Matrix<double> X, Matrix<double> Y, Vector<double>? weights = null, double l2 = 0)
    {
        double mean = weights is null ? Cost(network, X, Y) : weights * Losses(Forward(network, X), Y).Row(0) / weights.Sum();
        return mean + l2 / 2 * (SumOfSquares(network.W1) + SumOfSquares(network.W2));
    }

    /// <summary>Back-propagation of that cost. In each sum over the examples a column counts w times, and m is the sum of the weights; the
    /// penalty adds l2 W to dW. The dZ, which are about the loss of one example, stay as they are.</summary>
    /// <param name="network">The network.</param>
    /// <param name="X">The examples, D x m.</param>
    /// <param name="Y">Their labels, 1 x m, each 0 or 1.</param>
    /// <param name="forward">What <see cref="Forward"/> computed on them.</param>
    /// <param name="weights">w, a weight for each example; null where each counts once.</param>
    /// <param name="l2">The strength of the penalty on W1 and W2.</param>
    public static BackwardPass Backward(
        NetworkParameters network, Matrix<double> X, Matrix<double> Y, ForwardPass forward, Vector<double>? weights = null, double l2 = 0)
    {
        BackwardPass plain = Backward(network, X, Y, forward);
        if (weights is not null)
        {
            Matrix<double> counted = Matrix<double>.Build.DiagonalOfDiagonalVector(weights); // diag(w), m x m
            Matrix<double> dZ2 = plain.dZ2 * counted, dZ1 = plain.dZ1 * counted;
            double m = weights.Sum();
            plain = plain with
            {
                dW2 = dZ2 * forward.A1.Transpose() / m,
                db2 = dZ2.RowSums()[0] / m,
                dW1 = dZ1 * X.Transpose() / m,
                db1 = dZ1.RowSums() / m,
            };
        }

        return l2 == 0 ? plain : plain with { dW2 = plain.dW2 + l2 * network.W2, dW1 = plain.dW1 + l2 * network.W1 };
    }

    private static double SumOfSquares(Matrix<double> W) => W.Enumerate(Zeros.AllowSkip).Sum(w => w * w);
}
