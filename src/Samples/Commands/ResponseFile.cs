using System.CommandLine.Parsing;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>
/// <c>@FILE</c> stands for the arguments in a file: several on a line, with quotes around those with spaces; lines that begin with # are remarks.
/// </summary>
internal static class ResponseFile
{
    /// <summary>Reads the arguments.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arguments">What stands in it.</param>
    /// <param name="error">What is wrong, in a sentence.</param>
    public static bool Read(string path, out IReadOnlyList<string>? arguments, out string? error)
    {
        try
        {
            arguments = [.. File.ReadLines(path).Where(line => !line.TrimStart().StartsWith('#')).SelectMany(CommandLineParser.SplitCommandLine)];
            error = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            arguments = null;
            error = $"@{path} stands for the arguments in a file {path}, which can't be read ({e.Message}); a value that begins with @ is written --option=@value.";
            return false;
        }
    }
}
