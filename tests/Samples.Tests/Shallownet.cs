using System.Diagnostics;
using MlNetShallowNet.Samples.Commands;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests;

/// <summary>What a run of the program came to.</summary>
internal sealed record Run(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Asserts that the run went well.</summary>
    public Run Succeeds() => EndsWith(0);

    /// <summary>Asserts that the run ended with a code, and without an error.</summary>
    public Run EndsWith(int code)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode}: {Error}\n{Output}");
        Assert.Equal("", Error);
        return this;
    }

    /// <summary>Asserts that these words are in the output.</summary>
    public void Says(string words) => Assert.Contains(words, Output, StringComparison.Ordinal);

    /// <summary>Asserts a user's error: exit code 1 and a single line, with these words in it and no trace of the stack.</summary>
    public void FailsWith(params string[] words)
    {
        Assert.True(ExitCode == 1, $"exit code {ExitCode}: {Error}\n{Output}");
        Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (string word in words)
            Assert.Contains(word, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unforeseen", Error, StringComparison.Ordinal);
    }

    /// <summary>Asserts a usage error: exit code 2, these words, nothing done.</summary>
    public void IsMisused(params string[] words)
    {
        Assert.True(ExitCode == 2, $"exit code {ExitCode}: {Error}\n{Output}");
        foreach (string word in words)
            Assert.Contains(word, Error, StringComparison.Ordinal);
        Assert.Equal("", Output);
    }

    /// <summary>The value of a metric in the table that was printed.</summary>
    public double Metric(string name)
    {
        string row = Lines.First(line => line.Contains($" {name}", StringComparison.Ordinal));
        return double.Parse(row.Split('│', '|')[2], System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>
/// The program with a directory of its own to work in, which is deleted at the end. It runs within the tests' process, which is many times
/// as fast, one run at a time because the working directory is the process's; where signals or standard input matter it is started.
/// </summary>
public abstract class Shallownet : IDisposable
{
    private static readonly Lock _oneAtATime = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("shallownet-tests-").FullName;

    /// <summary>The text of a small table that a network learns easily: x decides.</summary>
    protected static string EasyTable { get; } =
        "x,y,Label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 13 - 6},{i * 7 % 10},{(i % 13 > 6 ? 1 : 0)}\n"));

    /// <summary>How wide the terminal is.</summary>
    protected int Width { get; set; } = 100;

    /// <summary>A file of the working directory.</summary>
    protected string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>A table that comes with the program.</summary>
    private protected static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    /// <summary>Writes the first rows of a table that comes with the program, for tests in which more rows of the same kind show nothing more.</summary>
    private protected string Head(string name, int rows)
    {
        File.WriteAllLines(PathOf(name), File.ReadLines(Data(name)).Take(rows + 1));
        return name;
    }

    /// <summary>Writes a text file.</summary>
    protected string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return name;
    }

    /// <summary>Starts the program in the working directory.</summary>
    private protected Process Start(params string[] arguments) => Start(input: false, arguments);

    /// <summary>Starts the program, perhaps with something to read on standard input.</summary>
    private protected Process Start(bool input, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = input,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "shallownet.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Runs the program to its end.</summary>
    private protected Run Run(params string[] arguments) => Run(() => ProgramCommand.Run(arguments));

    /// <summary>Runs a part of the program, which writes where the program does.</summary>
    private protected Run Run(Action part) => Run(() =>
    {
        part();
        return 0;
    });

    private Run Run(Func<int> program)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        int code = 0;
        Inside(() =>
        {
            TextWriter console = Console.Out;
            using StreamWriter writer = new(output, new System.Text.UTF8Encoding(false), leaveOpen: true) { AutoFlush = true };
            Console.SetOut(writer);
            using IDisposable redirection = Terminal.Redirect(output, error, Width);
            try
            {
                code = program();
            }
            finally
            {
                Console.SetOut(console);
            }
        });
        return new Run(code, System.Text.Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Does something in the working directory while no other test does.</summary>
    protected void Inside(Action action)
    {
        lock (_oneAtATime)
        {
            string folder = Environment.CurrentDirectory;
            Environment.CurrentDirectory = _folder;
            try
            {
                action();
            }
            finally
            {
                Environment.CurrentDirectory = folder;
            }
        }
    }

    /// <summary>Copies a table of cases/ to the working directory.</summary>
    private protected string Case(string name)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "cases", name), PathOf(name), overwrite: true);
        return name;
    }

    /// <summary>Trains quickly on all rows of a table and keeps the model as m.zip.</summary>
    private protected Run Train(string table, params string[] options) =>
        Run(["train", "--data", table, "--preset", "fast", "--test-fraction", "0", "--model", "m.zip", .. options]);

    /// <summary>The scores of the model m.zip.</summary>
    private protected double[] Scores(string table)
    {
        Run("predict", "--model", "m.zip", "--data", table, "--output", "scores.csv").Succeeds();
        return [.. File.ReadLines(PathOf("scores.csv")).Skip(1).Select(
            line => double.Parse(line.Split(',')[^2], System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>Runs the program on arguments written as on a command line; the only spaces in them may be those of the tests' own folder.</summary>
    private protected Run RunLine(string arguments)
    {
        const string folder = "<tests>";
        string[] parts = arguments.Replace(AppContext.BaseDirectory, folder).Split(' ');
        return Run([.. parts.Select(part => part.Replace(folder, AppContext.BaseDirectory))]);
    }

    /// <summary>The address that a web service has taken, which it says when it listens.</summary>
    private protected static string Address(Process service)
    {
        const string said = "Now listening on: ";
        for (string? line = ""; line is not null; line = service.StandardOutput.ReadLine())
        {
            int at = line.IndexOf(said, StringComparison.Ordinal);
            if (at >= 0)
                return line[(at + said.Length)..].Trim();
        }
        throw new InvalidOperationException("The service ended before it listened: " + service.StandardError.ReadToEnd());
    }

    /// <summary>Starts the SDK.</summary>
    private protected static Process Dotnet(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(variable); // of the build that runs this test
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal, to which the program may have ended before.</summary>
    private protected static void Signal(Process process, string name)
    {
        using Process kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{process.Id}"]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    /// <summary>Waits for the program's end.</summary>
    private protected static Run Wait(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!Patience.Until(process.WaitForExit))
            {
                process.Kill();
                Assert.Fail("The program didn't end.");
            }
            return new Run(process.ExitCode, output.Result, error.Result);
        }
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
