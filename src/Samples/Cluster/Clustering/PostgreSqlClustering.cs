using System.Net;
using MlNetShallowNet.Samples.Tables;
using Npgsql;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>A PostgreSQL has the list of silos, in tables that are made where there are none.</summary>
internal sealed class PostgreSqlClustering : Clustering
{
    private readonly string _connection;
    private readonly NpgsqlConnectionStringBuilder _server;

    /// <param name="name">What its connection string is called.</param>
    /// <param name="connection">The connection string.</param>
    public PostgreSqlClustering(string name, string connection)
    {
        (Name, _connection) = (name, connection);
        try
        {
            _server = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (ArgumentException e)
        {
            throw new UserError($"The connection string called {Shown.Text(name)} is none of PostgreSQL ({e.Message.TrimEnd('.')}).", e);
        }
    }

    public override string Name { get; }

    public override IPEndPoint Here(bool drives)
    {
        string host = _server.Host!.Split(',')[0];
        return Path.IsPathRooted(host) ? OnThisMachine() // by a socket that is a file
            : ClusterAddress.Parse(host) is { } address ? Towards(address)
            : Towards(new ClusterAddress(host, _server.Port));
    }

    public override void Use(ISiloBuilder silo) => silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", _connection));

    public override async Task Prepare(CancellationToken stop)
    {
        using StreamReader tables = new(typeof(PostgreSqlClustering).Assembly.GetManifestResourceStream("cluster/postgresql.sql")!);
        string sql = await tables.ReadToEndAsync(stop).ConfigureAwait(false);
        try
        {
            await using NpgsqlConnection connection = new(_connection);
            await connection.OpenAsync(stop).ConfigureAwait(false);
            await using NpgsqlCommand command = new(sql, connection);
            await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
        }
        catch (NpgsqlException e)
        {
            throw new UserError($"The PostgreSQL {Shown.Text(Name)} can't be reached, or does not take the tables of a cluster ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
