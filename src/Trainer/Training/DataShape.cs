namespace MlNetShallowNet.Training;

/// <summary>What is decided from rows.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Features">Features of a row.</param>
/// <param name="ActiveFeatures">Features of a row that are not 0, on average, where rows are sparse; else all.</param>
/// <param name="IsSparse">Whether rows are mostly zeros.</param>
internal readonly record struct DataShape(long Count, int Features, double ActiveFeatures, bool IsSparse);
