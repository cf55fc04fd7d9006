using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Random;

namespace MlNetShallowNet.Learning;

/// <summary>Draws the network that training starts from. The same seed gives the same network.</summary>
public static class NetworkInitializer
{
    private static readonly HashSet<string> _reluFamily = new(StringComparer.OrdinalIgnoreCase)
    {
        Activation.ReLU.Name, Activation.LeakyReLU.Name, Activation.Elu.Name, Activation.Gelu.Name, Activation.SiLU.Name, Activation.Softplus.Name,
    };

    /// <summary>A network with random weights and zero biases.</summary>
    /// <param name="featureCount">D, at least 1.</param>
    /// <param name="hiddenUnits">H, at least 1.</param>
    /// <param name="activation">g.</param>
    /// <param name="initialization">How the weights are drawn.</param>
    /// <param name="seed">Where the random numbers start.</param>
    public static NetworkParameters Draw(int featureCount, int hiddenUnits, IActivation activation, WeightInitialization initialization, int seed) =>
        Draw(featureCount, hiddenUnits, activation, initialization, seed, 0);

    /// <summary>The same with b2 given, and with so many inputs for the scale of W1 as are not 0 in a row.</summary>
    internal static NetworkParameters Draw(
        int featureCount, int hiddenUnits, IActivation activation, WeightInitialization initialization, int seed, double b2, double? fanIn = null)
    {
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenUnits, 1);
        if (initialization == WeightInitialization.Auto)
            initialization = _reluFamily.Contains(activation.Name) ? WeightInitialization.He : WeightInitialization.Xavier;

        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        Matrix<double> w1 = Matrix<double>.Build.Dense(hiddenUnits, featureCount, ForW1(initialization, fanIn ?? featureCount, hiddenUnits, random));
        Matrix<double> w2 = Matrix<double>.Build.Dense(1, hiddenUnits, ForW2(initialization, hiddenUnits, random));
        return new NetworkParameters(w1, Vector<double>.Build.Dense(hiddenUnits), w2, b2, activation);
    }

    private static Func<int, int, double> ForW1(WeightInitialization initialization, double inputs, int outputs, Random random) => initialization switch
    {
        WeightInitialization.Xavier => Xavier(inputs, outputs, random),
        WeightInitialization.He => Gaussian(Math.Sqrt(2.0 / inputs), random),
        WeightInitialization.SmallNormal => Gaussian(0.01, random),
        _ => throw new ArgumentOutOfRangeException(nameof(initialization), initialization, "There is no such weight initialization."),
    };

    // A He network's output layer feeds no ReLU, so it is drawn as Xavier's.
    private static Func<int, int, double> ForW2(WeightInitialization initialization, int inputs, Random random) =>
        initialization == WeightInitialization.SmallNormal ? Gaussian(0.01, random) : Xavier(inputs, 1, random);

    private static Func<int, int, double> Xavier(double inputs, int outputs, Random random)
    {
        double bound = Math.Sqrt(6.0 / (inputs + outputs));
        return (_, _) => (2 * random.NextDouble() - 1) * bound;
    }

    private static Func<int, int, double> Gaussian(double standardDeviation, Random random) =>
        (_, _) => Normal.Sample(random, 0, standardDeviation);
}
