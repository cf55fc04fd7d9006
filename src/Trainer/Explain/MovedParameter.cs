using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

/// <summary>One parameter of a gradient check.</summary>
/// <param name="LossesAt">The loss of every example with another value of it.</param>
/// <param name="Value">Its value.</param>
/// <param name="Scale">The largest number that it is multiplied by on its way to a z: a step of h / Scale moves that z by h.</param>
/// <param name="Penalty">The strength of the penalty on it.</param>
/// <param name="HiddenUnit">The hidden unit whose z1 it moves; null for a parameter of the output.</param>
/// <param name="Inputs">What it is multiplied by in each example; null for a bias.</param>
internal readonly record struct MovedParameter(
    Func<double, Vector<double>> LossesAt, double Value, double Scale, double Penalty = 0, int? HiddenUnit = null,
    Vector<double>? Inputs = null)
{
    /// <summary>D(h) = (L(θ + h) - L(θ - h)) / 2h of every example. Adding a step rounds: what counts is how far apart both points came
    /// to lie.</summary>
    public Vector<double> Difference(double step)
    {
        double right = Value + step, left = Value - step;
        return (LossesAt(right) - LossesAt(left)) / (right - left);
    }

    /// <summary>The same of the penalty, λ/2 θ²: a parabola, of which the central difference is right at any step.</summary>
    public double PenaltyDifference()
    {
        double step = Math.Max(1, Math.Abs(Value)), right = Value + step, left = Value - step;
        return Penalty / 2 * (right * right - left * left) / (right - left);
    }
}
