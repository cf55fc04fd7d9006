using System.Collections.Concurrent;
using MlNetShallowNet.Cluster.Grains;
using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.Cluster.Driving;

/// <summary>Has the members of a network trained by the workers of a cluster: asks each how far it is, again and again, wherever it is.</summary>
/// <param name="grains">Leads to the workers.</param>
/// <param name="task">What they need to know.</param>
/// <param name="options">How it goes on.</param>
/// <param name="keep">Takes what a member gave.</param>
internal sealed class Driver(IGrainFactory grains, TrainingTask task, ClusterFitOptions options, Action<int, byte[]> keep)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private readonly string _training = Guid.NewGuid().ToString("N");
    private readonly Calls _calls = new(options.Patience);
    private readonly ConcurrentBag<TimeSpan> _durations = [];
    private readonly ConcurrentBag<string> _useless = [];

    /// <summary>Waits for the members to be trained.</summary>
    /// <param name="members">Which.</param>
    /// <param name="cancellation">Ends it, here and on the workers.</param>
    /// <exception cref="ClusterTrainingException">A member can't be trained, or no worker answers.</exception>
    public async Task Train(IReadOnlyList<int> members, CancellationToken cancellation)
    {
        MemberRun[] runs = [.. members.Select(member => new MemberRun(member))];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task relief = Relieve(runs, stop.Token);
        try
        {
            List<Task> open = [.. runs.Select(run => TrainFirst(run, stop.Token))];
            while (open.Count > 0)
            {
                Task ended = await Task.WhenAny([.. open, relief]).ConfigureAwait(false);
                open.Remove(ended);
                await ended.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await relief.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Workers that don't hear it end by themselves.
            await Task.WhenAll(runs.SelectMany(Grains).Select(grain => Calls.Quietly(grain.End))).ConfigureAwait(false);
        }
    }

    /// <summary>Has a member trained by the worker whose turn it is, or another one when that dies.</summary>
    private async Task TrainFirst(MemberRun run, CancellationToken stop)
    {
        IMemberGrain grain = Of(run, null);
        while (!run.IsDone)
        {
            MemberState? state = await _calls.Ask(grain, task, stop).ConfigureAwait(false);
            if (state is not null)
            {
                Tell(run, state);
                run.Hear(state);
                if (state.Phase == MemberPhase.Failed)
                    throw new ClusterTrainingException($"Member {run.Member} can't be trained on {state.Worker}: {state.Error}");
                if (state.Phase == MemberPhase.Done)
                    Finish(run, state);
            }
            if (!run.IsDone)
                await Task.Delay(_pause, stop).ConfigureAwait(false);
        }
        // One of them is done, and the other need not go on.
        if (run.Second is not null)
            await Task.WhenAll(Grains(run).Select(each => Calls.Quietly(each.Drop))).ConfigureAwait(false);
    }

    /// <summary>Has members trained a second time by workers that have nothing to do.</summary>
    private async Task Relieve(MemberRun[] runs, CancellationToken stop)
    {
        List<Task> seconds = [];
        try
        {
            while (true)
            {
                await Task.Delay(2 * _pause, stop).ConfigureAwait(false);
                foreach (Task ended in seconds.Where(second => second.IsCompleted).ToArray())
                {
                    seconds.Remove(ended);
                    await ended.ConfigureAwait(false);
                }
                if (Relief.Choose(runs, _durations) is not { } run || Relief.IdleWorker(await Workers().ConfigureAwait(false), runs) is not { } worker)
                    continue;
                options.Log?.Report($"Member {run.Member} is begun on {worker} as well, which has nothing to do; {run.Worker} is not done with it.");
                run.Second = worker;
                seconds.Add(TrainSecond(run, worker, stop));
            }
        }
        finally
        {
            await Task.WhenAll(seconds).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TrainSecond(MemberRun run, string worker, CancellationToken stop)
    {
        IMemberGrain grain = Of(run, worker);
        while (!run.IsDone)
        {
            switch (await _calls.Ask(grain, task, stop).ConfigureAwait(false))
            {
                case null: // it is gone
                    run.Second = null;
                    return;
                case { Phase: MemberPhase.Failed } failed: // which says nothing of the first
                    options.Log?.Report($"Member {run.Member} can't be trained on {worker}: {failed.Error}");
                    _useless.Add(worker);
                    run.Second = null;
                    return;
                case { Phase: MemberPhase.Done } done:
                    Finish(run, done);
                    return;
                default:
                    await Task.Delay(_pause, stop).ConfigureAwait(false);
                    break;
            }
        }
    }

    private void Finish(MemberRun run, MemberState state)
    {
        lock (run)
        {
            if (run.IsDone)
                return;
            keep(run.Member, state.Result!);
            if (state.Worker == run.Worker)
                _durations.Add(run.Elapsed);
            run.IsDone = true;
        }
        options.Log?.Report($"Member {run.Member}: done by {state.Worker}.");
    }

    private void Tell(MemberRun run, MemberState state)
    {
        if (run.Worker is not null && state.Worker != run.Worker)
            options.Log?.Report($"Member {run.Member} goes on on {state.Worker}; {run.Worker} does not answer.");
        if (state.Phase == MemberPhase.Training && (state.Worker, state.Phase) != (run.Worker, run.Phase))
            options.Log?.Report($"Member {run.Member}: {state.Worker} trains it.");
    }

    /// <summary>The workers that may be of use.</summary>
    private async Task<IReadOnlyList<string>> Workers()
    {
        IReadOnlyList<string> workers = [];
        await Calls.Quietly(async () => workers = await ClusterWorkers.Names(grains).ConfigureAwait(false)).ConfigureAwait(false);
        return [.. workers.Except(_useless)];
    }

    private IEnumerable<IMemberGrain> Grains(MemberRun run) => run.Second is { } second ? [Of(run, null), Of(run, second)] : [Of(run, null)];

    private IMemberGrain Of(MemberRun run, string? worker) => grains.GetGrain<IMemberGrain>(new MemberKey(_training, run.Member, worker).ToString());
}
