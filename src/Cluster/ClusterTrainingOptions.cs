using System.Data.Common;
using MlNetShallowNet.Cluster.Messages;

namespace MlNetShallowNet.Cluster;

/// <summary>What a silo does in trainings, and what it may read for them.</summary>
public sealed class ClusterTrainingOptions
{
    /// <summary>Folders whose files may be read, with those below them. Default: none.</summary>
    public IList<string> Folders { get; } = [];

    /// <summary>What makes connections to databases that may be read, by the names that parts have for them. Default: none.</summary>
    public IDictionary<string, Func<DbConnection>> Connections { get; } = new Dictionary<string, Func<DbConnection>>(StringComparer.Ordinal);

    /// <summary>How many members of a network this silo trains at the same time, each with all threads that the trainer's options allow; 0 for a silo
    /// that trains none, such as the one that drives. Default: 1.</summary>
    public int MembersAtOnce { get; set; } = 1;

    /// <summary>For how long a training goes on that nobody asks about. Default: a minute.</summary>
    public TimeSpan Forgotten { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Readers of parts that describe themselves, by kind; each looks itself whether it may read (<see cref="Allowed"/>).</summary>
    internal Dictionary<string, Func<PartMessage, ClusterTrainingOptions, RowPart>> Readers { get; } = [];

    /// <summary>Told in sentences what the silo does.</summary>
    internal Action<string>? Log { get; set; }
}
