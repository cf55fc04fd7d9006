using System.Collections.Concurrent;
using Microsoft.ML;
using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.Cluster.Workers;

/// <summary>
/// A training on a worker: its rows, read once, and the members that the worker was asked for, which are trained one after the other on threads of
/// their own, so that the silo always answers.
/// </summary>
internal sealed class WorkerTraining : IDisposable
{
    private readonly TrainingTask _task;
    private readonly ClusterTrainingOptions _options;
    private readonly string _worker;
    private readonly ConcurrentDictionary<int, MemberWork> _members = [];
    private readonly BlockingCollection<MemberWork> _queue = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<PartsTraining> _rows;
    private int _working;

    public WorkerTraining(TrainingTask task, ClusterTrainingOptions options, string worker)
    {
        (_task, _options, _worker) = (task, options, worker);
        _rows = new Lazy<PartsTraining>(ReadRows);
        _working = options.MembersAtOnce;
        for (int i = 0; i < options.MembersAtOnce; i++)
            new Thread(Work) { IsBackground = true, Name = "training" }.Start();
    }

    /// <summary>When somebody last asked about it.</summary>
    public DateTime LastAsked { get; private set; } = DateTime.UtcNow;

    /// <summary>How far a member is; it is put in the queue the first time.</summary>
    public MemberState Ask(int member)
    {
        LastAsked = DateTime.UtcNow;
        if (!_members.TryGetValue(member, out MemberWork? work))
        {
            work = new MemberWork(member, new MemberState(MemberPhase.Waiting, _worker), CancellationTokenSource.CreateLinkedTokenSource(_stop.Token));
            _members[member] = work;
            _queue.Add(work);
        }
        return work.State;
    }

    /// <summary>Ends a member, or leaves it out when its turn comes.</summary>
    public void Drop(int member)
    {
        if (_members.TryRemove(member, out MemberWork? work))
            work.Stop.Cancel();
    }

    /// <summary>Ends what goes on, soon.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _stop.Cancel();
    }

    private void Work()
    {
        foreach (MemberWork work in _queue.GetConsumingEnumerable())
        {
            if (_stop.IsCancellationRequested)
                break;
            Work(work);
        }
        if (Interlocked.Decrement(ref _working) == 0 && _rows.IsValueCreated)
            _rows.Value.Dispose();
    }

    private void Work(MemberWork work)
    {
        try
        {
            work.Stop.Token.ThrowIfCancellationRequested();
            work.State = new MemberState(MemberPhase.Reading, _worker);
            PartsTraining rows = _rows.Value;
            work.Stop.Token.ThrowIfCancellationRequested();
            work.State = new MemberState(MemberPhase.Training, _worker);
            Say(work, $" of {rows.Members}: training on {rows.Rows} rows.");
            work.State = new MemberState(MemberPhase.Done, _worker, Result: rows.Train(work.Member, work.Stop.Token));
            Say(work, $" of {rows.Members}: done.");
        }
        catch (OperationCanceledException) when (work.Stop.IsCancellationRequested)
        {
            Say(work, ": not needed any more.");
        }
        // Whatever it is, the driver is to know: nobody looks at a worker.
        catch (Exception e)
        {
            work.State = new MemberState(MemberPhase.Failed, _worker, e.Message);
            Say(work, $": {e.Message}");
        }
    }

    private void Say(MemberWork work, string what) => _options.Log?.Invoke($"Member {work.Member}{what}");

    private PartsTraining ReadRows()
    {
        Machine.Check(_task.Machine, _worker);
        ShallowNetworkTrainer.Options options = ShallowNetworkTrainer.OptionsOf(_task.Options);
        options.CancellationToken = _stop.Token;
        return new MLContext().BinaryClassification.Trainers.ShallowNetwork(options)
            .ReadParts([.. _task.Parts.Select(part => PartMessages.Read(part, _options))]);
    }

    private sealed class MemberWork(int member, MemberState state, CancellationTokenSource stop)
    {
        private volatile MemberState _state = state;

        public int Member { get; } = member;

        public CancellationTokenSource Stop { get; } = stop;

        public MemberState State
        {
            get => _state;
            set => _state = value;
        }
    }
}
