using Microsoft.Playwright;
using MlNetShallowNet.Samples.Commands;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.BrowserTests;

/// <summary>The browser of the machine with one window, started once for all tests, and the pages that the program writes, each once.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Playwright's own limit is half a minute, which a machine where much else runs may need.
    private const float MostMilliseconds = 300_000;

    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];
    private readonly string _folder = Directory.CreateTempSubdirectory("page-tests-").FullName;
    private readonly Dictionary<string, string> _written = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IPage? _page;
    private List<string> _requests = [], _complaints = [];

    /// <summary>Where it is; null where there is none.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => _names.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (Path is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = ["--no-sandbox"], Timeout = MostMilliseconds });
        _page = await _browser.NewPageAsync();
        _page.SetDefaultTimeout(MostMilliseconds);
        _page.Request += (_, request) => _requests.Add(request.Url);
        _page.Console += (_, message) => _complaints.Add(message.Text);
        _page.PageError += (_, error) => _complaints.Add(error);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Opens the lesson that the program writes for these options.</summary>
    public async Task<LessonView> Open(string options = "", int width = 1280, int height = 800, bool isDark = false) =>
        new(await Visit(() => Write(options), width, height, isDark));

    /// <summary>Opens the report that a command writes.</summary>
    public Task<View> OpenReport(string command, string table, params string[] options) =>
        Visit(() => Write("--report", [command, "--data", DataPath(table), .. options]));

    /// <summary>The file that <c>explain page</c> writes for these options.</summary>
    public string Write(string options = "") =>
        Write("--output", ["explain", "page", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>The option that names a table of the repository.</summary>
    public static string Table(string name) => $"--data {DataPath(name)}";

    private static string DataPath(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "data", name);

    /// <summary>Opens a file in the window, in which nothing is left of the file before.</summary>
    private async Task<View> Visit(Func<string> write, int width = 1280, int height = 800, bool isDark = false)
    {
        Skip.If(_page is null, $"There is no browser to test with: none of {string.Join(", ", _names)} is in PATH.");
        await _page!.GotoAsync("about:blank");
        await _page.Mouse.MoveAsync(0, 0);
        await _page.SetViewportSizeAsync(width, height);
        await _page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light });
        (_requests, _complaints) = ([], []);
        await _page.GotoAsync(new Uri(write()).AbsoluteUri);
        return new View(_page, _requests, _complaints);
    }

    private string Write(string option, string[] arguments)
    {
        string line = string.Join('\0', arguments);
        if (_written.TryGetValue(line, out string? path))
            return path;
        path = System.IO.Path.Combine(_folder, $"page{_written.Count}.html");
        using StringWriter error = new();
        using (Terminal.Redirect(Stream.Null, error, Terminal.MostWidth))
            Assert.True(ProgramCommand.Run([.. arguments, option, path]) == 0, error.ToString());
        return _written[line] = path;
    }
}

/// <summary>All tests of pages share one browser.</summary>
[CollectionDefinition(Name)]
public sealed class PageTests : ICollectionFixture<Chromium>
{
    public const string Name = "pages";
}
