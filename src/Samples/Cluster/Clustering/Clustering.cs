using System.Net;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>How the silos of a cluster, the driver and the workers, find each other.</summary>
internal abstract class Clustering
{
    /// <summary>What is given to <c>--cluster</c> and <c>--join</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a text is an address, or the name of a connection string; the name is not looked up.</summary>
    public static bool IsWellFormed(string text) => text.Contains(':', StringComparison.Ordinal) ? ClusterAddress.Parse(text) is not null : text.Length > 0;

    /// <summary>The clustering of an address, where the driver has the list of silos, or of the connection string of a server that has it.</summary>
    /// <exception cref="UserError">There is no such connection string, or it is none of a Redis or PostgreSQL.</exception>
    public static Clustering Of(string text)
    {
        if (ClusterAddress.Parse(text) is { } address)
            return new DriverClustering(address);
        string connection = ConnectionStrings.Text(text);
        return ConnectionStrings.KindOf(connection) switch
        {
            DatabaseKind.PostgreSql => new PostgreSqlClustering(text, connection),
            DatabaseKind.Sqlite => throw new UserError($"The connection string called {Shown.Text(text)} is of SQLite, which other machines can't reach; give one of Redis or PostgreSQL."),
            _ => new RedisClustering(text, connection),
        };
    }

    /// <summary>Where this process's silo is to listen.</summary>
    /// <param name="drives">Whether it is the driver's.</param>
    /// <exception cref="UserError">A host is not known.</exception>
    public abstract IPEndPoint Here(bool drives);

    /// <summary>Has a silo find the others.</summary>
    public abstract void Use(ISiloBuilder silo);

    /// <summary>Makes what the server needs, where there is one.</summary>
    /// <exception cref="UserError">The server can't be reached.</exception>
    public virtual Task Prepare(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Whether a worker can join now.</summary>
    public virtual Task<bool> IsOpen(CancellationToken stop) => Task.FromResult(true);

    public override string ToString() => Name;

    /// <summary>The address of this machine by which another one is reached, and a port that nothing uses.</summary>
    protected static IPEndPoint Towards(ClusterAddress other) => WithFreePort(ClusterAddress.Towards(other.Resolve()));

    /// <summary>An address that only this machine has, and a port that nothing uses.</summary>
    protected static IPEndPoint OnThisMachine() => WithFreePort(IPAddress.Loopback);

    private static IPEndPoint WithFreePort(IPAddress address) => new(address, ClusterAddress.FreePort(address));
}
