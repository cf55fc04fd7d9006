namespace MlNetShallowNet.Network;

/// <summary>z for z &gt; 0, else e^z - 1.</summary>
internal sealed class Elu : IActivation
{
    public string Name => "elu";

    public double Value(double z) => z > 0 ? z : double.ExpM1(z);

    public double Derivative(double z) => z > 0 ? 1 : Math.Exp(z);
}
