using MlNetShallowNet.Cluster.Grains;

namespace MlNetShallowNet.Cluster.Driving;

/// <summary>Who is in a cluster.</summary>
internal static class ClusterWorkers
{
    /// <summary>The names of its workers.</summary>
    public static async Task<IReadOnlyList<string>> Names(IGrainFactory grains)
    {
        MembershipEntry[] silos = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true).ConfigureAwait(false);
        return [.. silos.Select(silo => silo.SiloName).Where(OnWorkersDirector.IsWorker)];
    }

    /// <summary>Whether one of the silos that another one knows is a driver.</summary>
    public static bool HasDriver(ISiloStatusOracle silos) => silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Any(
        silo => silos.TryGetSiloName(silo, out string? name) && name.StartsWith(OnWorkersDirector.DriverPrefix, StringComparison.Ordinal));
}
