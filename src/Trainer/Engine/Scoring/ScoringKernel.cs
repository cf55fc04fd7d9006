namespace MlNetShallowNet.Engine;

/// <summary>The forward pass of a finished network; arguments have been checked.</summary>
internal abstract class ScoringKernel
{
    /// <summary>One dense row.</summary>
    public abstract float Score(ReadOnlySpan<float> features);

    /// <summary>One sparse row.</summary>
    public abstract float Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values);

    /// <summary>Dense rows, one after another.</summary>
    public abstract void Score(ReadOnlySpan<float> rows, Span<float> scores);
}
