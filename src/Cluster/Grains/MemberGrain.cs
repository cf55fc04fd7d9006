using System.Globalization;
using MlNetShallowNet.Cluster.Messages;
using MlNetShallowNet.Cluster.Workers;

namespace MlNetShallowNet.Cluster.Grains;

/// <inheritdoc cref="IMemberGrain"/>
[OnWorkers]
internal sealed class MemberGrain : Grain, IMemberGrain
{
    private readonly Worker _worker;
    private readonly string _training;
    private readonly int _member;

    public MemberGrain(Worker worker)
    {
        string[] key = this.GetPrimaryKeyString().Split('/');
        (_worker, _training, _member) = (worker, key[0], int.Parse(key[1], CultureInfo.InvariantCulture));
    }

    public Task<MemberState> Ask() => Task.FromResult(_worker.Ask(_training, _member));

    public Task Begin(TrainingTask task)
    {
        _worker.Begin(_training, task);
        return Task.CompletedTask;
    }

    public Task End()
    {
        _worker.End(_training);
        return Task.CompletedTask;
    }
}
