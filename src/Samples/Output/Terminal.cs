using System.Text;
using MlNetShallowNet.Samples.Tables;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Where the program writes: tables and colours on a terminal, the same text in a fixed width into a file or a pipe.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 240, LeastWidth = 40, MostWidth = 100;

    /// <summary>An error is a sentence, however long the names in it.</summary>
    private const int LongestError = 600;

    private static readonly Lazy<IAnsiConsole> _out = new(CreateOut);

    private static readonly AsyncLocal<Redirection?> _redirection = new();

    /// <summary>Standard output, as text.</summary>
    public static IAnsiConsole Out => _redirection.Value?.Out ?? _out.Value;

    /// <summary>Standard output, as bytes.</summary>
    public static Stream Bytes => _redirection.Value?.Output ?? Console.OpenStandardOutput();

    /// <summary>Standard error.</summary>
    public static TextWriter ErrorWriter => _redirection.Value?.Error ?? Console.Error;

    /// <summary>Whether somebody is watching, so that a moving progress bar makes sense.</summary>
    public static bool IsWatched => _redirection.Value is null && !Console.IsOutputRedirected && Out.Profile.Capabilities.Interactive && Out.Profile.Capabilities.Ansi;

    /// <summary>How wide sentences are: as the terminal, up to 100 columns, beyond which lines are hard to read; in a file or a pipe as COLUMNS says.</summary>
    public static int TextWidth => _redirection.Value?.Width ?? Math.Clamp(
        !Console.IsOutputRedirected ? Out.Profile.Width : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out int columns) ? columns : MostWidth,
        LeastWidth, MostWidth);

    /// <summary>Writes a line of plain text, which is not broken however long it is.</summary>
    public static void Line(string text = "") => Out.Profile.Out.Writer.WriteLine(Shown.Visible(text));

    /// <summary>A number of things: 1 row, 2 rows.</summary>
    public static string Count(long number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    /// <summary>Writes a heading.</summary>
    public static void Heading(string text)
    {
        Out.WriteLine();
        Out.MarkupLine($"[bold]{Markup.Escape(Shown.Visible(text))}[/]");
    }

    /// <summary>A column of numbers in a table.</summary>
    public static TableColumn RightAligned(string name) => new TableColumn(Markup.Escape(Shown.Visible(name))).RightAligned();

    /// <summary>The one sentence of a user's error, on standard error.</summary>
    public static void Error(string message) => ErrorWriter.WriteLine(Shown.Visible(Shortened(message.ReplaceLineEndings(" "))));

    private static string Shortened(string message) => message.Length <= LongestError
        ? message
        : $"{message.AsSpan(0, LongestError / 2)} ... {message.AsSpan(message.Length - LongestError / 2)}";

    private static IAnsiConsole CreateOut()
    {
        if (!Console.IsOutputRedirected)
        {
            Console.OutputEncoding = Encoding.UTF8;
            return AnsiConsole.Console;
        }
        // Not Console.Out: its encoding is the terminal's, and a file's readers expect UTF-8.
        return CreatePlain(Console.OpenStandardOutput());
    }

    private static IAnsiConsole CreatePlain(Stream output)
    {
        StreamWriter writer = new(output, new UTF8Encoding(false)) { AutoFlush = true };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = WidthOfFiles;
        return console;
    }

    /// <summary>Lets what runs in this flow of control write elsewhere until this is disposed of, as a test does.</summary>
    public static IDisposable Redirect(Stream output, TextWriter error, int width = MostWidth) =>
        _redirection.Value = new Redirection(CreatePlain(output), output, error, width);

    private sealed record Redirection(IAnsiConsole Out, Stream Output, TextWriter Error, int Width) : IDisposable
    {
        public void Dispose() => _redirection.Value = null;
    }
}
