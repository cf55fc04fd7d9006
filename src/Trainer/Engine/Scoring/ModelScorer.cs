namespace MlNetShallowNet.Engine;

/// <summary>Z2 of raw rows. Immutable, so any number of threads may share it; nothing is allocated.</summary>
internal abstract class ModelScorer
{
    /// <summary>D.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>The score of one row of D numbers.</summary>
    public abstract float Score(ReadOnlySpan<float> features);

    /// <summary>The score of a row of which these features are not 0.</summary>
    public abstract float Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values);

    /// <summary>The scores of rows, one after another.</summary>
    public abstract void Score(ReadOnlySpan<float> rows, Span<float> scores);
}
