namespace MlNetShallowNet.Training;

/// <summary>What is decided from rows.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Features">Features of a row.</param>
/// <param name="ActiveFeatures">Features of a row that are not 0, on average, where rows are sparse, and the sum of their squares where there are far more features
/// than rows: of a sentence's words, which together make a vector of length 1, that is 1; of dense rows all.</param>
/// <param name="IsSparse">Whether rows are mostly zeros.</param>
/// <param name="HasCrosses">Whether there are features that are read together (<see cref="TrainingData.Crosses"/>).</param>
internal readonly record struct DataShape(long Count, int Features, double ActiveFeatures, bool IsSparse, bool HasCrosses = false)
{
    /// <summary>Whether there are many more columns than rows, as where text is made features or a few samples are measured for thousands of
    /// genes: then a line finds nearly all that can be found, and the networks beside it are small.</summary>
    public bool IsFarWider => Features > 10 * Count;
}
