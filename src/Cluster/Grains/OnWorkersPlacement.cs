using System.Globalization;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace MlNetShallowNet.Cluster.Grains;

/// <summary>Places member k of a network on the worker k modulo their number.</summary>
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

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] workers =
        [
            .. context.GetCompatibleSilos(target)
                .Where(silo => silos.TryGetSiloName(silo, out string? name) && ShallowNetworkClusterExtensions.IsWorker(name))
                .Order(),
        ];
        if (workers.Length == 0)
            throw new OrleansException("There is no worker in the cluster.");
        string key = target.GrainIdentity.Key.ToString()!;
        return Task.FromResult(workers[int.Parse(key[(key.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture) % workers.Length]);
    }
}
