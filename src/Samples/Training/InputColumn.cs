namespace MlNetShallowNet.Samples.Training;

/// <summary>A column of the table and the inputs that come from it: one for numbers, one for each word, and perhaps a mark.</summary>
internal sealed record InputColumn(string Name, IReadOnlyList<int> Inputs);
