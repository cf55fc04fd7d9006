using Microsoft.Extensions.DependencyInjection;
using MlNetShallowNet.Cluster.Driving;
using MlNetShallowNet.Cluster.Grains;
using MlNetShallowNet.Cluster.Messages;
using MlNetShallowNet.Cluster.Workers;
using Orleans.Configuration;

namespace MlNetShallowNet.Cluster;

/// <summary>Training on several machines: silos that train, and a trainer that has them do it.</summary>
public static class ShallowNetworkClusterExtensions
{
    /// <summary>Makes a silo take part in trainings, as a worker or, with <see cref="ClusterTrainingOptions.MembersAtOnce"/> 0, as the driver. A silo that
    /// does not answer is given up after three probes of three seconds.</summary>
    /// <param name="silo">The silo; how it finds the others, and whether connections are encrypted, is the caller's choice.</param>
    /// <param name="configure">Sets what it does and may read.</param>
    public static ISiloBuilder AddShallowNetworkTraining(this ISiloBuilder silo, Action<ClusterTrainingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(configure);
        ClusterTrainingOptions options = new();
        configure(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MembersAtOnce);
        silo.Services.Configure(configure);
        silo.Services.AddSingleton<Worker>();
        silo.Services.AddPlacementDirector<OnWorkersPlacement, OnWorkersDirector>();
        string kind = options.MembersAtOnce == 0 ? OnWorkersDirector.DriverPrefix : OnWorkersDirector.WorkerPrefix;
        silo.Services.PostConfigure<SiloOptions>(of => of.SiloName = kind + of.SiloName);
        silo.Configure<ClusterMembershipOptions>(of =>
        {
            (of.ProbeTimeout, of.NumMissedProbesLimit, of.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(3), 3, 1);
            // Where a server keeps the list of silos, those of a cluster that was killed as a whole stay in it; who joins next waits this time three times.
            of.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
        // The scores of half of the rows of a narrow table, where there are two members.
        silo.Configure<SiloMessagingOptions>(of => of.MaxMessageBodySize = Math.Max(of.MaxMessageBodySize, 1 << 29));
        return silo;
    }

    /// <summary>Trains on rows in parts with the workers of a cluster: each reads the parts, and trains some of the network's members. The network is, to
    /// the last bit, that of <see cref="ShallowNetworkTrainer.FitParts"/>.</summary>
    /// <param name="trainer">The trainer. Its activation must be a built-in one.</param>
    /// <param name="grains">The grain factory of a silo, best of one that is only the driver, or of a client.</param>
    /// <param name="parts">The parts: Parquet files, and databases by the names of their connections, perhaps transformed; workers read them too.</param>
    /// <param name="cancellation">Ends the training, here and on the workers.</param>
    /// <exception cref="ArgumentException">Workers can't read a part.</exception>
    /// <exception cref="InvalidDataException">What is in the options' folder is damaged, or of other rows or options.</exception>
    /// <exception cref="ClusterTrainingException">No worker answers, or one can't train a member; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static Task<ShallowNetworkTransformer> FitAsync(
        this ShallowNetworkTrainer trainer, IGrainFactory grains, IReadOnlyList<RowPart> parts, CancellationToken cancellation) =>
        trainer.FitAsync(grains, parts, new ClusterFitOptions(), cancellation);

    /// <param name="trainer">The trainer. Its activation must be a built-in one.</param>
    /// <param name="grains">The grain factory of a silo, best of one that is only the driver, or of a client.</param>
    /// <param name="parts">The parts: Parquet files, and databases by the names of their connections, perhaps transformed; workers read them too.</param>
    /// <param name="options">How it goes on.</param>
    /// <param name="cancellation">Ends the training, here and on the workers.</param>
    /// <inheritdoc cref="FitAsync(ShallowNetworkTrainer, IGrainFactory, IReadOnlyList{RowPart}, CancellationToken)"/>
    public static async Task<ShallowNetworkTransformer> FitAsync(
        this ShallowNetworkTrainer trainer, IGrainFactory grains, IReadOnlyList<RowPart> parts, ClusterFitOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentNullException.ThrowIfNull(parts);
        TrainingTask task = new([.. parts.Select(PartMessages.Describe)], [.. trainer.OptionTexts()], Machine.Here());
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, trainer.Cancellation);
        using PartsTraining training = await Task.Run(() => trainer.ReadParts(parts, stop.Token), stop.Token).ConfigureAwait(false);
        KeptMembers members = new(training, options.WorkFolder);
        await new Driver(grains, task, options, members.Keep).Train(members.Missing, stop.Token).ConfigureAwait(false);
        return training.Join(members.All);
    }
}
