using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MlNetShallowNet.Cluster.Workers;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>A worker: waits for a driver, trains members of networks for it, and ends when it is needed no more.</summary>
internal sealed class WorkerJob
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>The driver.</summary>
    public required ClusterAddress Driver { get; init; }

    /// <summary>The folders whose files may be read.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>For how long it stays without a driver or a question.</summary>
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
            Task.Run(() => Run(Driver.Resolve(), StopRequest.Token)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Terminal.Line($"Stopped by {StopRequest.By}.");
        }
    }

    private async Task Run(IPEndPoint driver, CancellationToken stop)
    {
        Terminal.Line($"Waiting for a driver at {Driver}.");
        while (!await ClusterAddress.Listens(driver, stop).ConfigureAwait(false))
            await Task.Delay(_pause, stop).ConfigureAwait(false);
        IPAddress address = ClusterAddress.Towards(driver);
        using IHost silo = Silo.Create(driver, new IPEndPoint(address, ClusterAddress.FreePort(address)), options =>
        {
            foreach (string folder in Folders)
                options.Folders.Add(folder);
            options.Readers[TablePart.Kind] = TablePart.Read;
            options.Log = Terminal.Line;
            options.Forgotten = Idle;
        });
        await silo.StartAsync(stop).ConfigureAwait(false);
        Terminal.Line($"Joined {Driver}; reads files of {string.Join(", ", Folders)}.");
        await WhileNeeded(driver, silo.Services.GetRequiredService<Worker>(), stop).ConfigureAwait(false);
        await silo.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task WhileNeeded(IPEndPoint driver, Worker worker, CancellationToken stop)
    {
        DateTime heard = DateTime.UtcNow;
        while (!stop.IsCancellationRequested && DateTime.UtcNow - heard < Idle)
        {
            if (worker.LastAsked is { } asked && asked > heard)
                heard = asked;
            else if (worker.LastAsked is null && await ClusterAddress.Listens(driver, CancellationToken.None).ConfigureAwait(false))
                heard = DateTime.UtcNow;
            await Task.Delay(_pause, stop).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
        Terminal.Line(stop.IsCancellationRequested ? $"Stopped by {StopRequest.By}." : $"Nobody has asked for {Idle.TotalSeconds:0} seconds; done.");
    }
}
