using MathNet.Numerics.Statistics;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Network;

public class NetworkInitializerTests
{
    private const int D = 200;
    private const int H = 300;

    [Theory]
    [InlineData("tanh", WeightInitialization.Auto, 2.0 / (D + H), 2.0 / (H + 1))]
    [InlineData("relu", WeightInitialization.Auto, 2.0 / D, 2.0 / (H + 1))]
    [InlineData("relu", WeightInitialization.Xavier, 2.0 / (D + H), 2.0 / (H + 1))]
    [InlineData("tanh", WeightInitialization.He, 2.0 / D, 2.0 / (H + 1))]
    [InlineData("tanh", WeightInitialization.SmallNormal, 1e-4, 1e-4)]
    public void VariancesAreThoseOfTheScheme(string activation, WeightInitialization initialization, double variance1, double variance2)
    {
        NetworkParameters network = NetworkInitializer.Draw(D, H, Activation.ByName(activation), initialization, 5);
        // The standard error of a sample variance of n normal numbers is √(2/n) of it: 0.6 % for 60,000, 8 % for 300. Four of them are allowed.
        Assert.InRange(network.W1.Enumerate().Variance() / variance1, 1 - 4 * 0.006, 1 + 4 * 0.006);
        Assert.InRange(network.W2.Enumerate().Variance() / variance2, 1 - 4 * 0.082, 1 + 4 * 0.082);
        Assert.All(network.B1, b => Assert.Equal(0, b));
        Assert.Equal(0, network.B2);
    }

    [Fact]
    public void SameSeedSameNetwork()
    {
        NetworkParameters Draw(int seed) => NetworkInitializer.Draw(5, 4, Activation.Tanh, WeightInitialization.Auto, seed);
        Assert.Equal(Draw(1).W1, Draw(1).W1);
        Assert.NotEqual(Draw(1).W1, Draw(2).W1);
    }
}
