using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MlNetShallowNet.Cluster;
using MlNetShallowNet.Cluster.Driving;
using MlNetShallowNet.Cluster.Workers;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>A worker: waits for a driver, trains members of networks for it, and ends when it is needed no more.</summary>
internal sealed class WorkerJob
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1), _longestForgotten = TimeSpan.FromMinutes(1);

    /// <summary>How it finds the driver.</summary>
    public required Clustering Clustering { get; init; }

    /// <summary>By what machines of the cluster know each other; null for nothing.</summary>
    public required SharedCertificate? Certificate { get; init; }

    /// <summary>The folders whose files may be read.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>What makes connections to databases that may be read, by name.</summary>
    public required IReadOnlyDictionary<string, Func<DbConnection>> Databases { get; init; }

    /// <summary>For how long it stays without a driver, or without a question.</summary>
    public required TimeSpan Idle { get; init; }

    public void Run()
    {
        foreach (string folder in Folders)
        {
            if (!Directory.Exists(folder))
                throw new UserError($"There is no folder {folder}, of which files are to be read (--folder).");
        }
        try
        {
            Task.Run(() => Run(StopRequest.Token)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Terminal.Line($"Stopped by {StopRequest.By}.");
        }
    }

    private async Task Run(CancellationToken stop)
    {
        Terminal.Line($"Waiting for a driver at {Clustering}.");
        for (DateTime begin = DateTime.UtcNow; !await Clustering.IsOpen(stop).ConfigureAwait(false);)
        {
            if (DateTime.UtcNow - begin >= Idle)
            {
                Terminal.Line(NobodyAsked);
                return;
            }
            await Task.Delay(_pause, stop).ConfigureAwait(false);
        }
        using IHost silo = await Silo.Start(Clustering, Certificate, drives: false, Configure, stop).ConfigureAwait(false);
        Terminal.Line($"Joined {Clustering}; reads {string.Join(" and ", Readable())}.");
        await WhileNeeded(silo.Services.GetRequiredService<Worker>(), silo.Services.GetRequiredService<ISiloStatusOracle>(), stop).ConfigureAwait(false);
        await silo.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private IEnumerable<string> Readable()
    {
        if (Folders.Count > 0)
            yield return $"files of {string.Join(", ", Folders)}";
        if (Databases.Count > 0)
            yield return $"queries of {string.Join(", ", Databases.Keys)}";
    }

    private void Configure(ClusterTrainingOptions options)
    {
        foreach (string folder in Folders)
            options.Folders.Add(folder);
        foreach ((string name, Func<DbConnection> connect) in Databases)
            options.Connections[name] = connect;
        TablePart.AddReaders(options);
        options.Log = Terminal.Line;
        options.Forgotten = Idle < _longestForgotten ? Idle : _longestForgotten; // a worker that stays need not go on with what nobody wants any more
    }

    private string NobodyAsked => $"Nobody has asked for {Idle.TotalSeconds:0} seconds; done.";

    private async Task WhileNeeded(Worker worker, ISiloStatusOracle silos, CancellationToken stop)
    {
        DateTime heard = DateTime.UtcNow;
        while (!stop.IsCancellationRequested && DateTime.UtcNow - heard < Idle)
        {
            if (worker.LastAsked is { } asked && asked > heard)
                heard = asked;
            else if (worker.LastAsked is null && ClusterWorkers.HasDriver(silos) && await Clustering.IsOpen(CancellationToken.None).ConfigureAwait(false))
                heard = DateTime.UtcNow; // the driver is there, and reads the rows before it asks
            await Task.Delay(_pause, stop).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
        Terminal.Line(stop.IsCancellationRequested ? $"Stopped by {StopRequest.By}." : NobodyAsked);
    }
}
