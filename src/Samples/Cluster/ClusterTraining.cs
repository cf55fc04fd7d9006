using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.ML;
using MlNetShallowNet.Cluster;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;
using MlNetShallowNet.Sources;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>A training whose members workers train, with this process as the driver.</summary>
/// <param name="Address">Where workers find the driver.</param>
/// <param name="Workers">For how many it waits before it begins.</param>
/// <param name="Wait">For how long it waits, for them and, later, for an answer.</param>
internal sealed record ClusterTraining(ClusterAddress Address, int Workers, TimeSpan Wait)
{
    /// <summary>Finds out, before the work, whether workers can do it.</summary>
    /// <exception cref="UserError">They can't.</exception>
    public void Check(TrainingJob job)
    {
        string? without = job.TestFraction > 0 ? "--cluster trains on all rows; leave out --test-fraction, and evaluate on another file."
            : job.Table.Weight is not null ? "--cluster has no weights of examples; leave out --weight-column."
            : job.CheckpointPath is not null ? "--cluster keeps no state of training; leave out --checkpoint."
            : job.Table.Source.Query is not null || job.Table.Path == TableBytes.StandardInput ? "--cluster needs files (--data), which workers read themselves."
            : null;
        if (without is not null)
            throw new UserError(without);
    }

    /// <summary>Trains the network.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="profile">The table; workers read its files themselves.</param>
    /// <param name="features">The transforms before the network.</param>
    /// <param name="schema">The schema of the table that they read.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="UserError">Workers can't read the table, or there are none.</exception>
    public ShallowNetworkTransformer Fit(
        ShallowNetworkTrainer trainer, TableProfile profile, ITransformer features, DataViewSchema schema, CancellationToken cancellation)
    {
        using MemoryStream saved = new();
        new MLContext().Model.Save(features, schema, saved);
        RowPart[] parts = [.. Files(profile.Settings.Path).Select(file => new TablePart(file, profile.Settings.Format, saved.ToArray()))];
        IPEndPoint address = Address.Resolve();
        using IHost silo = Silo.Create(address, address, options => options.MembersAtOnce = 0);
        try
        {
            return Task.Run(() => Fit(silo, trainer, parts, cancellation), cancellation).GetAwaiter().GetResult();
        }
        catch (ClusterTrainingException e)
        {
            throw new UserError(e.Message, e);
        }
    }

    private async Task<ShallowNetworkTransformer> Fit(IHost silo, ShallowNetworkTrainer trainer, RowPart[] parts, CancellationToken cancellation)
    {
        try
        {
            await silo.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new UserError($"--cluster {Address}: this machine can't listen there ({e.GetBaseException().Message}); give an address of its own, and a free port.", e);
        }
        try
        {
            IGrainFactory grains = silo.Services.GetRequiredService<IGrainFactory>();
            await WaitForWorkers(grains, cancellation).ConfigureAwait(false);
            ClusterFitOptions options = new() { Patience = Wait, Log = new Lines() };
            return await trainer.FitAsync(grains, parts, options, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await silo.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task WaitForWorkers(IGrainFactory grains, CancellationToken cancellation)
    {
        DateTime end = DateTime.UtcNow + Wait;
        Terminal.Line($"Waiting for {Terminal.Count(Workers, "worker")}: shallownet worker --join {Address} --folder FOLDER");
        for (int found; (found = await CountWorkers(grains).ConfigureAwait(false)) < Workers;)
        {
            if (DateTime.UtcNow > end)
                throw new UserError($"{found} of {Terminal.Count(Workers, "worker")} came to {Address} within {Wait.TotalSeconds:0} seconds; start more of them, or ask for fewer with --workers.");
            await Task.Delay(TimeSpan.FromMilliseconds(300), cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<int> CountWorkers(IGrainFactory grains)
    {
        MembershipEntry[] silos = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true).ConfigureAwait(false);
        return silos.Count(silo => ShallowNetworkClusterExtensions.IsWorker(silo.SiloName));
    }

    private static IEnumerable<string> Files(string path) => SourceTable.IsPattern(path) ? SourceFiles.Find(path) : [path];

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Terminal.Line(value);
    }
}
