using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>The cost J with its L2 penalty over all training rows, as a function of the parameters in some order of its own.</summary>
internal interface IFullBatchCost
{
    /// <summary>The loss, without penalty, of the last evaluation.</summary>
    BatchLoss Loss { get; }

    /// <summary>The parameters that the network has.</summary>
    double[] Start();

    /// <summary>Cost and gradient at a point.</summary>
    double Evaluate(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>A point as the engine lays parameters out, in single precision.</summary>
    void Round(ReadOnlySpan<double> point, Span<float> flat);
}
