using System.Globalization;
using MlNetShallowNet.Cluster.Grains;
using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.Cluster;

/// <summary>Has the members of a network trained by the workers of a cluster: asks each how far it is, again and again, wherever it is.</summary>
internal sealed class Driver(IGrainFactory grains, TrainingTask task, ClusterFitOptions options, CancellationToken cancellation)
{
    // Calls that a dying silo never answers are given up and made again.
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private readonly string _training = Guid.NewGuid().ToString("N");
    private long _lastAnswer = Environment.TickCount64;

    /// <summary>Waits for the members to be trained.</summary>
    /// <param name="members">Which.</param>
    /// <param name="keep">Takes what a member gave.</param>
    /// <exception cref="ClusterTrainingException">A member can't be trained, or no worker answers.</exception>
    public async Task Train(IReadOnlyList<int> members, Action<int, byte[]> keep)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            List<Task> open = [.. members.Select(member => Train(member, keep, stop.Token))];
            while (open.Count > 0)
            {
                Task ended = await Task.WhenAny(open).ConfigureAwait(false);
                open.Remove(ended);
                await ended.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            // Workers that don't hear it end by themselves.
            await Task.WhenAll(members.Select(member => Quietly(Of(member).End()))).ConfigureAwait(false);
        }
    }

    private async Task Train(int member, Action<int, byte[]> keep, CancellationToken stop)
    {
        IMemberGrain grain = Of(member);
        (string? worker, MemberPhase phase) = (null, MemberPhase.Unknown);
        while (true)
        {
            MemberState? state = await Answer(grain.Ask, stop).ConfigureAwait(false);
            if (state is not null && (state.Worker, state.Phase) != (worker, phase))
            {
                if (worker is not null && state.Worker != worker)
                    options.Log?.Report($"Member {member} goes on on {state.Worker}; {worker} does not answer.");
                (worker, phase) = (state.Worker, state.Phase);
                if (phase is MemberPhase.Training)
                    options.Log?.Report($"Member {member}: {worker} trains it.");
            }
            switch (state?.Phase)
            {
                case MemberPhase.Failed:
                    throw new ClusterTrainingException($"Member {member} can't be trained on {state.Worker}: {state.Error}");
                case MemberPhase.Done:
                    keep(member, state.Result!);
                    options.Log?.Report($"Member {member}: done by {state.Worker}.");
                    return;
                case MemberPhase.Unknown:
                    await Answer(
                        async () =>
                        {
                            await grain.Begin(task).ConfigureAwait(false);
                            return state;
                        },
                        stop).ConfigureAwait(false);
                    continue;
            }
            await Task.Delay(_pause, stop).ConfigureAwait(false);
        }
    }

    /// <summary>What a call gives, or null if it is to be made again.</summary>
    /// <exception cref="ClusterTrainingException">No call was answered for too long.</exception>
    private async Task<MemberState?> Answer(Func<Task<MemberState>> call, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            MemberState state = await call().WaitAsync(_deadline, stop).ConfigureAwait(false);
            Interlocked.Exchange(ref _lastAnswer, Environment.TickCount64);
            return state;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            if (Environment.TickCount64 - Interlocked.Read(ref _lastAnswer) > options.Patience.TotalMilliseconds)
            {
                throw new ClusterTrainingException(
                    $"No worker has answered for {options.Patience.TotalSeconds:0} seconds ({e.Message.Split('\n')[0].TrimEnd('.')}); start workers, and see that they can reach this machine.", e);
            }
            return null;
        }
    }

    private IMemberGrain Of(int member) => grains.GetGrain<IMemberGrain>(string.Create(CultureInfo.InvariantCulture, $"{_training}/{member}"));

    private static async Task Quietly(Task call)
    {
        try
        {
            await call.WaitAsync(_deadline).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
        }
    }
}
