using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// The cost and its gradient in double precision, which a quasi-Newton method lives on (it divides differences of gradients) and the
/// course's gradient descent follows to the letter. Parameters are in course order: W1 row by row, b1, W2, b2.
/// </summary>
/// <param name="gradient">The gradient over the rows.</param>
/// <param name="start">The network to start from.</param>
/// <param name="layout">The engine's layout.</param>
/// <param name="l2">The strength of the penalty.</param>
internal sealed class DoublePrecisionCost(FullBatchGradient gradient, NetworkParameters start, ParameterLayout layout, double l2)
    : IFullBatchCost, IDisposable
{
    public BatchLoss Loss { get; private set; }

    public double[] Start() => [.. start.W1.ToRowMajorArray(), .. start.B1, .. start.W2.ToRowMajorArray(), start.B2];

    public double Evaluate(ReadOnlySpan<double> point, Span<double> slope)
    {
        double loss = gradient.Evaluate(point, slope), penalty = 0;
        Loss = new BatchLoss(loss * gradient.TotalWeight, gradient.TotalWeight);
        if (l2 == 0)
            return loss;
        for (int i = 0; i < point.Length; i++)
        {
            if (!gradient.IsWeight(i))
                continue;
            slope[i] += l2 * point[i];
            penalty += l2 / 2 * point[i] * point[i];
        }
        return loss + penalty;
    }

    public void Round(ReadOnlySpan<double> point, Span<float> flat) => layout.Pack(point, flat);

    public void Dispose() => gradient.Dispose();
}
