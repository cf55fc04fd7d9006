using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

/// <summary>
/// How much each feature contributes to one score, compared with a baseline: integrated gradients (Sundararajan, Taly and Yan, 2017). The
/// contributions add up to the difference of the two scores.
/// </summary>
/// <remarks>
/// The gradient of the score is averaged along the straight line from the baseline to the example. With one hidden layer the average is
/// known without sampling: along the line each z1 moves at a constant rate, so the mean of g'(z1) is (g(end) - g(start)) / (end - start).
/// </remarks>
public static class IntegratedGradients
{
    /// <summary>The contribution of every feature to Z2(features) - Z2(baseline), in log-odds.</summary>
    /// <param name="network">The network, D features.</param>
    /// <param name="features">The example, D numbers.</param>
    /// <param name="baseline">What to compare with, D numbers: for example the mean of the training data; null means zeros.</param>
    /// <returns>D contributions, which sum to the difference of the scores.</returns>
    /// <exception cref="ArgumentException">A vector does not have D numbers.</exception>
    public static double[] Attribute(NetworkParameters network, IReadOnlyList<double> features, IReadOnlyList<double>? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(features);
        baseline ??= new double[network.FeatureCount];
        if (features.Count != network.FeatureCount || baseline.Count != network.FeatureCount)
        {
            throw new ArgumentException(
                $"This network has {network.FeatureCount} features; the example has {features.Count} and the baseline {baseline.Count}.");
        }

        Vector<double> start = network.W1 * Vector<double>.Build.DenseOfEnumerable(baseline) + network.B1;
        Vector<double> path = Vector<double>.Build.Dense(features.Count, d => features[d] - baseline[d]);
        Vector<double> moved = network.W1 * path;
        Vector<double> meanSlope = Vector<double>.Build.Dense(start.Count, h => MeanSlope(network.Activation, start[h], moved[h]));

        // The mean gradient of z2 by x: W1ᵀ (W2ᵀ * mean of g'(z1)), as in the backward pass.
        Vector<double> gradient = network.W1.TransposeThisAndMultiply(network.W2.Row(0).PointwiseMultiply(meanSlope));
        return [.. gradient.PointwiseMultiply(path)];
    }

    /// <summary>The contributions of features, of which each is the sum of those of the columns that it is encoded as; half of those that are
    /// products of it and another.</summary>
    /// <param name="encoding">The encoding, D features as T columns.</param>
    /// <param name="ofColumns">The contribution of every column, T numbers.</param>
    internal static double[] ByFeature(InputEncoding encoding, double[] ofColumns)
    {
        double[] ofFeatures = new double[encoding.FeatureCount];
        for (int t = 0; t < ofColumns.Length; t++)
        {
            (int first, int second) = encoding.FeaturesOf(t);
            ofFeatures[first] += ofColumns[t] / 2;
            ofFeatures[second] += ofColumns[t] / 2;
        }
        return ofFeatures;
    }

    // Over a short way the difference of two g loses its digits to cancellation; Simpson's rule on g' keeps them; its error is of order
    // way⁴. Not across a bend such as ReLU's, where g is near 0 on both sides and no digits are lost.
    private static double MeanSlope(IActivation g, double start, double way)
    {
        const double shortWay = 1e-3, bend = 10 * shortWay; // g' of the smooth ones changes by less than 2 over a way of 1
        double from = g.Derivative(start), to = g.Derivative(start + way);
        return Math.Abs(way) < shortWay && Math.Abs(to - from) < bend
            ? (from + 4 * g.Derivative(start + way / 2) + to) / 6
            : (g.Value(start + way) - g.Value(start)) / way;
    }
}
