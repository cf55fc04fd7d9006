using System.Text;
using MlNetShallowNet.Samples.Tables;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Where the program writes: tables and colours on a terminal, the same text in a fixed width into a file or a pipe.</summary>
internal static class Terminal
{
    /// <summary>How wide sentences are at most, and where no terminal is meant.</summary>
    public const int MostWidth = 100;

    private const int WidthOfFiles = 240, LeastWidth = 40;

    /// <summary>An error is a sentence, however long the names in it.</summary>
    private const int LongestError = 600;

    private static readonly Lazy<IAnsiConsole> _out = new(CreateOut);

    private static readonly AsyncLocal<Redirection?> _redirection = new();

    private static readonly AsyncLocal<IAnsiConsole?> _messages = new();

    private static readonly AsyncLocal<int> _verbosity = new();

    /// <summary>Where messages go, as text: standard output unless <see cref="SendMessages"/> says otherwise.</summary>
    public static IAnsiConsole Out => _messages.Value ?? _redirection.Value?.Out ?? _out.Value;

    /// <summary>Whether messages are not wanted (--quiet).</summary>
    public static bool IsQuiet => _verbosity.Value < 0;

    /// <summary>Whether the trainer's log and every tenth of its epochs are wanted (--verbose).</summary>
    public static bool IsVerbose => _verbosity.Value > 0;

    /// <summary>Standard output, as bytes, to write to.</summary>
    public static Stream Bytes
    {
        get
        {
            StopRequest.NoteWritten();
            return _redirection.Value?.Output ?? Console.OpenStandardOutput();
        }
    }

    /// <summary>Standard error.</summary>
    public static TextWriter ErrorWriter => _redirection.Value?.Error ?? Console.Error;

    /// <summary>Whether somebody is watching, so that a moving progress bar makes sense.</summary>
    public static bool IsWatched => _redirection.Value is null && _messages.Value is null && !Console.IsOutputRedirected && Out.Profile.Capabilities.Interactive && Out.Profile.Capabilities.Ansi;

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

    private static IAnsiConsole CreatePlain(Stream output) => CreatePlain(new StreamWriter(output, new UTF8Encoding(false)) { AutoFlush = true });

    private static IAnsiConsole CreatePlain(TextWriter writer)
    {
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

    /// <summary>Sends messages elsewhere in this flow of control, where standard output is for data alone or nobody wants to read them.</summary>
    /// <param name="writer">Where they go: <see cref="ErrorWriter"/>, or <see cref="TextWriter.Null"/>.</param>
    public static IDisposable SendMessages(TextWriter writer)
    {
        IAnsiConsole? before = _messages.Value;
        _messages.Value = CreatePlain(writer);
        return new Sent(before);
    }

    /// <summary>Says fewer (-1) or more (1) than the usual messages in this flow of control.</summary>
    public static IDisposable SetVerbosity(int verbosity)
    {
        _verbosity.Value = verbosity;
        return verbosity < 0 ? SendMessages(TextWriter.Null) : new Sent(_messages.Value);
    }

    private sealed record Sent(IAnsiConsole? Before) : IDisposable
    {
        public void Dispose() => _messages.Value = Before;
    }

    private sealed record Redirection(IAnsiConsole Out, Stream Output, TextWriter Error, int Width) : IDisposable
    {
        public void Dispose() => _redirection.Value = null;
    }
}
