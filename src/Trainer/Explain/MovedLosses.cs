using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

#pragma warning disable IDE1006 // The course's own symbols: X, Y, Z1.

/// <summary>
/// The losses of all examples when one parameter has another value. Only what it reaches is computed anew: of a hidden unit's parameters
/// that is the unit's row of Z1 and A1, and Z2. A network of thousands of units can so be checked in seconds.
/// </summary>
internal sealed class MovedLosses(NetworkParameters network, Matrix<double> X, Matrix<double> Y, ForwardPass forward)
{
    private int _unit = -1;
    private Vector<double> _others = null!;
    private Vector<double> _a1 = null!;

    public Vector<double> ByW1(int h, int d, double value)
    {
        Vector<double> w = network.W1.Row(h);
        w[d] = value;
        return OfUnit(h, w, network.B1[h], network.W2[0, h]);
    }

    public Vector<double> ByB1(int h, double value) => OfUnit(h, network.W1.Row(h), value, network.W2[0, h]);

    public Vector<double> ByW2(int h, double value)
    {
        Look(h);
        return Losses(_others + value * _a1);
    }

    public Vector<double> ByB2(double value) => Losses((network.W2 * forward.A1).Row(0) + value);

    private Vector<double> OfUnit(int h, Vector<double> w1, double b1, double w2)
    {
        Look(h);
        Vector<double> a1 = (w1 * X + b1).Map(network.Activation.Value, Zeros.Include);
        return Losses(_others + w2 * a1);
    }

    // What the other units and b2 give Z2. All parameters of a unit are moved one after the other, so it is kept.
    private void Look(int h)
    {
        if (h == _unit)
            return;
        Matrix<double> others = network.W2.Clone();
        others[0, h] = 0;
        (_unit, _others, _a1) = (h, (others * forward.A1).Row(0) + network.B2, forward.A1.Row(h));
    }

    private Vector<double> Losses(Vector<double> z2) => TextbookNetwork.Losses(forward with { Z2 = z2.ToRowMatrix() }, Y).Row(0);
}
