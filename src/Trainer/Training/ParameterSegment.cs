using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>A run of parameters.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">How many.</param>
/// <param name="IsWeight">Whether they are weights (penalised) or biases.</param>
internal readonly record struct ParameterSegment(int Offset, int Length, bool IsWeight)
{
    /// <summary>The four parts of a block in this layout: W1, b1, W2, b2.</summary>
    public static ParameterSegment[] Of(ParameterLayout layout) =>
    [
        new(0, layout.B1, true), new(layout.B1, layout.W2 - layout.B1, false),
        new(layout.W2, layout.B2 - layout.W2, true), new(layout.B2, layout.Count - layout.B2, false),
    ];
}
