using System.Diagnostics;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests;

/// <summary>The program's file for the state of training.</summary>
public sealed class CheckpointTests : Shallownet
{
    [Fact]
    public void ItIsDeletedWhenTheResultsAreSaved()
    {
        Write("t.csv", EasyTable);
        Train("t.csv", "--checkpoint", "c").Succeeds();
        Assert.False(File.Exists(PathOf("c")));
    }

    [Fact]
    public void ItStaysWhenTrainingIsStoppedAndIsGoneOnFrom()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("t.csv", EasyTable);
        string[] command = ["train", "--data", "t.csv", "--preset", "fast", "--checkpoint", "c", "--network", "n.json"];
        Run(command).Succeeds();
        string expected = File.ReadAllText(PathOf("n.json"));
        Process process = Start([.. command, "--epochs", "1000000", "--set", "Patience=1000000", "--set", "CheckpointSeconds=0.001"]);
        Assert.True(Patience.Until(milliseconds =>
        {
            process.WaitForExit(milliseconds);
            return process.HasExited || File.Exists(PathOf("c"));
        }));
        Signal(process, "INT");
        Wait(process).Succeeds().Says("the same command goes on from it");
        Run(command).FailsWith("c is no checkpoint of this training", "NumberOfIterations was 1000000 and is 8", "delete it");
        File.Delete(PathOf("c"));
        Run(command).Succeeds();
        Assert.Equal(expected, File.ReadAllText(PathOf("n.json")));
    }

    [Fact]
    public void AnotherFileIsRefusedAndLeftAlone()
    {
        Write("t.csv", EasyTable);
        Write("c", "my notes");
        Train("t.csv", "--checkpoint", "c").FailsWith("c is no checkpoint", "something else");
        Assert.Equal("my notes", File.ReadAllText(PathOf("c")));
        Train("t.csv", "--checkpoint", "t.csv").FailsWith("--checkpoint is t.csv itself");
        Train("t.csv", "--checkpoint", "m.zip").FailsWith("--model and --checkpoint both say m.zip");
        Train("t.csv", "--checkpoint", "/dev/null").FailsWith("/dev/null", "device");
    }
}
