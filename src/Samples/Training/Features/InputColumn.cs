namespace MlNetShallowNet.Samples.Training;

/// <summary>A column of the table and the inputs that come from it: one for numbers, one for each word or part of a date, and perhaps a mark.</summary>
internal sealed record InputColumn(string Name, IReadOnlyList<int> Inputs);
