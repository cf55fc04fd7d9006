namespace MlNetShallowNet.Network;

/// <summary>z s with s = sigmoid z, g' = s (1 + z (1 - s)).</summary>
internal sealed class SiLU : IActivation
{
    public string Name => "silu";

    public double Value(double z) => z * Sigmoid.Logistic(z);

    public double Derivative(double z)
    {
        double s = Sigmoid.Logistic(z);
        return s * (1 + z * (1 - s));
    }
}
