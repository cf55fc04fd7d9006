using System.Text.RegularExpressions;

namespace MlNetShallowNet.SamplesTests.Docs;

/// <summary>
/// Writes what commands print into the pages of docs/, and the pictures that they draw, where the environment says SHALLOWNET_UPDATE_DOCS=1:
/// <c>SHALLOWNET_UPDATE_DOCS=1 dotnet test tests/Samples.Tests --filter FullyQualifiedName~Docs</c>, then the same without it.
/// </summary>
internal static partial class DocumentUpdate
{
    private const string Elided = "...";

    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("SHALLOWNET_UPDATE_DOCS") == "1";

    /// <summary>The folder docs/ of the clone that the tests were built in.</summary>
    public static string SourceFolder => Path.Combine(Clone.Root, "docs");

    /// <summary>Puts what was printed in the place of a command's output, as much of it as the page shows.</summary>
    public static void Write(string page, string command, string[] expected, string[] printed)
    {
        bool startOpen = expected is [Elided, ..], endOpen = expected is [.., Elided];
        string[] core = expected[(startOpen ? 1 : 0)..(endOpen ? ^1 : ^0)];
        int first = startOpen ? Array.FindIndex(printed, line => Shape(line) == Shape(core[0])) : 0;
        if (first < 0)
            return; // other words are printed: for a person to look at
        int end = endOpen ? Math.Min(printed.Length, first + core.Length) : printed.Length;
        while (!endOpen && end > first && printed[end - 1].Length == 0)
            end--;
        string path = Path.Combine(SourceFolder, page), text = File.ReadAllText(path);
        string before = Block(command, expected);
        string after = Block(command, [.. startOpen ? [Elided] : Array.Empty<string>(), .. printed[first..end],
            .. endOpen ? [Elided] : Array.Empty<string>()]);
        File.WriteAllText(path, text.Replace(before, after));
    }

    private static string Block(string command, string[] output) => $"$ shallownet {command}\n{string.Concat(output.Select(l => l + "\n"))}```";

    private static string Shape(string line) => Numbers().Replace(line, "#").Replace(" ", "");

    [GeneratedRegex(@"-?\d[\d.e+-]*")]
    private static partial Regex Numbers();
}
