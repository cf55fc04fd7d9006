using MathNet.Numerics.Random;
using NormalDistribution = MathNet.Numerics.Distributions.Normal;

namespace MlNetShallowNet.Quality.Shapes;

/// <summary>The random numbers of a block of rows.</summary>
internal sealed class Draws(int seed)
{
    private readonly Xoshiro256StarStar _random = new(seed, threadSafe: false);

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => _random.NextDouble();

    /// <summary>Standard normal.</summary>
    public double Normal() => NormalDistribution.Sample(_random, 0, 1);

    /// <summary>Fills with standard normal numbers.</summary>
    public void Normals(double[] values) => NormalDistribution.Samples(_random, values, 0, 1);

    /// <summary>A whole number from 0 to below the limit.</summary>
    public int Below(int limit) => (int)(limit * Uniform());
}
