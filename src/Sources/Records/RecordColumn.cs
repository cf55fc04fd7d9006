namespace MlNetShallowNet.Sources.Records;

/// <summary>A column of a source.</summary>
internal sealed record RecordColumn(string Name, ValueKind Kind);
