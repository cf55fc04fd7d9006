using System.Diagnostics;
using System.Text.RegularExpressions;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests.Docs;

/// <summary>What docs/scale.md has a scheduler do, with stand-ins for the scheduler and for the folder that all see.</summary>
public sealed partial class SchedulerTests : Shallownet
{
    // Runs a job at once, or as many as the array has, each with its number, and tells the number that the next waits for.
    private const string Sbatch = """
        #!/bin/bash
        first=; last=
        while [ $# -gt 1 ]; do
          case "$1" in
            --array=*) range=${1#--array=}; first=${range%-*}; last=${range#*-} ;;
            --dependency=afterok:7 | --parsable) ;;
            --wrap) ;;
            *) exit 64 ;;
          esac
          shift
        done
        for k in $(seq "${first:-0}" "${last:-0}"); do
          SLURM_ARRAY_TASK_ID=${first:+$k} sh -c "$1" >&2 || exit 1
        done
        echo 7
        """;

    private const string Small = "--preset fast --set Members=2";

    [SkippableFact]
    public void TheArrayOfSlurmTrainsTheNetworkOfOneProcess()
    {
        LongTest.Require();
        if (OperatingSystem.IsWindows())
            return; // no shell
        string one = Prepare();
        Shell(Slurm.Replace("/data/model.zip'", "/data/model.zip --network joined.json'", StringComparison.Ordinal));
        Assert.Equal(one, File.ReadAllText(PathOf("joined.json")));
        Assert.True(File.Exists(PathOf("data/model.zip")));
    }

    [SkippableFact]
    public void TheIndexedJobOfKubernetesTrainsTheNetworkOfOneProcess()
    {
        LongTest.Require();
        if (OperatingSystem.IsWindows())
            return; // no shell
        string one = Prepare(), command = Command().Match(Block("yaml", "completionMode: Indexed")).Groups[1].Value;
        Assert.Contains("shallownet train-member", command, StringComparison.Ordinal);
        Shell($"""
            {Slurm.Split('\n').First(line => line.StartsWith("shallownet plan", StringComparison.Ordinal))}
            for k in 0 1; do JOB_COMPLETION_INDEX=$k sh -c '{command}'; done
            shallownet join --work /data/work --network joined.json
            """);
        Assert.Equal(one, File.ReadAllText(PathOf("joined.json")));
    }

    // The page's, of fewer members on two files of some rows.
    private static string Slurm => Block("sh", "sbatch ").Replace("--array=0-7", "--array=0-1", StringComparison.Ordinal)
        .Replace("shallownet plan ", $"shallownet plan {Small} ", StringComparison.Ordinal);

    // The files, the stand-ins, and the network that one process trains.
    private string Prepare()
    {
        Directory.CreateDirectory(PathOf("data"));
        Directory.CreateDirectory(PathOf("bin"));
        string[] lines = EasyTable.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Write("data/part-0.csv", string.Join('\n', lines[..30]) + "\n");
        Write("data/part-1.csv", string.Join('\n', [lines[0], .. lines[30..]]) + "\n");
        RunLine($"train --data {PathOf("data/part-*.csv")} {Small} --test-fraction 0 --network one.json").Succeeds();
        Program("sbatch", Sbatch);
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        Program("shallownet", $"#!/bin/sh\nexec \"{host}\" \"{Path.Combine(AppContext.BaseDirectory, "shallownet.dll")}\" \"$@\"\n");
        return File.ReadAllText(PathOf("one.json"));
    }

    private void Program(string name, string text)
    {
        Write($"bin/{name}", text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf($"bin/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // /data is the test's own folder, and its files are text.
    private void Shell(string script)
    {
        string here = script.Replace("/data/", PathOf("data/"), StringComparison.Ordinal).Replace(".parquet", ".csv", StringComparison.Ordinal);
        ProcessStartInfo start = new("bash", ["-e", "-c", here]) { WorkingDirectory = PathOf(""), RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{PathOf("bin")}:{start.Environment["PATH"]}";
        Run ran = Wait(Process.Start(start)!);
        Assert.True(ran.ExitCode == 0, $"{here}\n{ran.Error}\n{ran.Output}");
    }

    // The page's only block of a kind that has some words.
    private static string Block(string kind, string words) => Assert.Single(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "scale.md")).Split($"```{kind}\n").Skip(1).Select(block => block.Split("\n```")[0]),
        block => block.Contains(words, StringComparison.Ordinal));

    [GeneratedRegex("command: \\[sh, -c, \"(.*)\"\\]")]
    private static partial Regex Command();
}
