using MlNetShallowNet.Cluster.Grains;

namespace MlNetShallowNet.Cluster.Driving;

/// <summary>The workers of a cluster.</summary>
internal static class ClusterWorkers
{
    /// <summary>The names of those that are there.</summary>
    public static async Task<IReadOnlyList<string>> Names(IGrainFactory grains)
    {
        MembershipEntry[] silos = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true).ConfigureAwait(false);
        return [.. silos.Select(silo => silo.SiloName).Where(OnWorkersDirector.IsWorker)];
    }
}
