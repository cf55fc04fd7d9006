using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

/// <summary>Finds out, from g' alone, whether g or g' has a kink near the z of an example, so it knows a user's activation too.</summary>
internal sealed class Kinks(IActivation g, Matrix<double> z1)
{
    // Over a step of δ a smooth g' moves by |g''| δ and bends by |g'''| δ²; a jump in g' moves it by a fixed amount, whatever δ, and one
    // in g'' bends it by a share of δ. In the smooth activations of this library |g''| and |g'''| are at most 2; a user's may be steeper.
    private const double Steepest = 1000;
    private const double MostCurved = 20;

    /// <summary>Neither g' nor g'' jumps at example i while the parameter moves by step.</summary>
    public bool NoneWithin(MovedParameter parameter, double step, int i) => IsSmooth(parameter, step, i, (left, middle, right, delta) =>
        Math.Abs(right - 2 * middle + left) <= MostCurved * delta * delta + Rounding(middle));

    /// <summary>g' does not jump at example i while the parameter moves by step.</summary>
    public bool NoJumpWithin(MovedParameter parameter, double step, int i) => IsSmooth(parameter, step, i, (left, middle, right, delta) =>
        Math.Abs(right - left) <= Steepest * delta + Rounding(middle));

    private static double Rounding(double slope) => 1e-14 * Math.Max(1, Math.Abs(slope));

    private bool IsSmooth(MovedParameter parameter, double step, int i, Func<double, double, double, double, bool> smooth)
    {
        if (parameter.HiddenUnit is not int h)
            return true;
        double z = z1[h, i], delta = step / parameter.Scale * Math.Abs(parameter.Inputs?[i] ?? 1);
        return delta == 0 || smooth(g.Derivative(z - delta), g.Derivative(z), g.Derivative(z + delta), delta);
    }
}
