using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.Cluster.Driving;

/// <summary>Which members are trained a second time, by workers that have nothing to do: their bits are the same, and who is done first counts.</summary>
internal static class Relief
{
    // Another worker has to read the rows before it can begin.
    private static readonly TimeSpan _pains = TimeSpan.FromSeconds(10);

    /// <summary>A worker that has nothing to do; null if there is none, or it is not yet known who does what.</summary>
    /// <param name="workers">The workers.</param>
    /// <param name="runs">All members.</param>
    public static string? IdleWorker(IEnumerable<string> workers, IEnumerable<MemberRun> runs)
    {
        MemberRun[] open = [.. runs.Where(run => !run.IsDone)];
        return open.Any(run => run.Worker is null) ? null
            : workers.FirstOrDefault(worker => open.All(run => run.Worker != worker && run.Second != worker));
    }

    /// <summary>The member that another worker is to train as well: one that waits for its turn, or else the one that takes longest, if that is
    /// much more than twice the usual time; null for none.</summary>
    /// <param name="runs">All members.</param>
    /// <param name="durations">How long those took that are trained.</param>
    public static MemberRun? Choose(IEnumerable<MemberRun> runs, IReadOnlyCollection<TimeSpan> durations)
    {
        MemberRun[] open = [.. runs.Where(run => !run.IsDone && run.Second is null)];
        if (open.FirstOrDefault(run => run.Phase == MemberPhase.Waiting) is { } waiting)
            return waiting;
        if (durations.Count == 0)
            return null;
        TimeSpan usual = durations.Order().ElementAt(durations.Count / 2);
        return open.Where(run => run.Elapsed > 2 * usual + _pains).MaxBy(run => run.Elapsed);
    }
}
