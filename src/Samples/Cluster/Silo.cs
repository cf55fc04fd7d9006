using System.Net;
using Microsoft.Extensions.Hosting;
using MlNetShallowNet.Cluster;
using Orleans.Configuration;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>The silo of the program, driver or worker.</summary>
internal static class Silo
{
    private const string ClusterName = "shallownet";

    /// <summary>Starts a silo.</summary>
    /// <param name="clustering">How it finds the others.</param>
    /// <param name="certificate">By what machines of the cluster know each other; null for nothing.</param>
    /// <param name="drives">Whether it is the driver's.</param>
    /// <param name="configure">What it does and may read.</param>
    /// <param name="stop">Ends starting.</param>
    /// <exception cref="UserError">It can't listen, or the others can't be found.</exception>
    public static async Task<IHost> Start(
        Clustering clustering, SharedCertificate? certificate, bool drives, Action<ClusterTrainingOptions> configure, CancellationToken stop)
    {
        await clustering.Prepare(stop).ConfigureAwait(false);
        IPEndPoint here = clustering.Here(drives);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo =>
        {
            silo.ConfigureEndpoints(here.Address, here.Port, gatewayPort: 0)
                .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (ClusterName, ClusterName))
                .Configure<SiloOptions>(options => options.SiloName = $"{Environment.MachineName}-{Environment.ProcessId}")
                .AddShallowNetworkTraining(configure);
            clustering.Use(silo);
            certificate?.Use(silo);
        });
        IHost host = builder.Build();
        try
        {
            await host.StartAsync(stop).ConfigureAwait(false);
            return host;
        }
        catch (Exception e)
        {
            host.Dispose();
            throw e is OperationCanceledException ? e
                : new UserError($"This machine can't take part in the cluster {clustering}, with its address {here} ({e.GetBaseException().Message.TrimEnd('.')}); see that the address is its own, the port free, and the others can be reached.", e);
        }
    }
}
