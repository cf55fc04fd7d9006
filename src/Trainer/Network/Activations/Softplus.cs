namespace MlNetShallowNet.Network;

/// <summary>log(1 + e^z), g' = sigmoid z.</summary>
internal sealed class Softplus : IActivation
{
    public string Name => "softplus";

    public double Value(double z) => Math.Max(z, 0) + double.LogP1(Math.Exp(-Math.Abs(z)));

    public double Derivative(double z) => Sigmoid.Logistic(z);
}
