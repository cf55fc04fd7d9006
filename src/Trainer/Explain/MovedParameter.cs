using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Explain;

/// <summary>One parameter of a gradient check.</summary>
/// <param name="CostAt">The cost with another value of it.</param>
/// <param name="Value">Its value.</param>
/// <param name="Scale">The largest number that it is multiplied by on its way to a z: a step of h / Scale moves that z by h.</param>
/// <param name="HiddenUnit">The hidden unit whose z1 it moves; null for a parameter of the output.</param>
/// <param name="Inputs">What it is multiplied by in each example; null for a bias.</param>
internal readonly record struct MovedParameter(
    Func<double, double> CostAt, double Value, double Scale, int? HiddenUnit = null, Vector<double>? Inputs = null)
{
    /// <summary>D(h) = (J(θ + h) - J(θ - h)) / 2h. Adding a step rounds: what counts is how far apart both points came to lie.</summary>
    public double Difference(double step)
    {
        double right = Value + step, left = Value - step;
        return (CostAt(right) - CostAt(left)) / (right - left);
    }
}
