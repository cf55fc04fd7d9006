using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Tests.Explain;

/// <summary>Networks and examples drawn from a seed.</summary>
internal static class RandomNetworks
{
    public static (NetworkParameters Network, Matrix<double> X, Matrix<double> Y) Draw(
        IActivation activation, int hiddenUnits = 4, int features = 3, int examples = 25, int seed = 1)
    {
        var random = new Random(seed);
        double Number() => 2 * random.NextDouble() - 1;
        Matrix<double> Of(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (_, _) => Number());
        var network = new NetworkParameters(
            Of(hiddenUnits, features), Vector<double>.Build.Dense(hiddenUnits, _ => Number()), Of(1, hiddenUnits), Number(), activation);
        return (network, Of(features, examples) * 2, Matrix<double>.Build.Dense(1, examples, (_, _) => random.Next(2)));
    }
}
