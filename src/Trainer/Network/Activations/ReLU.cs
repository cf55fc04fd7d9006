namespace MlNetShallowNet.Network;

/// <summary>max(0, z).</summary>
internal sealed class ReLU : IActivation
{
    public string Name => "relu";

    public double Value(double z) => Math.Max(0, z);

    public double Derivative(double z) => z > 0 ? 1 : 0;
}
