namespace MlNetShallowNet.Cluster.Messages;

/// <summary>A training, as far as a worker needs to know of it.</summary>
/// <param name="Parts">The parts of the rows.</param>
/// <param name="Options">The trainer's options that are set, by name, as text.</param>
/// <param name="Machine">What the driver is, which a worker must be too, for the bits depend on it.</param>
[GenerateSerializer]
internal sealed record TrainingTask(
    [property: Id(0)] PartMessage[] Parts, [property: Id(1)] KeyValuePair<string, string>[] Options, [property: Id(2)] Dictionary<string, string> Machine);
