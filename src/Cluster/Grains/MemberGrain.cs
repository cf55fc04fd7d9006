using MlNetShallowNet.Cluster.Messages;
using MlNetShallowNet.Cluster.Workers;

namespace MlNetShallowNet.Cluster.Grains;

/// <inheritdoc cref="IMemberGrain"/>
[OnWorkers]
internal sealed class MemberGrain : Grain, IMemberGrain
{
    private readonly Worker _worker;
    private readonly MemberKey _key;

    public MemberGrain(Worker worker) => (_worker, _key) = (worker, MemberKey.Parse(this.GetPrimaryKeyString()));

    public Task<MemberState> Ask() => Task.FromResult(_worker.Ask(_key.Training, _key.Member));

    public Task Begin(TrainingTask task) => Done(() => _worker.Begin(_key.Training, task));

    public Task Drop() => Done(() => _worker.Drop(_key.Training, _key.Member));

    public Task End() => Done(() => _worker.End(_key.Training));

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
