using MlNetShallowNet.TestTools;

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

    [Theory]
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
