namespace MlNetShallowNet.Cluster.Messages;

/// <summary>A part that says itself how a worker is told of it; the worker's options have a reader of its kind.</summary>
internal interface IDescribedPart
{
    PartMessage Describe();
}
