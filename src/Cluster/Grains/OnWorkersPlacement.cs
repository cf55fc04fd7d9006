using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace MlNetShallowNet.Cluster.Grains;

/// <summary>Places member k of a network on the worker k modulo their number, unless its key names one.</summary>
[GenerateSerializer]
internal sealed class OnWorkersPlacement : PlacementStrategy;

/// <summary>Grains that are on workers only.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnWorkersAttribute() : PlacementAttribute(new OnWorkersPlacement());

/// <inheritdoc cref="OnWorkersPlacement"/>
internal sealed class OnWorkersDirector(ISiloStatusOracle silos) : IPlacementDirector
{
    /// <summary>How the names of silos begin that train.</summary>
    public const string WorkerPrefix = "shallownet-worker-";

    /// <summary>How the names of silos begin that train nothing.</summary>
    public const string DriverPrefix = "shallownet-driver-";

    /// <summary>Whether a silo of this name is a worker.</summary>
    public static bool IsWorker(string? name) => name?.StartsWith(WorkerPrefix, StringComparison.Ordinal) == true;

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        MemberKey key = MemberKey.Parse(target.GrainIdentity.Key.ToString()!);
        SiloAddress[] workers = [.. context.GetCompatibleSilos(target).Where(silo => IsFor(silo, key)).Order()];
        return workers.Length > 0
            ? Task.FromResult(workers[key.Member % workers.Length])
            : throw new OrleansException(key.Worker is null ? "There is no worker in the cluster." : $"{key.Worker} is not in the cluster.");
    }

    private bool IsFor(SiloAddress silo, MemberKey key) =>
        silos.TryGetSiloName(silo, out string? name) && (key.Worker is null ? IsWorker(name) : name == key.Worker);
}
