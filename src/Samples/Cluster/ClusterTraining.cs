using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.ML;
using MlNetShallowNet.Cluster;
using MlNetShallowNet.Cluster.Driving;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>A training whose members workers train, with this process as the driver.</summary>
/// <param name="Clustering">How workers and the driver find each other.</param>
/// <param name="Certificate">By what machines of the cluster know each other; null for nothing.</param>
/// <param name="Workers">For how many it waits before it begins.</param>
/// <param name="Wait">For how long it waits, for them and, later, for an answer.</param>
internal sealed record ClusterTraining(Clustering Clustering, SharedCertificate? Certificate, int Workers, TimeSpan Wait)
{
    /// <summary>Finds out, before the work, whether workers can do it.</summary>
    /// <exception cref="UserError">They can't.</exception>
    public void Check(TrainingJob job)
    {
        string? without = job.TestFraction > 0 ? "--cluster trains on all rows; leave out --test-fraction, and evaluate on another file."
            : job.CheckpointPath is not null ? "--cluster keeps no state of training within a member; leave out --checkpoint, and give --work FOLDER to keep members that are trained."
            : job.Network.TimeBudgetSeconds is not null ? "--cluster has no time budget, for workers are of different speeds; leave out TimeBudgetSeconds, and set --epochs or Members."
            : job.Table.Path == TableBytes.StandardInput ? "Workers read the table themselves, which standard input does not allow; give files with --data."
            : null;
        if (without is not null)
            throw new UserError(without);
    }

    /// <summary>Trains the network.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="profile">The table; workers read its files themselves.</param>
    /// <param name="features">The transforms before the network.</param>
    /// <param name="schema">The schema of the table that they read.</param>
    /// <param name="workFolder">Where members are kept; null for nowhere.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="UserError">Workers can't read the table, or there are none.</exception>
    public ShallowNetworkTransformer Fit(
        ShallowNetworkTrainer trainer, TableProfile profile, ITransformer features, DataViewSchema schema, string? workFolder, CancellationToken cancellation)
    {
        RowPart[] parts = Parts(profile, features, schema);
        ClusterFitOptions options = new() { Patience = Wait, WorkFolder = workFolder, Log = new Lines() };
        try
        {
            return Task.Run(() => Fit(trainer, parts, options, cancellation), cancellation).GetAwaiter().GetResult();
        }
        catch (ClusterTrainingException e)
        {
            throw new UserError(e.Message, e);
        }
    }

    /// <summary>The table's files, or its query, as workers get told of them.</summary>
    /// <inheritdoc cref="Fit(ShallowNetworkTrainer, TableProfile, ITransformer, DataViewSchema, string?, CancellationToken)"/>
    public static RowPart[] Parts(TableProfile profile, ITransformer features, DataViewSchema schema)
    {
        using MemoryStream saved = new();
        new MLContext().Model.Save(features, schema, saved);
        return [.. Sources(profile.Settings.Source).Select(source => new TablePart(source, profile.Table.FormatOfParts, saved.ToArray()))];
    }

    private async Task<ShallowNetworkTransformer> Fit(ShallowNetworkTrainer trainer, RowPart[] parts, ClusterFitOptions options, CancellationToken cancellation)
    {
        using IHost silo = await Silo.Start(Clustering, Certificate, drives: true, options => options.MembersAtOnce = 0, cancellation).ConfigureAwait(false);
        try
        {
            IGrainFactory grains = silo.Services.GetRequiredService<IGrainFactory>();
            await WaitForWorkers(grains, cancellation).ConfigureAwait(false);
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
        Terminal.Line($"Waiting for {Terminal.Count(Workers, "worker")}: shallownet worker --join {Clustering} --folder FOLDER");
        for (int found; (found = (await ClusterWorkers.Names(grains).ConfigureAwait(false)).Count) < Workers;)
        {
            if (DateTime.UtcNow > end)
                throw new UserError($"{found} of {Terminal.Count(Workers, "worker")} came to {Clustering} within {Wait.TotalSeconds:0} seconds; start more of them, or ask for fewer with --workers.");
            await Task.Delay(TimeSpan.FromMilliseconds(300), cancellation).ConfigureAwait(false);
        }
    }

    private static IEnumerable<TableSource> Sources(TableSource table) =>
        table.Files() is { Count: > 0 } files ? files.Select(file => new TableSource(file)) : [table];

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Terminal.Line(value);
    }
}
