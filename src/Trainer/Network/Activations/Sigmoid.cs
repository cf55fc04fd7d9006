namespace MlNetShallowNet.Network;

/// <summary>a = 1 / (1 + e^-z), g' = a (1 - a).</summary>
internal sealed class Sigmoid : IActivation
{
    public string Name => "sigmoid";

    public double Value(double z) => Logistic(z);

    public double Derivative(double z)
    {
        double a = Logistic(z);
        return a * (1 - a);
    }

    /// <summary>1 / (1 + e^-z), exact in both tails: e^-|z| never overflows.</summary>
    internal static double Logistic(double z)
    {
        double e = Math.Exp(-Math.Abs(z));
        return (z >= 0 ? 1 : e) / (1 + e);
    }
}
