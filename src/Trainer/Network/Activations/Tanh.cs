namespace MlNetShallowNet.Network;

/// <summary>a = tanh z, g' = 1 - a².</summary>
internal sealed class Tanh : IActivation
{
    public string Name => "tanh";

    public double Value(double z) => Math.Tanh(z);

    public double Derivative(double z)
    {
        double a = Math.Tanh(z);
        return 1 - a * a;
    }
}
