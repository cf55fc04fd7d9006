using System.Diagnostics;
using System.Text.Json;

namespace MlNetShallowNet.Bench.Training;

/// <summary>Runs other programs that print a line of JSON: the peers' scripts, and this program for one run of ours.</summary>
internal static class Peers
{
    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "peers", name);

    /// <summary>
    /// Runs one of the peers' scripts with the system's Python; settings that would slow the libraries down are taken away.
    /// </summary>
    public static T? Python<T>(string script, params string[] arguments)
    {
        string python = Environment.GetEnvironmentVariable("BENCH_PYTHON")
            ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");
        string? line = Run(python, [Script(script), .. arguments]);
        return string.IsNullOrWhiteSpace(line) ? default : JsonSerializer.Deserialize<T>(line, TrainingTime.Json);
    }

    /// <summary>Runs this program, however it was started: the process is the program itself, or <c>dotnet</c> with the program's assembly.</summary>
    public static TrainingTime Own(params string[] arguments)
    {
        string process = Environment.ProcessPath!, assembly = typeof(Peers).Assembly.Location;
        bool isHost = Path.GetFileNameWithoutExtension(process) != Path.GetFileNameWithoutExtension(assembly);
        string? line = Run(process, isHost ? [assembly, .. arguments] : arguments);
        return JsonSerializer.Deserialize<TrainingTime>(line ?? "", TrainingTime.Json)!;
    }

    private static string? Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in new[] { "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "NVPL_BLAS_DEBUG_CPU_TYPE", "ATEN_CPU_CAPABILITY" })
            start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {error.Result}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
    }
}
