using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.ClusterTests;

/// <summary>A process of the program, whose lines can be waited for.</summary>
public sealed class Machine : IDisposable
{
    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly ConcurrentQueue<string> _all = [];

    public Machine(string folder, (string Name, string Value)? variable, params string[] arguments)
    {
        ProcessStartInfo start = new(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "shallownet.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Most of the seconds that it lives are spent on compiling: once is enough.
        (start.Environment["DOTNET_TieredPGO"], start.Environment["DOTNET_TC_CallCountThreshold"]) = ("0", "1000");
        if (variable is { } set)
            start.Environment[set.Name] = set.Value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The process's number, which is in a worker's name.</summary>
    public int Id => _process.Id;

    /// <summary>All lines so far.</summary>
    public string Output => string.Join('\n', _all);

    /// <summary>Has <see cref="Says"/> look only at lines that come from now on.</summary>
    public void Forget()
    {
        while (_lines.TryTake(out _))
        {
        }
    }

    /// <summary>Waits for a line with these words.</summary>
    public string Says(string words)
    {
        string said = "";
        bool isSaid = Patience.Until(milliseconds =>
        {
            while (_lines.TryTake(out string? line, milliseconds))
            {
                said = line;
                if (line.Contains(words, StringComparison.Ordinal))
                    return true;
            }
            if (_process.HasExited)
                _process.WaitForExit(); // for its last lines
            return _process.HasExited && _lines.Count == 0;
        });
        Assert.True(isSaid && said.Contains(words, StringComparison.Ordinal), $"It never said '{words}':\n{Output}");
        return said;
    }

    /// <summary>Waits for the end.</summary>
    public void EndsWith(int code)
    {
        Assert.True(Patience.Until(_process.WaitForExit), $"It did not end:\n{Output}");
        _process.WaitForExit();
        Assert.True(_process.ExitCode == code, $"exit code {_process.ExitCode}:\n{Output}");
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(string name) => Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        _lines.Dispose();
    }

    /// <summary>An address on which nothing listens.</summary>
    public static string FreeAddress() => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Loopback.FreePort()}");

    private void Take(string? line)
    {
        if (line is null)
            return;
        _all.Enqueue(line);
        _lines.Add(line);
    }
}
