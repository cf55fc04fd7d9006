using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>The cost as the engine computes it, in single precision: to about seven digits.</summary>
internal sealed class SinglePrecisionCost(INetworkInTraining network, int[] rows, double l2) : IFullBatchCost
{
    private readonly float[] _gradient = new float[network.Parameters.Length];

    public BatchLoss Loss { get; private set; }

    public double[] Start() => Array.ConvertAll(network.Parameters.ToArray(), p => (double)p);

    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        Load(point);
        Loss = network.Gradient(rows, _gradient);
        double penalty = 0;
        foreach (ParameterSegment segment in network.Segments)
        {
            double factor = segment.IsWeight ? l2 : 0;
            for (int i = segment.Offset; i < segment.Offset + segment.Length; i++)
            {
                gradient[i] = _gradient[i] + factor * point[i];
                penalty += factor / 2 * point[i] * point[i];
            }
        }

        return Loss.Mean + penalty;
    }

    public void Load(ReadOnlySpan<double> point)
    {
        Span<float> parameters = network.Parameters;
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = (float)point[i];
    }

    public void Dispose()
    {
    }
}
