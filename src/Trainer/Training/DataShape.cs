namespace MlNetShallowNet.Training;

/// <summary>What is decided from rows.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Features">Features of a row.</param>
/// <param name="ActiveFeatures">Features of a row that are not 0, on average, where rows are sparse, and the sum of their squares where there are far more features
/// than rows: of a sentence's words, which together make a vector of length 1, that is 1; of dense rows all.</param>
/// <param name="IsSparse">Whether rows are mostly zeros.</param>
/// <param name="HasCrosses">Whether there are features that are read together (<see cref="TrainingData.Crosses"/>).</param>
/// <param name="RarerShare">The share of the rarer class among the rows, by their weights.</param>
internal readonly record struct DataShape(long Count, int Features, double ActiveFeatures, bool IsSparse, bool HasCrosses = false, double RarerShare = 0.5)
{
    private const double RowsToldByOneOfTheRarer = 4;

    /// <summary>How many rows tell which weights are right: all, or four for each row of the rarer class where that is less. Of n rows of which a share p is
    /// positive, what they tell grows as n p (1 - p), so that 4 n p (1 - p) rows of two classes of one size tell as much.</summary>
    public long Evidence => (long)Math.Min(Count, RowsToldByOneOfTheRarer * RarerShare * Count);

    /// <summary>Whether there are many more columns than rows, as where text is made features or a few samples are measured for thousands of
    /// genes: then a line finds nearly all that can be found, and the networks beside it are small.</summary>
    public bool IsFarWider => Features > 10 * Count;
}
