using System.Net;
using Microsoft.Extensions.Hosting;
using MlNetShallowNet.Samples.Tables;
using StackExchange.Redis;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>A Redis has the list of silos.</summary>
internal sealed class RedisClustering : Clustering
{
    private readonly ConfigurationOptions _redis;

    /// <param name="name">What its connection string is called.</param>
    /// <param name="connection">The connection string.</param>
    public RedisClustering(string name, string connection)
    {
        Name = name;
        try
        {
            _redis = ConfigurationOptions.Parse(connection);
        }
        catch (ArgumentException e)
        {
            throw Unclear(e);
        }
        if (_redis.EndPoints.Count == 0)
            throw Unclear(null);
        _redis.SetDefaultPorts();
    }

    public override string Name { get; }

    public override IPEndPoint Here(bool drives) => _redis.EndPoints[0] switch
    {
        DnsEndPoint named => Towards(new ClusterAddress(named.Host, named.Port)),
        IPEndPoint numbered => Towards(new ClusterAddress(numbered.Address.ToString(), numbered.Port)),
        _ => OnThisMachine(), // by a socket that is a file
    };

    public override void Use(ISiloBuilder silo) => silo.UseRedisClustering(options => options.ConfigurationOptions = _redis);

    public override async Task Prepare(CancellationToken stop)
    {
        try
        {
            await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(_redis).WaitAsync(stop).ConfigureAwait(false);
        }
        catch (RedisConnectionException e)
        {
            throw new UserError($"There is no connection to the Redis {Shown.Text(Name)} ({e.Message.TrimEnd('.')}).", e);
        }
    }

    // Not what it holds, for that is secret.
    private UserError Unclear(Exception? inner) => new(
        $"The connection string called {Shown.Text(Name)} is none of Redis (server:6379,password=...) or PostgreSQL (Host=server;Username=...;Password=...;Database=...).", inner);
}
