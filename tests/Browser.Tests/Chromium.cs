using System.Diagnostics;
using Microsoft.Playwright;

namespace MlNetShallowNet.BrowserTests;

/// <summary>The browser of the machine, started once for all tests, and the pages that the program writes.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];
    private readonly string _folder = Directory.CreateTempSubdirectory("lesson-tests-").FullName;
    private readonly Dictionary<string, string> _written = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where it is; null where there is none.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => _names.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (Path is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Opens the page that the program writes for these options, in a window of its own.</summary>
    public async Task<LessonView> Open(string options = "", int width = 1280, int height = 800, bool isDark = false)
    {
        Skip.If(Path is null, $"There is no browser to test with: none of {string.Join(", ", _names)} is in PATH.");
        IBrowserContext context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        });
        return await LessonView.Open(context, Write(options));
    }

    /// <summary>The file that <c>explain page</c> writes for these options.</summary>
    public string Write(string options = "")
    {
        if (_written.TryGetValue(options, out string? path))
            return path;
        path = System.IO.Path.Combine(_folder, $"lesson{_written.Count}.html");
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[System.IO.Path.Combine(AppContext.BaseDirectory, "shallownet.dll"), "explain", "page",
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--output", path])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return _written[options] = path;
    }

    /// <summary>The option that names a table of the repository.</summary>
    public static string Table(string name) => $"--data {System.IO.Path.Combine(AppContext.BaseDirectory, "data", name)}";
}

/// <summary>All tests of the page share one browser.</summary>
[CollectionDefinition(Name)]
public sealed class LessonTests : ICollectionFixture<Chromium>
{
    public const string Name = "lesson";
}
