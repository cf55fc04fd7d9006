using System.Diagnostics;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests;

/// <summary>Where results go, and what remains when the program is stopped.</summary>
public sealed class OutputFileTests : Shallownet
{
    // Bytes: a pipe keeps sixteen pages, which is a megabyte where a page has 64 KB, and the stream that reads it a few thousand.
    private const int MoreThanAPipeHolds = 3_000_000;

    [Fact]
    public void PathsThatCannotBeWrittenAreRefusedBeforeTraining()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("t.csv", EasyTable);
        File.CreateSymbolicLink(PathOf("a"), "b");
        File.CreateSymbolicLink(PathOf("b"), "a");
        foreach (string path in (string[])["/dev/null", "a", new string('m', 300), "no-folder/m.zip", "."])
        {
            Run run = Run("train", "--data", "t.csv", "--model", path);
            run.FailsWith(path[..1]);
            Assert.Equal("", run.Output);
        }
    }

    [Theory]
    [InlineData("explain trace --data t.csv --output t.csv", "t.csv")]
    [InlineData("explain page --data t.csv --output t.csv", "t.csv")]
    [InlineData("explain trace --data t.csv --network n.json --output n.json", "n.json")]
    [InlineData("explain page --data t?.csv --output t2.csv", "t2.csv")]
    [InlineData("compare --data t*.csv --output t2.csv", "t2.csv")]
    [InlineData("train --data t*.csv --network t2.csv", "t2.csv")]
    public void WhatIsReadIsNotOverwritten(string line, string read)
    {
        foreach (string name in (string[])["t.csv", "t1.csv", "t2.csv", "n.json"])
            Write(name, EasyTable);
        RunLine(line).FailsWith($"is {read} itself, which would be overwritten.");
        Assert.Equal(EasyTable, File.ReadAllText(PathOf(read)));
    }

    [Theory]
    [InlineData("/dev/stdout", true)]
    [InlineData("/dev/shm/../null", true)]
    [InlineData("/dev/shm/m.zip", false)]
    [InlineData("/deviation", false)]
    public void FilesInMemoryAreNoDevices(string path, bool isDevice)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(isDevice, OutputFile.IsDevice(path));
    }

    [Fact]
    public void WhatIsReadIsNotOverwrittenThroughALinkedFolder()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(PathOf("real/folder"));
        Directory.CreateDirectory(PathOf("other"));
        File.CreateSymbolicLink(PathOf("link"), "real");
        File.CreateSymbolicLink(PathOf("other/inner"), "../link/folder");
        File.CreateSymbolicLink(PathOf("to-file.csv"), "other/inner/t.csv");
        Write("real/folder/t.csv", EasyTable);
        foreach (string output in (string[])["link/folder/t.csv", "other/inner/t.csv", "to-file.csv"])
            Run("explain", "trace", "--data", "real/folder/t.csv", "--output", output).FailsWith("is real/folder/t.csv itself, which would be overwritten.");
        RunLine("train --data real/folder/t.csv --network link/n.json --history real/n.json").FailsWith("give two different files");
        Assert.Equal(EasyTable, File.ReadAllText(PathOf("real/folder/t.csv")));
        Assert.NotEmpty(Run("explain", "trace", "--data", "link/folder/t.csv", "--output", "other/inner/n.json").Lines);
    }

    [Fact]
    public void StandardOutputThatIsAFileKeepsMessagesAndResults()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --preset fast --epochs 1 --network n.json").Succeeds();
        string program = Path.Combine(AppContext.BaseDirectory, "shallownet.dll");
        ProcessStartInfo shell = new("sh", ["-c", "exec \"$@\" >out.txt", "sh", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", program,
            "train", "--data", "t.csv", "--preset", "fast", "--epochs", "1", "--network", "/dev/stdout"])
        {
            WorkingDirectory = PathOf(""),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Wait(Process.Start(shell)!).Succeeds();
        string written = File.ReadAllText(PathOf("out.txt")), network = File.ReadAllText(PathOf("n.json"));
        Assert.StartsWith("\nData: t.csv", written, StringComparison.Ordinal);
        Assert.Contains("\n" + network, written, StringComparison.Ordinal);
        Assert.Contains("/dev/stdout: the network as JSON", written, StringComparison.Ordinal);
    }

    [Fact]
    public void LongNamesAndLinksAreWritten()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("t.csv", EasyTable);
        string name = new string('m', 240) + ".zip";
        Run("train", "--data", "t.csv", "--preset", "fast", "--epochs", "2", "--model", name).Succeeds();
        Assert.True(File.Exists(PathOf(name)));
        File.CreateSymbolicLink(PathOf("link.zip"), "real.zip");
        Run("train", "--data", "t.csv", "--preset", "fast", "--epochs", "2", "--model", "link.zip").Succeeds();
        Assert.NotNull(new FileInfo(PathOf("link.zip")).LinkTarget);
        Assert.True(File.Exists(PathOf("real.zip")));
        Assert.Equal(4, Directory.GetFiles(PathOf("")).Length);
    }

    [Theory]
    [InlineData("INT", "Ctrl+C")]
    [InlineData("TERM", "SIGTERM")]
    public void ASignalWhileRowsAreReadIsOneSentence(string signal, string named)
    {
        if (OperatingSystem.IsWindows())
            return;
        Process process = StartOnInput(ends: false);
        Signal(process, signal);
        Wait(process).FailsWith($"Stopped by {named} while", "nothing was written");
        Assert.Equal("old", File.ReadAllText(PathOf("m.zip")));
        Assert.Single(Directory.GetFiles(PathOf("")));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void ASecondSignalEndsAtOnceWithoutATemporaryFile(string signal)
    {
        if (OperatingSystem.IsWindows())
            return;
        // Nothing comes through the pipe any more, so that the first signal is not noticed.
        Process process = StartOnInput(ends: true);
        LetWork();
        Signal(process, signal);
        LetWork();
        Assert.False(process.HasExited);
        Signal(process, signal);
        Assert.Equal(130, Wait(process).ExitCode);
        Assert.Equal("old", File.ReadAllText(PathOf("m.zip")));
        Assert.Single(Directory.GetFiles(PathOf("")));
    }

    [Fact]
    public void ASignalWhileAFileIsWrittenLeavesNothingOfIt()
    {
        if (OperatingSystem.IsWindows())
            return;
        Process process = Start(input: false, "generate", "table", "--rows", "1000000000", "--output", "t.csv");
        while (Directory.GetFiles(PathOf("")).Length == 0)
            Thread.Sleep(10);
        Signal(process, "INT");
        Wait(process).FailsWith("Stopped by Ctrl+C while the table was generated; nothing was written.");
        Assert.Empty(Directory.GetFiles(PathOf("")));
    }

    [Fact]
    public void WhatHasGoneToStandardOutputIsNotSaidNotToBeWritten()
    {
        if (OperatingSystem.IsWindows())
            return;
        Process process = Start(input: false, "generate", "table", "--rows", "1000000000");
        Assert.NotNull(process.StandardOutput.ReadLine());
        Signal(process, "INT");
        Wait(process).FailsWith("Stopped by Ctrl+C while the table was generated.");
    }

    [Fact]
    public void ASignalEndsAComparisonOfSizes()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("t.csv", EasyTable);
        Process process = Start(input: false, "explain", "sizes", "--data", "t.csv", "--hidden", "3", "4", "--steps", "100000000", "--pictures", "p");
        while (!Directory.Exists(PathOf("p")))
            Thread.Sleep(10);
        Thread.Sleep(TimeSpan.FromSeconds(2));
        Signal(process, "INT");
        Wait(process).FailsWith("Stopped by Ctrl+C");
        Assert.Empty(Directory.GetFiles(PathOf("p")));
    }

    [Fact]
    public void ATrainingWithoutAnEpochLeavesTheOldModel()
    {
        Write("t.csv", EasyTable);
        Write("m.zip", "old");
        Run("train", "--data", "t.csv", "--hidden", "4", "--set", "TimeBudgetSeconds=1e-9", "--model", "m.zip").FailsWith("time budget", "epoch");
        Assert.Equal("old", File.ReadAllText(PathOf("m.zip")));
    }

    // A second, in pieces: after a pause of the machine a single one would be over before the program had worked.
    private static void LetWork()
    {
        for (int i = 0; i < 20; i++)
            Thread.Sleep(50);
    }

    // With rows on a pipe that stays open, which the program has begun to read; after them no more come, or there is no end of them.
    private Process StartOnInput(bool ends)
    {
        Write("m.zip", "old");
        Process process = Start(input: true, "train", "--data", "-", "--model", "m.zip");
        TaskCompletionSource isRead = new();
        _ = Task.Run(() =>
        {
            try
            {
                string rows = string.Concat(Enumerable.Repeat("1,0\n2,1\n", 1_000));
                process.StandardInput.Write("x,Label\n");
                for (int written = 0; written < MoreThanAPipeHolds; written += rows.Length)
                    process.StandardInput.Write(rows);
                isRead.SetResult();
                while (!ends)
                    process.StandardInput.Write(rows);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or NullReferenceException)
            {
                // The program has ended.
            }
        });
        Assert.True(Patience.Until(isRead.Task.Wait), "The program did not read.");
        return process;
    }
}
