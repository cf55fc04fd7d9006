namespace MlNetShallowNet.Network;

/// <summary>z for z &gt; 0, else 0.01 z.</summary>
internal sealed class LeakyReLU : IActivation
{
    public string Name => "leaky-relu";

    internal const double Slope = 0.01;

    public double Value(double z) => z > 0 ? z : Slope * z;

    public double Derivative(double z) => z > 0 ? 1 : Slope;
}
