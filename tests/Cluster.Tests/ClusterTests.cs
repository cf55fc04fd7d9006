using System.Globalization;
using System.Text.RegularExpressions;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.ClusterTests;

/// <summary>The program as driver and workers, on the loopback address: the network of one process, whatever happens, or a sentence.</summary>
public sealed class ClusterTests(Training training) : IClassFixture<Training>
{
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WorkersTrainTheNetworkOfOneProcess(int count)
    {
        if (count != 2)
            LongTest.Require();
        string address = Machine.FreeAddress(), network = $"workers-{count}.json";
        Machine[] workers = [.. Enumerable.Range(0, count).Select(_ => training.Work(address))];
        try
        {
            using Machine driver = training.Drive(address, network, "--workers", $"{count}", "--model", $"m{count}.zip");
            driver.EndsWith(0);
            Assert.Equal(training.Expected, training.Network(network));
            // One that was slow to start may find all members done.
            Assert.InRange(workers.Count(worker => driver.Output.Contains($"-{worker.Id.ToString(CultureInfo.InvariantCulture)}.\n", StringComparison.Ordinal)), 1, count);
            using Machine evaluation = new(training.Folder, null, "evaluate", "--model", $"m{count}.zip", "--data", "part-2.csv");
            evaluation.EndsWith(0);
        }
        finally
        {
            Array.ForEach(workers, worker => worker.Dispose());
        }
    }

