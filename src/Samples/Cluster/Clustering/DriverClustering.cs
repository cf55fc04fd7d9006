using System.Net;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>The driver has the list of silos, so that no server is needed.</summary>
internal sealed class DriverClustering(ClusterAddress driver) : Clustering
{
    private readonly Lazy<IPEndPoint> _driver = new(driver.Resolve);

    public override string Name => driver.ToString();

    public override IPEndPoint Here(bool drives) => drives ? _driver.Value : Towards(driver);

    public override void Use(ISiloBuilder silo) => silo.UseDevelopmentClustering(_driver.Value);

    public override Task<bool> IsOpen(CancellationToken stop) => ClusterAddress.Listens(_driver.Value, stop);
}
