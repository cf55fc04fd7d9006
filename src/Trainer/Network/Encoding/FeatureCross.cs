namespace MlNetShallowNet;

/// <summary>
/// Two ranges of features that a network reads together: beside the columns of each feature it has one for each pair of a column of the one
/// range and a column of the other, the product of both. Of two one-hot encoded columns that is 1 for what the row has of both: month and day of
/// the month make the date. Of two features with knots it is a function of both, bilinear between their knots, with any value at each pair.
/// </summary>
/// <param name="First">The first feature of the one range.</param>
/// <param name="FirstCount">How many features it has, at least 1.</param>
/// <param name="Second">The first feature of the other range, which is behind the one.</param>
/// <param name="SecondCount">How many features it has, at least 1.</param>
public readonly record struct FeatureCross(int First, int FirstCount, int Second, int SecondCount)
{
    /// <summary>Whether a feature is in one of the ranges.</summary>
    internal bool Has(int feature) => (feature >= First && feature < First + FirstCount) || (feature >= Second && feature < Second + SecondCount);

    /// <summary>Whether both ranges are within so many features, and the one before the other.</summary>
    internal bool IsWithin(int features) => First >= 0 && FirstCount > 0 && SecondCount > 0 &&
        (long)First + FirstCount <= Second && (long)Second + SecondCount <= features;
}
