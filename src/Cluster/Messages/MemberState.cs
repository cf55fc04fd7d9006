namespace MlNetShallowNet.Cluster.Messages;

/// <summary>How far a member is.</summary>
internal enum MemberPhase
{
    /// <summary>The worker does not know of the training, and needs its task.</summary>
    Unknown,

    /// <summary>Other members come before it.</summary>
    Waiting,

    /// <summary>The rows are being read.</summary>
    Reading,

    /// <summary>It is being trained.</summary>
    Training,

    /// <summary>It is trained.</summary>
    Done,

    /// <summary>It can't be trained, here or elsewhere.</summary>
    Failed,
}

/// <summary>What a worker says of a member.</summary>
/// <param name="Phase">How far it is.</param>
/// <param name="Worker">The worker's name.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Result">What joining needs, once it is trained.</param>
[GenerateSerializer]
internal sealed record MemberState(
    [property: Id(0)] MemberPhase Phase, [property: Id(1)] string Worker, [property: Id(2)] string? Error = null, [property: Id(3)] byte[]? Result = null);
