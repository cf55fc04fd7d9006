using System.Diagnostics;
using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.Cluster.Driving;

/// <summary>A member on its way, as the driver knows it.</summary>
/// <param name="member">Its number.</param>
internal sealed class MemberRun(int member)
{
    private long _since;

    public int Member { get; } = member;

    /// <summary>Who was asked first, and has answered; null for nobody yet.</summary>
    public string? Worker { get; private set; }

    /// <summary>How far that worker is.</summary>
    public MemberPhase Phase { get; private set; }

    /// <summary>The other worker that trains it as well; null for none.</summary>
    public string? Second { get; set; }

    /// <summary>Whether it is trained.</summary>
    public bool IsDone { get; set; }

    /// <summary>For how long the first worker has been at it, without the time in its queue.</summary>
    public TimeSpan Elapsed => Phase is MemberPhase.Unknown or MemberPhase.Waiting ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_since);

    /// <summary>Takes what the first worker says.</summary>
    public void Hear(MemberState state)
    {
        if (state.Worker != Worker || Phase is MemberPhase.Unknown or MemberPhase.Waiting)
            _since = Stopwatch.GetTimestamp();
        (Worker, Phase) = (state.Worker, state.Phase);
    }
}