    [SkippableTheory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    public void MembersOfAWorkerThatEndsGoOnElsewhereWithTheSameBits(string signal)
    {
        LongTest.Require();
        string address = Machine.FreeAddress(), network = $"{signal}.json";
        using Machine first = training.Work(address), second = training.Work(address);
        using Machine driver = training.Drive(address, network, "--workers", "2");
        first.Says("training on");
        first.Signal(signal);
        driver.EndsWith(0);
        Assert.Equal(training.Expected, training.Network(network));
        // Nothing has to be said of a worker that is gone before the driver heard of its member, or after it was done.
        if (Regex.Count(driver.Output, $"-{first.Id} trains it\\.") > Regex.Count(driver.Output, $"done by .*-{first.Id}\\."))
            Assert.Matches($"-{first.Id} (does not answer|is not done with it)\\.", driver.Output);
        first.EndsWith(signal == "KILL" ? 137 : 0);
    }

    [Fact]
    public void WithoutAWorkerItEndsWithASentence()
    {
        using Machine driver = training.Drive(Machine.FreeAddress(), "none.json", "--wait", "2");
        driver.EndsWith(1);
        Assert.Contains("0 of 1 worker came to", driver.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void WhenTheLastWorkerDiesItEndsWithASentence()
    {
        LongTest.Require();
        string address = Machine.FreeAddress();
        using Machine worker = training.Work(address);
        // --wait is left at its default, for it limits the wait for the worker, too, which starts slowly where much else runs.
        using Machine driver = training.Drive(address, "dead.json", Training.Lasting);
        worker.Says("training on");
        worker.Signal("KILL");
        driver.EndsWith(1);
        Assert.Contains("No worker has answered for 60 seconds", driver.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(training.Folder, "dead.json")));
    }

    [Fact]
    public void AWorkerEndsWhenItsDriverDoes()
    {
        string address = Machine.FreeAddress();
        using Machine driver = training.Drive(address, "killed.json");
        driver.Says("Waiting for 1 worker");
        using Machine worker = training.Work(address, more: ["--idle", "20"]);
        worker.Says("training on");
        driver.Signal("KILL");
        worker.EndsWith(0);
        Assert.Contains("Nobody has asked for 20 seconds; done.", worker.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void AWorkerThatStaysDoesNotGoOnForADriverThatIsGone()
    {
        LongTest.Require();
        string address = Machine.FreeAddress();
        using Machine worker = training.Work(address, more: ["--idle", "100000"]);
        using Machine driver = training.Drive(address, "gone.json", Training.Lasting);
        worker.Says("training on");
        driver.Signal("KILL");
        worker.Says("A training ends that nobody has asked about for 60 seconds.");
    }

    [Fact]
    public void AWorkerThatNobodyEverAsksEnds()
    {
        using Machine worker = training.Work(Machine.FreeAddress(), more: ["--idle", "2"]);
        worker.EndsWith(0);
        Assert.Contains("Nobody has asked for 2 seconds; done.", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AWorkerOfOtherVectorsIsRefused()
    {
        string address = Machine.FreeAddress();
        using Machine worker = training.Work(address, variable: ("DOTNET_EnableAVX2", "0"));
        using Machine driver = training.Drive(address, "vectors.json");
        driver.EndsWith(1);
        Assert.Contains("is refused: its", driver.Output, StringComparison.Ordinal);
        Assert.Contains("so that its members would have other bits", driver.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOutsideAWorkersFoldersIsRefused()
    {
        string address = Machine.FreeAddress();
        string other = Directory.CreateDirectory(Path.Combine(training.Folder, "other")).FullName;
        using Machine worker = training.Work(address, folder: other);
        using Machine driver = training.Drive(address, "outside.json");
        driver.EndsWith(1);
        Assert.Contains($"part-1.csv is in none of the worker's folders ({other})", driver.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AQueryWithWeightsIsTrainedOnByWorkersThatMayReadItsDatabase()
    {
        (string, string) variable = ("ConnectionStrings__shop", $"Data Source={training.Database};Pooling=False");
        string[] train =
        [
            "train", "--query", "SELECT * FROM t ORDER BY id", "--connection-name", "shop", "--weight-column", "weight", "--ignore", "id", "--test-fraction", "0", "--hidden", "16",
            "--epochs", "5", "--set", "Members=2", "--network",
        ];
        using (Machine alone = new(training.Folder, variable, [.. train, "query-alone.json"]))
            alone.EndsWith(0);
        string address = Machine.FreeAddress();
        using Machine worker = new(training.Folder, variable, "worker", "--join", address, "--connection-name", "shop");
        using Machine driver = new(training.Folder, variable, [.. train, "query.json", "--work", "work", "--cluster", address]);
        driver.EndsWith(0);
        Assert.Equal(training.Network("query-alone.json"), training.Network("query.json"));
        Assert.Contains("reads queries of shop.", worker.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(PartsTraining.PathOf(Path.Combine(training.Folder, "work"), 1)));
    }

    [SkippableFact]
    public void MachinesThatHaveTheCertificateKeepToThemselves()
    {
        LongTest.Require();
        training.WriteCertificate("ours.pem");
        string address = Machine.FreeAddress();
        using (Machine worker = training.Work(address, more: ["--certificate", "ours.pem"]))
        {
            using Machine driver = training.Drive(address, "encrypted.json", "--certificate", "ours.pem");
            driver.EndsWith(0);
            Assert.Equal(training.Expected, training.Network("encrypted.json"));
        }
        training.WriteCertificate("theirs.pem");
        address = Machine.FreeAddress();
        using Machine bare = training.Work(address), other = training.Work(address, more: ["--certificate", "theirs.pem"]);
        using Machine refusing = training.Drive(address, "refused.json", "--certificate", "ours.pem", "--wait", "10");
        refusing.EndsWith(1);
        Assert.Contains("0 of 1 worker came to", refusing.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train --data t.csv --workers 2", "--workers says something of --cluster")]
    [InlineData("train --data t.csv --cluster here:there", "--cluster must be a host and a port, such as 10.0.0.1:11111, or the name of a connection string")]
    [InlineData("worker --folder .", "shallownet worker needs --join <host:port or name>.")]
    [InlineData("worker --join 127.0.0.1:1", "give --folder <folder>, or --connection-name <name>.")]
    public void ACommandLineThatMeansNothingIsRefused(string line, string said)
    {
        using Machine program = new(training.Folder, null, line.Split(' '));
        program.EndsWith(2);
        Assert.Contains(said, program.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--test-fraction 0.5", "--cluster trains on all rows")]
    [InlineData("--checkpoint c.state", "give --work FOLDER to keep members that are trained")]
    [InlineData("--set TimeBudgetSeconds=5", "--cluster has no time budget")]
    [InlineData("--data -", "which standard input does not allow")]
    [InlineData("--certificate part-1.csv", "can't be read as a certificate with its key")]
    public void WhatWorkersCannotDoIsRefused(string more, string said)
    {
        string[] options = more.Split(' ');
        string[] data = options[0] == "--data" ? [] : ["--data", "part-1.csv"];
        using Machine program = new(training.Folder, null, ["train", .. data, .. options, "--cluster", Machine.FreeAddress(), "--wait", "1"]);
        program.EndsWith(1);
        Assert.Contains(said, program.Output, StringComparison.Ordinal);
    }
}
