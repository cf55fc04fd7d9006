using System.Net;
using Microsoft.Extensions.Hosting;
using MlNetShallowNet.Cluster;
using Orleans.Configuration;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>The silo of the program, driver or worker; the driver's keeps the list of the cluster's silos, so that no server is needed.</summary>
internal static class Silo
{
    private const string ClusterName = "shallownet";

    /// <summary>Makes a silo, not yet started.</summary>
    /// <param name="driver">Where the driver is.</param>
    /// <param name="here">Where this silo is.</param>
    /// <param name="configure">What it does and may read.</param>
    public static IHost Create(IPEndPoint driver, IPEndPoint here, Action<ClusterTrainingOptions> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo => silo
            .UseDevelopmentClustering(driver)
            .ConfigureEndpoints(here.Address, here.Port, gatewayPort: 0)
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (ClusterName, ClusterName))
            .AddShallowNetworkTraining(configure));
        return builder.Build();
    }
}
