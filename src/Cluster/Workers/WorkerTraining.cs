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
    private readonly ConcurrentDictionary<int, MemberState> _states = [];
    private readonly BlockingCollection<int> _queue = [];
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
        if (_states.TryAdd(member, new MemberState(MemberPhase.Waiting, _worker)))
            _queue.Add(member);
        return _states[member];
    }

    /// <summary>Ends what goes on, soon.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _stop.Cancel();
    }

    private void Work()
    {
        foreach (int member in _queue.GetConsumingEnumerable())
        {
            if (_stop.IsCancellationRequested)
                break;
            try
            {
                Tell(member, MemberPhase.Reading);
                PartsTraining rows = _rows.Value;
                Tell(member, MemberPhase.Training);
                _options.Log?.Invoke($"Member {member} of {rows.Members}: training on {rows.Rows} rows.");
                _states[member] = new MemberState(MemberPhase.Done, _worker, Result: rows.Train(member, _stop.Token));
                _options.Log?.Invoke($"Member {member} of {rows.Members}: done.");
            }
            catch (OperationCanceledException)
            {
                break;
            }
            // Whatever it is, the driver is to know: nobody looks at a worker.
            catch (Exception e)
            {
                _states[member] = new MemberState(MemberPhase.Failed, _worker, e.Message);
                _options.Log?.Invoke($"Member {member}: {e.Message}");
            }
        }
        if (Interlocked.Decrement(ref _working) == 0 && _rows.IsValueCreated)
            _rows.Value.Dispose();
    }

    private void Tell(int member, MemberPhase phase) => _states[member] = new MemberState(phase, _worker);

    private PartsTraining ReadRows()
    {
        Machine.Check(_task.Machine, _worker);
        ShallowNetworkTrainer.Options options = ShallowNetworkTrainer.OptionsOf(_task.Options);
        options.CancellationToken = _stop.Token;
        return new MLContext().BinaryClassification.Trainers.ShallowNetwork(options)
            .ReadParts([.. _task.Parts.Select(part => PartMessages.Read(part, _options))]);
    }
}
