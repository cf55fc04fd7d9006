using System.Collections.Concurrent;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Cluster;
using MlNetShallowNet.Cluster.Workers;
using MlNetShallowNet.Sources;
using MlNetShallowNet.TestTools;
using Orleans.Configuration;

namespace MlNetShallowNet.ClusterTests.InProcess;

/// <summary>A driver and two workers as silos of this process, and a table in a database that they read.</summary>
public sealed class LocalCluster : IAsyncLifetime
{
    private const string Query = "SELECT * FROM t";

    private readonly string _folder = Directory.CreateTempSubdirectory("cluster-tests-").FullName;
    private readonly MLContext _ml = new(1);
    private readonly int _port = Loopback.FreePort(), _gatewayPort = Loopback.FreePort();
    private readonly List<IHost> _workers = [];
    private readonly ConcurrentQueue<string> _said = [];
    private IHost _driver = null!;
    private ITransformer _features = null!;

    /// <summary>The driver's grains.</summary>
    public IGrainFactory Grains => _driver.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Where clients find the cluster.</summary>
    public IPEndPoint Gateway => new(IPAddress.Loopback, _gatewayPort);

    /// <summary>Keeps the first worker that reads of the connection 'held' until it is set.</summary>
    internal ManualResetEventSlim Release { get; } = new(true);

    /// <summary>What workers said.</summary>
    public string Said => string.Join('\n', _said);

    /// <summary>How many trainings go on at the workers.</summary>
    public int Trainings => _workers.Sum(worker => worker.Services.GetRequiredService<Worker>().Trainings);

    /// <summary>A file of the cluster's folder.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Waits until something is so.</summary>
    public static async Task Until(Func<bool> isSo, string what) => Assert.True(await Patience.Until(isSo), $"It never came to it that {what}.");

    /// <summary>A trainer of four members.</summary>
    public ShallowNetworkTrainer Trainer(int epochs = 10, int seed = 1) => _ml.BinaryClassification.Trainers.ShallowNetwork(new ShallowNetworkTrainer.Options
    {
        HiddenUnits = 24,
        Members = 4,
        NumberOfIterations = epochs,
        Patience = epochs,
        Seed = seed,
    });

    /// <summary>The table in three parts.</summary>
    /// <param name="connectionName">What workers know the database by.</param>
    public IReadOnlyList<RowPart> Parts(string connectionName = "rows") =>
        [.. new DatabaseRows(Connect, Query, "id", connectionName).Split(3).Select(part => part.Transformed(_features))];

    /// <summary>The network that one process trains.</summary>
    public string Alone() => Json(Trainer().FitParts(Parts()));

    /// <summary>A network as text.</summary>
    public static string Json(ShallowNetworkTransformer model)
    {
        using MemoryStream json = new();
        NetworkJson.Write(model.Model, json);
        return System.Text.Encoding.UTF8.GetString(json.ToArray());
    }

    /// <summary>A silo, not yet started.</summary>
    internal static IHost Silo(int primaryPort, int port, int gatewayPort, string name, Action<ClusterTrainingOptions> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo => silo
            .UseDevelopmentClustering(new IPEndPoint(IPAddress.Loopback, primaryPort))
            .ConfigureEndpoints(IPAddress.Loopback, port, gatewayPort)
            .AddShallowNetworkTraining(configure)
            .Configure<SiloOptions>(options => options.SiloName = name));
        return builder.Build();
    }

    public async Task InitializeAsync()
    {
        using (SqliteConnection database = Connect())
        {
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = """
                CREATE TABLE t (id INTEGER PRIMARY KEY, x REAL, y REAL, Label BOOLEAN);
                WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2999)
                INSERT INTO t SELECT i, i * 7919 % 1000 / 1000.0, i * 104729 % 1009 / 1009.0, (i * 7919 % 1000 > i * 104729 % 1009) <> (i % 17 = 0) FROM n;
                """;
            command.ExecuteNonQuery();
        }
        IDataView rows = new DatabaseRows(Connect, Query, "id").Split(1)[0].Load(_ml);
        _features = _ml.Transforms.Conversion.ConvertType("x", outputKind: DataKind.Single)
            .Append(_ml.Transforms.Conversion.ConvertType("y", outputKind: DataKind.Single))
            .Append(_ml.Transforms.Concatenate("Features", "x", "y")).Fit(rows);
        _driver = Silo(_port, _port, _gatewayPort, "driver", options => options.MembersAtOnce = 0);
        await _driver.StartAsync();
        foreach (string name in (string[])["alpha", "beta"])
        {
            IHost worker = Silo(_port, Loopback.FreePort(), 0, name, options =>
            {
                options.Connections["rows"] = Connect;
                options.Connections["held"] = () => Held(name);
                options.Log = _said.Enqueue;
            });
            _workers.Add(worker);
            await worker.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        Release.Set();
        foreach (IHost silo in _workers.Append(_driver))
        {
            await silo.StopAsync();
            silo.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private SqliteConnection Connect() => new($"Data Source={PathOf("rows.db")};Pooling=False");

    private SqliteConnection Held(string worker)
    {
        if (worker == "alpha")
            Patience.Until(Release.Wait);
        return Connect();
    }
}
