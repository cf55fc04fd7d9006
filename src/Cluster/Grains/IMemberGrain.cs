using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.Cluster.Grains;

/// <summary>
/// A member of a network that is trained; its key is a <see cref="MemberKey"/>. No call takes long, and each may be made again, also of an
/// activation on another worker: it gives the same in the end.
/// </summary>
[Alias("MlNetShallowNet.IMemberGrain")]
internal interface IMemberGrain : IGrainWithStringKey
{
    /// <summary>Asks how far the member is, and has it trained if its worker knows the training.</summary>
    [Alias("Ask")]
    Task<MemberState> Ask();

    /// <summary>Tells the worker of the training.</summary>
    [Alias("Begin")]
    Task Begin(TrainingTask task);

    /// <summary>Tells the worker that the member was trained elsewhere.</summary>
    [Alias("Drop")]
    Task Drop();

    /// <summary>Ends the training on this worker.</summary>
    [Alias("End")]
    Task End();
}
