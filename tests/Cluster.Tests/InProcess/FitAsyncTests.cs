using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MlNetShallowNet.Cluster;
using MlNetShallowNet.Cluster.Grains;
using MlNetShallowNet.Cluster.Messages;
using MlNetShallowNet.TestTools;
using WorkerMachine = MlNetShallowNet.Cluster.Workers.Machine;

namespace MlNetShallowNet.ClusterTests.InProcess;

/// <summary>Training on a cluster from C#.</summary>
public sealed class FitAsyncTests(LocalCluster cluster) : IClassFixture<LocalCluster>
{
    [Fact]
    public async Task ADriverAndAClientGetTheNetworkOfFitParts()
    {
        string expected = cluster.Alone();
        Assert.Equal(expected, LocalCluster.Json(await cluster.Trainer().FitAsync(cluster.Grains, cluster.Parts(), CancellationToken.None)));

        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client => client.UseStaticClustering(cluster.Gateway));
        using IHost host = builder.Build();
        await host.StartAsync();
        IGrainFactory grains = host.Services.GetRequiredService<IClusterClient>();
        Assert.Equal(expected, LocalCluster.Json(await cluster.Trainer().FitAsync(grains, cluster.Parts(), CancellationToken.None)));
        await host.StopAsync();
    }

    [Fact]
    public async Task ATrainingThatIsCancelledEndsHereAndOnTheWorkers()
    {
        using CancellationTokenSource stop = new();
        Lines lines = new(line =>
        {
            if (line.EndsWith("trains it.", StringComparison.Ordinal))
                stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cluster.Trainer(epochs: 100_000)
            .FitAsync(cluster.Grains, cluster.Parts(), new ClusterFitOptions { Log = lines }, stop.Token));
        Assert.Contains("shallownet-worker-", lines.All[0], StringComparison.Ordinal);
        await LocalCluster.Until(() => cluster.Trainings == 0, "no training is left");
        await LocalCluster.Until(() => cluster.Said.Contains("not needed any more", StringComparison.Ordinal), "a member that was begun has ended");
    }

    [Fact]
    public async Task ReadingIsCancelledToo()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cluster.Trainer().FitAsync(cluster.Grains, cluster.Parts(), stop.Token));
    }

    [Fact]
    public async Task MembersInAWorkFolderAreTakenUpAndThoseOfOtherOptionsRefused()
    {
        string folder = cluster.PathOf("work");
        Lines lines = new(_ => { });
        await cluster.Trainer().FitAsync(cluster.Grains, cluster.Parts(), new ClusterFitOptions { Log = lines, WorkFolder = folder }, CancellationToken.None);
        string[] kept = [.. Directory.GetFiles(folder, "member-*.state").Order()];
        Assert.Equal(4, kept.Length);
        File.Delete(kept[1]); // as if it had ended before these
        File.Delete(kept[3]);

        lines = new(_ => { });
        ClusterFitOptions again = new() { Log = lines, WorkFolder = folder };
        Assert.Equal(cluster.Alone(), LocalCluster.Json(await cluster.Trainer().FitAsync(cluster.Grains, cluster.Parts(), again, CancellationToken.None)));
        Assert.Equal(2, lines.All.Count(line => line.Contains(": done by", StringComparison.Ordinal)));

        lines = new(_ => { });
        string refused = (await Assert.ThrowsAsync<InvalidDataException>(() => cluster.Trainer(seed: 2)
            .FitAsync(cluster.Grains, cluster.Parts(), new ClusterFitOptions { Log = lines, WorkFolder = folder }, CancellationToken.None))).Message;
        Assert.StartsWith("Member 0 can't be joined", refused, StringComparison.Ordinal);
        Assert.Empty(lines.All);
    }

    [Fact]
    public async Task AConnectionThatWorkersDoNotKnowIsRefused()
    {
        string message = (await Assert.ThrowsAsync<ClusterTrainingException>(
            () => cluster.Trainer().FitAsync(cluster.Grains, cluster.Parts("other"), CancellationToken.None))).Message;
        Assert.Contains("The worker has no connection 'other' (it has rows, held); give it one of that name.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MlNetShallowNet", "0.0.1")]
    [InlineData("width of vectors", "3 numbers")]
    public async Task AWorkerIsRefusedThatIsNotAsTheDriver(string what, string driver)
    {
        Dictionary<string, string> machine = WorkerMachine.Here();
        string worker = machine[what];
        machine[what] = driver;
        TrainingTask task = new([.. cluster.Parts().Select(PartMessages.Describe)], [], machine);
        IMemberGrain grain = cluster.Grains.GetGrain<IMemberGrain>(new MemberKey(Guid.NewGuid().ToString("N"), 0).ToString());
        await grain.Begin(task);
        MemberState state = await grain.Ask();
        for (int i = 0; i < 600 && state.Phase is not (MemberPhase.Failed or MemberPhase.Done); i++)
        {
            await Task.Delay(100);
            state = await grain.Ask();
        }
        await grain.End();
        Assert.Contains($"is refused: its {what} is {worker} and the driver's is {driver}", state.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAWorkerItEndsWithASentence()
    {
        int port = Loopback.FreePort();
        using IHost alone = LocalCluster.Silo(port, port, 0, "alone", options => options.MembersAtOnce = 0);
        await alone.StartAsync();
        ClusterFitOptions options = new() { Patience = TimeSpan.FromSeconds(1) };
        string message = (await Assert.ThrowsAsync<ClusterTrainingException>(() => cluster.Trainer()
            .FitAsync(alone.Services.GetRequiredService<IGrainFactory>(), cluster.Parts(), options, CancellationToken.None))).Message;
        Assert.StartsWith("No worker has answered for 1 seconds (There is no worker in the cluster)", message, StringComparison.Ordinal);
        await alone.StopAsync();
    }

    [SkippableFact]
    public async Task MembersOfAWorkerThatIsSlowAreTrainedByTheOther()
    {
        LongTest.Require();
        cluster.Release.Reset();
        try
        {
            Lines lines = new(_ => { });
            ShallowNetworkTransformer model = await cluster.Trainer()
                .FitAsync(cluster.Grains, cluster.Parts("held"), new ClusterFitOptions { Log = lines }, CancellationToken.None);
            Assert.Equal(cluster.Alone(), LocalCluster.Json(model));
            // A call that is not answered in time has the member begun once more, which is said once more.
            Assert.Equal(2, lines.All.Distinct().Count(line => line.EndsWith(
                " is begun on shallownet-worker-beta as well, which has nothing to do; shallownet-worker-alpha is not done with it.", StringComparison.Ordinal)));
            Assert.Equal(4, lines.All.Count(line => line.EndsWith(": done by shallownet-worker-beta.", StringComparison.Ordinal)));
        }
        finally
        {
            cluster.Release.Set();
        }
        await LocalCluster.Until(() => cluster.Trainings == 0, "no training is left");
    }

    private sealed class Lines(Action<string> then) : IProgress<string>
    {
        private readonly ConcurrentQueue<string> _all = [];

        public IReadOnlyList<string> All => [.. _all];

        public void Report(string value)
        {
            _all.Enqueue(value);
            then(value);
        }
    }
}
