using System.Diagnostics;
using System.Globalization;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests;

/// <summary>
/// The program is ended at random moments, many of them while it writes: what is at the target is the old file or the new one, whole, and the
/// same command goes on and ends with the same bits. SHALLOWNET_KILLS says how often, by default 10 times of each kind where long tests are wanted and once elsewhere.
/// </summary>
public sealed class KillTests : Shallownet
{
    private static readonly int _kills =
        int.TryParse(Environment.GetEnvironmentVariable("SHALLOWNET_KILLS"), CultureInfo.InvariantCulture, out int kills) ? Math.Clamp(kills, 1, 1_000) : LongTest.IsWanted ? 10 : 1;

    // After so many kills more it is no accident that none came before the run's own end.
    private const int MostMore = 10;

    private static readonly string[] _command =
    [
        "train", "--data", "t.csv", "--set", "Members=3", "--hidden", "24", "--epochs", "40", "--set", "Patience=40", "--threads", "2",
        "--checkpoint", "c.checkpoint", "--set", "CheckpointSeconds=0.001", "--model", "m.zip", "--network", "n.json", "--history", "h.csv",
    ];

    [Fact]
    public void AKilledRunLeavesTheOldOrTheNewAndIsGoneOnFrom() => EndAtRandom(["KILL"], seed: 1);

    [Fact]
    public void ASignalledRunLeavesNothingBeside() => EndAtRandom(["INT", "TERM"], seed: 2);

    private void EndAtRandom(string[] signals, int seed)
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("t.csv", "x,y,Label\n" + string.Concat(Enumerable.Range(0, 900).Select(i => $"{i % 13 - 6},{i * 7 % 10},{(i * i % 17 + i % 13 > 14 ? 1 : 0)}\n")));
        Run("train", "--data", "t.csv", "--preset", "fast", "--epochs", "2", "--seed", "7", "--model", "m.zip", "--network", "n.json").Succeeds();
        Result old = Found();
        byte[] oldModel = File.ReadAllBytes(PathOf("m.zip"));
        Stopwatch watch = Stopwatch.StartNew();
        Wait(Start(_command)).Succeeds();
        TimeSpan whole = watch.Elapsed;
        Result expected = Found();
        Assert.NotEqual(old.Network, expected.Network);
        string[] files = FilesNow();
        Random random = new(seed);
        int ended = 0;
        // A moment may come too late where the run that is timed was slower than those after it.
        for (int kill = 0; kill < _kills || (signals is ["KILL"] && ended == 0 && kill < _kills + MostMore); kill++)
        {
            File.WriteAllBytes(PathOf("m.zip"), oldModel);
            File.WriteAllText(PathOf("n.json"), old.Network);
            string signal = signals[kill % signals.Length];
            Process process = Start(_command);
            Task moment = kill % 2 == 0 ? Task.Delay(whole * random.NextDouble()) : UntilWriting(process, random.Next(1, 60));
            moment.Wait();
            bool isRunning = !process.HasExited;
            Signal(process, signal);
            int code = Wait(process).ExitCode;
            ended += isRunning && code != 0 ? 1 : 0;
            Result now = Found();
            // Stopped by a signal, training saves the best so far, which is neither.
            if (signal == "KILL" || code != 0)
            {
                Assert.True(now.Network == old.Network || now.Network == expected.Network, $"kill {kill}, exit code {code}");
                Assert.True(now.Scores == old.Scores || now.Scores == expected.Scores, $"kill {kill}, exit code {code}");
            }
            if (signal != "KILL")
                Assert.All(FilesNow(), file => Assert.True(files.Contains(file) || file == "c.checkpoint", file));

            Run(_command).Succeeds();
            Assert.Equal(expected, Found());
            Assert.Equal(files, FilesNow());
        }
        Assert.True(signals is not ["KILL"] || ended > 0, "No run was killed.");
    }

    private sealed record Result(string Network, string Scores);

    // Reading both is how to know that they are whole.
    private Result Found()
    {
        NetworkJson.Load(PathOf("n.json"));
        return new Result(File.ReadAllText(PathOf("n.json")), string.Join(' ', Scores("t.csv")));
    }

    private string[] FilesNow() => [.. Directory.GetFiles(PathOf("")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    // Until a file is being written for the given time.
    private Task UntilWriting(Process process, int times) => Task.Run(() =>
    {
        HashSet<string> seen = [];
        while (!process.HasExited && seen.Count < times)
            seen.UnionWith(Directory.GetFiles(PathOf(""), ".*.tmp"));
    });
}
