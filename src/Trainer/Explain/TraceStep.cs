using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

/// <summary>One symbol of a forward and backward pass.</summary>
/// <param name="Symbol">Its name in the course, for example <c>dZ1</c>.</param>
/// <param name="Formula">How it is computed, for example <c>dA1 * g'(Z1)</c>; for what is given, what it is.</param>
/// <param name="Shapes">The shapes in the formula in letters, for example <c>(1 x m) (m x H)</c>.</param>
/// <param name="Meaning">What it says, in words.</param>
/// <param name="Value">Its numbers; the value's own shape is the symbol's.</param>
public sealed record TraceStep(string Symbol, string Formula, string Shapes, string Meaning, Matrix<double> Value)
{
    /// <summary>The shape in numbers, for example <c>4 x 100</c>.</summary>
    public string Shape => $"{Value.RowCount} x {Value.ColumnCount}";
}
