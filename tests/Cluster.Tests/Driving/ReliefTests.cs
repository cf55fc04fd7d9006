using MlNetShallowNet.Cluster.Driving;
using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.ClusterTests.Driving;

/// <summary>Who helps whom.</summary>
public sealed class ReliefTests
{
    private static readonly TimeSpan _long = TimeSpan.FromHours(1);

    private static MemberRun Run(int member, string worker, params MemberPhase[] phases)
    {
        MemberRun run = new(member);
        foreach (MemberPhase phase in phases)
            run.Hear(new MemberState(phase, worker));
        return run;
    }

    [Fact]
    public void AWorkerIsIdleThatHasNoMemberToTrain()
    {
        MemberRun first = Run(0, "a", MemberPhase.Training), second = Run(1, "b", MemberPhase.Training);
        Assert.Null(Relief.IdleWorker(["a", "b"], [first, second]));
        Assert.Equal("c", Relief.IdleWorker(["a", "b", "c"], [first, second]));
        first.Second = "c";
        Assert.Null(Relief.IdleWorker(["a", "b", "c"], [first, second]));
        second.IsDone = true;
        Assert.Equal("b", Relief.IdleWorker(["a", "b", "c"], [first, second]));
        Assert.Null(Relief.IdleWorker(["a", "b", "c"], [first, second, new MemberRun(2)]));
    }

    [Fact]
    public void AMemberThatWaitsForItsTurnIsTakenOverOnce()
    {
        MemberRun trains = Run(0, "a", MemberPhase.Waiting, MemberPhase.Training), waits = Run(2, "a", MemberPhase.Waiting);
        Assert.Same(waits, Relief.Choose([trains, waits], []));
        waits.Second = "b";
        Assert.Null(Relief.Choose([trains, waits], []));
    }

    [Fact]
    public void AMemberThatTakesTheUsualTimeIsNot()
    {
        MemberRun trains = Run(0, "a", MemberPhase.Training);
        Assert.Null(Relief.Choose([trains], [_long, TimeSpan.Zero, _long]));
        Assert.Null(Relief.Choose([trains], [TimeSpan.Zero]));
    }
}
