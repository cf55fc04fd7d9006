using MathNet.Numerics.Distributions;

namespace MlNetShallowNet.Network;

/// <summary>z Φ(z), g' = Φ(z) + z φ(z), with the normal distribution function Φ and density φ.</summary>
internal sealed class Gelu : IActivation
{
    public string Name => "gelu";

    public double Value(double z) => z * Normal.CDF(0, 1, z);

    public double Derivative(double z) => Normal.CDF(0, 1, z) + z * Normal.PDF(0, 1, z);
}
