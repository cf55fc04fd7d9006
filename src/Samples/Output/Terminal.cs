using System.Text;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Where the program writes: tables and colours on a terminal, the same text in a fixed width into a file or a pipe.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 240;

    private static readonly Lazy<IAnsiConsole> _out = new(CreateOut);

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Out => _out.Value;

    /// <summary>Whether somebody is watching, so that a moving progress bar makes sense.</summary>
    public static bool IsWatched => !Console.IsOutputRedirected && Out.Profile.Capabilities.Interactive && Out.Profile.Capabilities.Ansi;

    /// <summary>Writes a line of plain text, which is not broken however long it is.</summary>
    public static void Line(string text = "") => Out.Profile.Out.Writer.WriteLine(text);

    /// <summary>A number of things: 1 row, 2 rows.</summary>
    public static string Count(long number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    /// <summary>Writes a heading.</summary>
    public static void Heading(string text)
    {
        Out.WriteLine();
        Out.MarkupLine($"[bold]{Markup.Escape(text)}[/]");
    }

    /// <summary>A column of numbers in a table.</summary>
    public static TableColumn RightAligned(string name) => new TableColumn(Markup.Escape(name)).RightAligned();

    /// <summary>The one sentence of a user's error, on standard error.</summary>
    public static void Error(string message) => Console.Error.WriteLine(message.ReplaceLineEndings(" "));

    private static IAnsiConsole CreateOut()
    {
        if (!Console.IsOutputRedirected)
        {
            Console.OutputEncoding = Encoding.UTF8;
            return AnsiConsole.Console;
        }
        // Not Console.Out: its encoding is the terminal's, and a file's readers expect UTF-8.
        StreamWriter writer = new(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
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
}
