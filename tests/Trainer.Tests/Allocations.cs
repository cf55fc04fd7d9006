namespace MlNetShallowNet.Tests;

/// <summary>What code allocates on the thread that calls it, where it should allocate nothing.</summary>
internal static class Allocations
{
    /// <summary>
    /// The fewest bytes that one of <paramref name="rounds"/> runs allocates, after a run that is not counted. Of the single runs more than the
    /// code's own may be counted: a collection that another test sets off counts the rest of this thread's allocation buffer, and the runtime
    /// allocates when a thread is first put to sleep. What the code allocates it does in every run.
    /// </summary>
    public static long Least(Action run, int rounds = 5)
    {
        run();
        long least = long.MaxValue;
        for (int round = 0; round < rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
