using System.Runtime.ExceptionServices;
using MathNet.Numerics;

namespace MlNetShallowNet.Training;

/// <summary>
/// The epochs of all members, which work side by side; what comes out does not depend on how many do. Each block of a stream goes to every member
/// before the next one comes. Rows in memory are there for all, so that members go through several epochs before they wait for each other where that
/// keeps all of those who may work busy: three members, two at once, take the time of three in two epochs, not of four.
/// </summary>
internal static class EpochLoop
{
    /// <summary>Goes through the epochs until all members are done, stopped or cancelled.</summary>
    /// <param name="blocks">The rows.</param>
    /// <param name="members">The members.</param>
    /// <param name="atOnce">How many of them may work at the same time.</param>
    /// <param name="ended">Called when all members stand still: at the end of each epoch, or of those that they go through without waiting.</param>
    /// <param name="cancellation">Ends training; epochs that are not finished then do not count.</param>
    public static void Run(IRowBlocks blocks, IReadOnlyList<MemberTraining> members, int atOnce, Action ended, CancellationToken cancellation)
    {
        try
        {
            MemberTraining[] going = [.. members];
            while ((going = [.. going.Where(m => m.GoesOn)]).Length > 0)
            {
                if (blocks is RowsInMemory memory)
                {
                    Epochs(memory, going, atOnce, cancellation);
                }
                else
                {
                    foreach (RowBlock block in blocks.Blocks(going[0].EpochsDone, cancellation))
                        InTurn(going, 1, atOnce, m => m.Train(block));
                    InTurn(going, 1, atOnce, m => m.EndEpoch());
                }
                ended();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Reading was cut short, and with it the epoch: what earlier ones reached is kept.
        }
    }

    // As many epochs of each as let all who may work at once end at the same time, if epochs take equally long.
    private static void Epochs(RowsInMemory rows, MemberTraining[] members, int atOnce, CancellationToken cancellation)
    {
        int epochs = atOnce < members.Length ? atOnce / (int)Euclid.GreatestCommonDivisor(members.Length, atOnce) : 1;
        InTurn(members, epochs, atOnce, m =>
        {
            if (!m.GoesOn)
                return;
            foreach (RowBlock block in rows.Blocks(m.EpochsDone, cancellation))
                m.Train(block);
            m.EndEpoch();
        });
    }

    // All members, one after the other, so many times; the same one is never at work twice.
    private static void InTurn(MemberTraining[] members, int times, int atOnce, Action<MemberTraining> act)
    {
        int turns = members.Length * times, next = -1;
        if (members.Length == 1 || atOnce == 1)
        {
            for (int turn = 0; turn < turns; turn++)
                act(members[turn % members.Length]);
            return;
        }
        try
        {
            Parallel.For(0, Math.Min(atOnce, members.Length), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, _ =>
            {
                for (int turn; (turn = Interlocked.Increment(ref next)) < turns;)
                {
                    lock (members[turn % members.Length])
                        act(members[turn % members.Length]);
                }
            });
        }
        catch (AggregateException failures) when (failures.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(failures.InnerException);
        }
    }
}
