using System.Net;
using System.Text.RegularExpressions;
using MlNetShallowNet.Samples.Tables;
using Npgsql;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>A PostgreSQL has the list of silos, in tables that are made where there are none.</summary>
internal sealed partial class PostgreSqlClustering : Clustering
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
            if (await HasQueries(connection, sql, stop).ConfigureAwait(false))
                return;
            await using NpgsqlCommand command = new(sql, connection);
            await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
        }
        catch (NpgsqlException e)
        {
            throw new UserError($"The PostgreSQL {Shown.Text(Name)} can't be reached, or does not take the tables of a cluster ({e.Message.TrimEnd('.')}).", e);
        }
    }

    // Who may use the tables that somebody else has made need not be allowed to make any.
    private static async Task<bool> HasQueries(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        string[] keys = [.. QueryKey().Matches(sql).Select(key => key.Groups[1].Value)];
        await using NpgsqlCommand table = new("SELECT to_regclass('OrleansQuery') IS NOT NULL", connection);
        if (await table.ExecuteScalarAsync(stop).ConfigureAwait(false) is not true)
            return false;
        await using NpgsqlCommand count = new("SELECT count(*) FROM OrleansQuery WHERE QueryKey = ANY(@keys)", connection);
        count.Parameters.AddWithValue("keys", keys);
        return await count.ExecuteScalarAsync(stop).ConfigureAwait(false) is long found && found == keys.Length;
    }

    [GeneratedRegex(@"\('(\w+Key)',")]
    private static partial Regex QueryKey();
}
