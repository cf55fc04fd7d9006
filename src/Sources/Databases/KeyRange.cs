namespace MlNetShallowNet.Sources.Databases;

/// <summary>The keys from one to another, both included.</summary>
internal sealed record KeyRange(long First, long Last);
