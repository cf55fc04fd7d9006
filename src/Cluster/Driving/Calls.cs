using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.Cluster.Driving;

/// <summary>Calls of workers, of which any may be lost: those that a dying silo never answers are given up, to be made again.</summary>
/// <param name="patience">For how long no worker need answer.</param>
internal sealed class Calls(TimeSpan patience)
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(5);

    private long _lastAnswer = Environment.TickCount64;

    /// <summary>What a worker says of a member, which it is told of the training for if it does not know it; null if the call was lost, to be made again.</summary>
    /// <exception cref="ClusterTrainingException">No call was answered for too long.</exception>
    public async Task<MemberState?> Ask(Grains.IMemberGrain grain, TrainingTask task, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            MemberState state = await grain.Ask().WaitAsync(_deadline, stop).ConfigureAwait(false);
            if (state.Phase == MemberPhase.Unknown)
            {
                await grain.Begin(task).WaitAsync(_deadline, stop).ConfigureAwait(false);
                state = await grain.Ask().WaitAsync(_deadline, stop).ConfigureAwait(false);
            }
            Interlocked.Exchange(ref _lastAnswer, Environment.TickCount64);
            return state;
        }
        catch (Exception e) when (IsLost(e))
        {
            if (Environment.TickCount64 - Interlocked.Read(ref _lastAnswer) > patience.TotalMilliseconds)
            {
                throw new ClusterTrainingException(
                    $"No worker has answered for {patience.TotalSeconds:0} seconds ({e.Message.Split('\n')[0].TrimEnd('.')}); start workers, and see that they can reach this machine.", e);
            }
            return null;
        }
    }

    /// <summary>Makes a call that may as well be lost.</summary>
    public static async Task Quietly(Func<Task> call)
    {
        try
        {
            await call().WaitAsync(_deadline).ConfigureAwait(false);
        }
        catch (Exception e) when (IsLost(e))
        {
        }
    }

    private static bool IsLost(Exception e) => e is OrleansException or TimeoutException;
}
