namespace MlNetShallowNet.Training;

/// <summary>How a feature is read: through knots, as a single column, or not at all.</summary>
internal sealed record FittedFeature
{
    /// <summary>The bounds that its values are clamped to.</summary>
    public float Least { get; init; } = float.NegativeInfinity;

    public float Greatest { get; init; } = float.PositiveInfinity;

    /// <summary>Its knots, ascending; none where it has none.</summary>
    public float[] Knots { get; init; } = [];

    /// <summary>At the knots: the feature itself, standardised and clipped.</summary>
    public float[] Line { get; init; } = [];

    /// <summary>The mean of each knot's column over the rows.</summary>
    public float[] MeanColumns { get; init; } = [];

    /// <summary>Of a single column: the value that counts as 0, its most frequent one, so that rows are sparse.</summary>
    public float Reference { get; init; }

    /// <summary>Of a single column: what the difference from the reference is multiplied with; 0 for a feature that is left out.</summary>
    public float Scale { get; init; }

    public bool HasKnots => Knots.Length > 0;

    public bool IsSingle => Knots.Length == 0 && Scale != 0;

    /// <summary>The single column of a value, clamped as the model clamps it.</summary>
    public float Column(float value) => (Math.Clamp(value, Least, Greatest) - Reference) * Scale;

    /// <summary>A feature that says nothing.</summary>
    public static FittedFeature LeftOut { get; } = new();
}
