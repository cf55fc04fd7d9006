using Microsoft.Extensions.Options;
using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.Cluster.Workers;

/// <summary>The trainings that a silo works on.</summary>
internal sealed class Worker : IDisposable
{
    private readonly ClusterTrainingOptions _options;
    private readonly string _name;
    private readonly Dictionary<string, WorkerTraining> _trainings = [];
    private readonly Lock _lock = new();
    private readonly Timer _watch;

    public Worker(IOptions<ClusterTrainingOptions> options, ILocalSiloDetails silo)
    {
        (_options, _name) = (options.Value, silo.Name);
        TimeSpan period = _options.Forgotten / 10;
        _watch = new Timer(_ => EndForgotten(), null, period, period);
    }

    /// <summary>When somebody last asked; null if nobody ever has.</summary>
    public DateTime? LastAsked { get; private set; }

    /// <summary>How many trainings go on.</summary>
    public int Trainings
    {
        get
        {
            lock (_lock)
                return _trainings.Count;
        }
    }

    /// <summary>How far a member is; it is put in the queue the first time.</summary>
    public MemberState Ask(string training, int member)
    {
        lock (_lock)
        {
            LastAsked = DateTime.UtcNow;
            return _trainings.TryGetValue(training, out WorkerTraining? found) ? found.Ask(member) : new MemberState(MemberPhase.Unknown, _name);
        }
    }

    /// <summary>Begins a training, unless it goes on already.</summary>
    public void Begin(string training, TrainingTask task)
    {
        lock (_lock)
        {
            if (!_trainings.ContainsKey(training))
                _trainings.Add(training, new WorkerTraining(task, _options, _name));
        }
    }

    /// <summary>A member is needed no more.</summary>
    public void Drop(string training, int member)
    {
        lock (_lock)
        {
            if (_trainings.TryGetValue(training, out WorkerTraining? found))
                found.Drop(member);
        }
    }

    /// <summary>Ends a training.</summary>
    public void End(string training)
    {
        lock (_lock)
        {
            if (_trainings.Remove(training, out WorkerTraining? found))
                found.Dispose();
        }
    }

    public void Dispose()
    {
        _watch.Dispose();
        lock (_lock)
        {
            foreach (WorkerTraining training in _trainings.Values)
                training.Dispose();
            _trainings.Clear();
        }
    }

    private void EndForgotten()
    {
        lock (_lock)
        {
            foreach ((string name, WorkerTraining training) in _trainings.ToArray())
            {
                if (DateTime.UtcNow - training.LastAsked < _options.Forgotten)
                    continue;
                _options.Log?.Invoke($"A training ends that nobody has asked about for {_options.Forgotten.TotalSeconds:0} seconds.");
                training.Dispose();
                _trainings.Remove(name);
            }
        }
    }
}
