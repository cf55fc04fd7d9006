namespace MlNetShallowNet.Cluster.Messages;

/// <summary>A part of the rows as a worker gets told of it: where it is, and nothing that could be run.</summary>
/// <param name="Kind">How it is read.</param>
/// <param name="Place">The file, or the name of the connection.</param>
/// <param name="Arguments">What else reading it needs.</param>
/// <param name="Content">What else reading it needs, as bytes.</param>
[GenerateSerializer]
internal sealed record PartMessage(
    [property: Id(0)] string Kind, [property: Id(1)] string Place, [property: Id(2)] string[] Arguments, [property: Id(3)] byte[]? Content = null)
{
    /// <summary>Transforms of ML.NET's that its rows go through, in their order, each as a saved model.</summary>
    [Id(4)]
    public byte[][] Transforms { get; init; } = [];
}
