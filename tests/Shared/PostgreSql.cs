using System.Diagnostics;

namespace MlNetShallowNet.TestTools;

/// <summary>A PostgreSQL server of its own on the loopback address, with nothing in it, started once for all tests that use it.</summary>
public sealed class PostgreSql : IAsyncLifetime
{
    private const string Root = "/usr/lib/postgresql";

    // The server does not run as root; Debian's package brings this user.
    private const string User = "postgres";

    private readonly string _folder = Directory.CreateTempSubdirectory("postgres-tests-").FullName;
    private bool _runs;

    /// <summary>Where the server's programs are; null where there are none.</summary>
    private static string? Programs { get; } = Directory.Exists(Root)
        ? Directory.GetDirectories(Root).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max(StringComparer.Ordinal)
        : null;

    /// <summary>How to connect.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Skips the test where there is no server.</summary>
    public static void Require() => Skip.If(Programs is null, $"There is no PostgreSQL to test with: no {Root}/*/bin/initdb.");

    public Task InitializeAsync()
    {
        if (Programs is null)
            return Task.CompletedTask;
        if (Environment.UserName == "root")
            Run("chown", User, _folder);
        string data = Path.Combine(_folder, "data");
        AsUser("initdb", "-D", data, "-A", "trust", "-U", User, "-N", "-E", "UTF8", "--locale=C");
        int port = Loopback.FreePort();
        AsUser("pg_ctl", "-D", data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -p {port}", "start");
        _runs = true;
        ConnectionString = $"Host=127.0.0.1;Port={port};Username={User};Database=postgres";
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        if (_runs)
            AsUser("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private static void AsUser(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs!, program);
        if (Environment.UserName == "root")
            Run("runuser", ["-u", User, "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server would keep pipes of ours open, so it gets none.
        ProcessStartInfo start = new("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", Path.GetTempFileName(), program, .. arguments]) { WorkingDirectory = "/" };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        string said = File.ReadAllText(start.ArgumentList[2]);
        File.Delete(start.ArgumentList[2]);
        Assert.True(process.ExitCode == 0, $"{program}: {said}");
    }
}
