using System.Diagnostics;

namespace MlNetShallowNet.TestTools;

/// <summary>A Redis of its own on the loopback address, with nothing in it, started once for all tests that use it.</summary>
public sealed class Redis : IAsyncLifetime
{
    private Process? _server;

    /// <summary>The server's program; null where there is none.</summary>
    private static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    /// <summary>How to connect.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Skips the test where there is no server.</summary>
    public static void Require() => Skip.If(Program is null, "There is no Redis to test with: no redis-server on the path.");

    public async Task InitializeAsync()
    {
        if (Program is null)
            return;
        int port = Loopback.FreePort();
        _server = Process.Start(new ProcessStartInfo(
            Program, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--logfile", "/dev/null", "--daemonize", "no"]))!;
        Assert.True(await Patience.Until(() => _server.HasExited || Loopback.Listens(port)) && !_server.HasExited, "The Redis did not start.");
        ConnectionString = $"127.0.0.1:{port}";
    }

    public Task DisposeAsync()
    {
        _server?.Kill();
        _server?.Dispose();
        return Task.CompletedTask;
    }
}
