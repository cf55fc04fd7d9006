namespace MlNetShallowNet;

/// <summary>What the first layer reads of each feature.</summary>
public enum FeatureEncoding
{
    /// <summary>The feature itself.</summary>
    None,

    /// <summary>A piecewise-linear function of it that is learnt along, with knots at quantiles (<see cref="InputEncoding"/>). Features of
    /// two values stay as they are, constant and repeated ones are left out. Rows are held dense.</summary>
    PiecewiseLinear,
}
