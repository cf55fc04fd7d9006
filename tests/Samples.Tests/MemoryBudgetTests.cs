using System.Diagnostics;

namespace MlNetShallowNet.SamplesTests;

/// <summary>Tables whose rows exceed the memory budget.</summary>
public class MemoryBudgetTests : Shallownet
{
    [Fact]
    public void ADiskThatIsFullIsToldInASentence()
    {
        if (OperatingSystem.IsWindows())
            return; // no limit of a file's size to set
        Run("generate", "table", "--rows", "80000", "--columns", "28", "--output", "t.csv").Succeeds();
        // The largest file that the program may write stands for the disk. The runtime itself asks for a large one unless it is told not to.
        string program = Path.Combine(AppContext.BaseDirectory, "shallownet.dll"), host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new("bash")
        {
            WorkingDirectory = PathOf(""),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-c", "trap '' XFSZ; ulimit -f 3000; exec \"$0\" \"$@\"", host, program, "train", "--data", "t.csv", "--memory-budget", "16", "--preset", "fast" },
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        Wait(Process.Start(start)!).FailsWith("exceed the memory budget", "can't be written after 2", "MB", "TMPDIR", "raise the memory budget");
    }

    [Fact]
    public void ItTrainsThroughATemporaryFileAndSaysHowMuchMemoryItNeeded()
    {
        Run("generate", "table", "--rows", "80000", "--columns", "28", "--output", "t.csv").Succeeds();
        Run("train", "--data", "t.csv", "--memory-budget", "16", "--preset", "fast").Succeeds().Says("with 16 MB as the budget for rows");
    }
}
