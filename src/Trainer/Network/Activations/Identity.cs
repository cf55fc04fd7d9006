namespace MlNetShallowNet.Network;

/// <summary>z itself.</summary>
internal sealed class Identity : IActivation
{
    public string Name => "identity";

    public double Value(double z) => z;

    public double Derivative(double z) => 1;
}
