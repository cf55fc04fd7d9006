using MlNetShallowNet.Samples;
using MlNetShallowNet.Samples.Cluster;
using MlNetShallowNet.TestTools;
using Npgsql;

namespace MlNetShallowNet.ClusterTests;

/// <summary>Driver and workers that find each other by a server: the network of one process, whatever happens.</summary>
public sealed class ServerClusteringTests(Training training, Redis redis, PostgreSql postgreSql) : IClassFixture<Training>, IClassFixture<Redis>, IClassFixture<PostgreSql>
{
    [SkippableFact]
    public void AtARedis()
    {
        LongTest.Require();
        Redis.Require();
        WorkersComeAndGo("redis", redis.ConnectionString);
    }

    [SkippableFact]
    public void AtAPostgreSql()
    {
        LongTest.Require();
        PostgreSql.Require();
        WorkersComeAndGo("postgresql", postgreSql.ConnectionString);
    }

    // The same workers for one driver after the other: one of them alone, then with a second and without the first, with a third and without the second.
    private void WorkersComeAndGo(string name, string connection)
    {
        (string, string) variable = ($"ConnectionStrings__{name}", connection);
        List<Machine> workers = [];
        try
        {
            foreach ((string? signal, int code) in ((string?, int)[])[(null, 0), ("KILL", 137), ("TERM", 0)])
            {
                workers.Add(training.Work(name, variable: variable, more: ["--idle", "600"]));
                Machine? leaving = signal is null ? null : workers[^2];
                leaving?.Forget();
                string network = $"{name}-{signal}.json";
                using Machine driver = training.Drive(name, network, variable, "--workers", leaving is null ? "1" : "2");
                leaving?.Says("training on");
                leaving?.Signal(signal!);
                EndsWithTheSameBits(driver, network);
                leaving?.EndsWith(code);
                Assert.Contains($": done by shallownet-worker-{Environment.MachineName}-{workers[^1].Id}.\n", driver.Output, StringComparison.Ordinal);
            }
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    [SkippableFact]
    public void ClustersThatWereKilledAsAWholeHinderNobody()
    {
        LongTest.Require();
        Redis.Require();
        (string, string) variable = ("ConnectionStrings__redis", redis.ConnectionString);
        using (Machine worker = training.Work("redis", variable: variable), driver = training.Drive("redis", "whole.json", variable, Training.Lasting))
        {
            worker.Says("training on");
            worker.Signal("KILL");
            driver.Signal("KILL");
            driver.EndsWith(137);
        }
        using Machine next = training.Work("redis", variable: variable), again = training.Drive("redis", "again.json", variable);
        EndsWithTheSameBits(again, "again.json");
    }

    [SkippableFact]
    public void AWorkerThatNobodyEverAsksEnds()
    {
        Redis.Require();
        using Machine worker = training.Work("redis", variable: ("ConnectionStrings__redis", redis.ConnectionString), more: ["--idle", "2"]);
        worker.Says("Joined redis");
        worker.EndsWith(0);
        Assert.Contains("Nobody has asked for 2 seconds; done.", worker.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task WhoMayMakeNoTablesUsesThoseThatAreThere()
    {
        PostgreSql.Require();
        await using NpgsqlConnection owner = new(postgreSql.ConnectionString);
        await owner.OpenAsync();
        await Run("CREATE DATABASE silos");
        await Run("CREATE ROLE silo LOGIN");
        string silos = postgreSql.ConnectionString.Replace("Database=postgres", "Database=silos", StringComparison.Ordinal);
        PostgreSqlClustering silo = new("silos", silos.Replace("Username=postgres", "Username=silo", StringComparison.Ordinal));
        await owner.ChangeDatabaseAsync("silos");
        await Run("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        UserError refused = await Assert.ThrowsAsync<UserError>(() => silo.Prepare(CancellationToken.None));
        Assert.Contains("does not take the tables of a cluster", refused.Message, StringComparison.Ordinal);
        await new PostgreSqlClustering("silos", silos).Prepare(CancellationToken.None);
        await Run("GRANT SELECT ON OrleansQuery TO silo");
        await silo.Prepare(CancellationToken.None);
        await Run("DELETE FROM OrleansQuery WHERE QueryKey = 'GatewaysQueryKey'"); // as where Orleans' own tables of an older version are
        await Assert.ThrowsAsync<UserError>(() => silo.Prepare(CancellationToken.None));

        async Task Run(string sql)
        {
            await using NpgsqlCommand command = new(sql, owner);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Theory]
    [InlineData("train --data part-1.csv --cluster 0.0.0.0:11111", "0.0.0.0 is no address by which others reach a machine; give that of the machine that drives")]
    [InlineData("worker --folder . --join 0.0.0.0:11111", "0.0.0.0 is no address by which others reach a machine; give that of the machine that drives")]
    [InlineData("worker --folder . --join nowhere", "There is no connection string called 'nowhere': set the environment variable ConnectionStrings__nowhere")]
    [InlineData("train --data part-1.csv --cluster file", "is of SQLite, which other machines can't reach; give one of Redis or PostgreSQL.")]
    [InlineData("train --data part-1.csv --cluster dead", "There is no connection to the Redis 'dead'")]
    [InlineData("train --data part-1.csv --cluster gone", "The PostgreSQL 'gone' can't be reached")]
    public void WhereNobodyCanMeetIsSaid(string line, string said)
    {
        string name = line.Split(' ')[^1];
        string connection = name switch { "file" => "Data Source=x.db", "dead" => "127.0.0.1:1,password=secret", _ => "Host=127.0.0.1;Port=1;Password=secret" };
        using Machine program = new(training.Folder, name == "nowhere" ? null : ($"ConnectionStrings__{name}", connection), line.Split(' '));
        program.EndsWith(1);
        Assert.Contains(said, program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", program.Output, StringComparison.Ordinal);
    }

    private void EndsWithTheSameBits(Machine driver, string network)
    {
        driver.EndsWith(0);
        Assert.Equal(training.Expected, training.Network(network));
    }
}
