using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>The cost as the engine computes it, in single precision: to about seven digits. Parameters are in the engine's order.</summary>
internal sealed class SinglePrecisionCost(TrainingEngine engine, TrainingRows rows, int[] which, double l2) : IFullBatchCost
{
    private readonly float[] _flat = new float[engine.Layout.Count], _gradient = new float[engine.Layout.Count];

    public BatchLoss Loss { get; private set; }

    public double[] Start() => Array.ConvertAll(engine.Parameters.ToArray(), p => (double)p);

    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        Round(point, _flat);
        engine.Load(_flat);
        float l2OfEngine = engine.L2;
        engine.L2 = 0; // the penalty is added below, in double precision
        Loss = engine.Gradient(rows, which, _gradient);
        engine.L2 = l2OfEngine;
        double penalty = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            double factor = engine.Layout.IsWeight(i) ? l2 : 0;
            gradient[i] = _gradient[i] + factor * point[i];
            penalty += factor / 2 * point[i] * point[i];
        }
        return Loss.Mean + penalty;
    }

    public void Round(ReadOnlySpan<double> point, Span<float> flat)
    {
        for (int i = 0; i < flat.Length; i++)
            flat[i] = (float)point[i];
    }
}
