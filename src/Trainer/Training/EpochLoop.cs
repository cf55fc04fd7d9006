using System.Runtime.ExceptionServices;

namespace MlNetShallowNet.Training;

/// <summary>
/// The epochs of all members: each block of rows goes to every member before the next one comes, whether there is one block in memory or a
/// stream of them. Members work side by side; what comes out does not depend on how many do.
/// </summary>
internal static class EpochLoop
{
    /// <summary>Goes through the epochs until all members are done, stopped or cancelled.</summary>
    /// <param name="blocks">The rows.</param>
    /// <param name="members">The members.</param>
    /// <param name="atOnce">How many of them may work at the same time.</param>
    /// <param name="ended">Called at the end of each epoch, when all members stand still.</param>
    /// <param name="cancellation">Ends training; epochs that are not finished then do not count.</param>
    public static void Run(IRowBlocks blocks, IReadOnlyList<MemberTraining> members, int atOnce, Action ended, CancellationToken cancellation)
    {
        try
        {
            MemberTraining[] going = [.. members];
            while ((going = [.. going.Where(m => m.GoesOn)]).Length > 0)
            {
                foreach (RowBlock block in blocks.Blocks(going[0].EpochsDone, cancellation))
                    ForEach(going, atOnce, m => m.Train(block));
                ForEach(going, atOnce, m => m.EndEpoch());
                ended();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Reading was cut short, and with it the epoch: what earlier ones reached is kept.
        }
    }

    private static void ForEach(MemberTraining[] members, int atOnce, Action<MemberTraining> act)
    {
        if (members.Length == 1 || atOnce == 1)
        {
            Array.ForEach(members, act);
            return;
        }
        try
        {
            Parallel.ForEach(members, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, act);
        }
        catch (AggregateException failures) when (failures.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(failures.InnerException);
        }
    }
}
