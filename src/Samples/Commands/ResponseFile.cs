using System.CommandLine.Parsing;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>
/// <c>@FILE</c> stands for the arguments in a file: several on a line, with quotes around those with spaces; lines that begin with # are remarks.
/// </summary>
internal static class ResponseFile
{
    /// <summary>Reads the arguments, and those of files that stand in the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arguments">What stands in it.</param>
    /// <param name="error">What is wrong, in a sentence.</param>
    public static bool Read(string path, out IReadOnlyList<string>? arguments, out string? error)
    {
        try
        {
            arguments = [.. Expand(path, [])];
            error = null;
            return true;
        }
        catch (UserError e)
        {
            arguments = null;
            error = e.Message;
            return false;
        }
    }

    // The parser would put in the arguments of such files too, but for ever where a file is in itself.
    private static IEnumerable<string> Expand(string path, IReadOnlyList<string> within)
    {
        if (within.Any(outer => Path.GetFullPath(outer) == Path.GetFullPath(path)))
            throw new UserError($"@{path} stands for the arguments in a file {path}, which are to be put into themselves (@{string.Join(", @", within)}); take it out of {within[^1]}.");
        return Arguments(path).SelectMany(argument => argument is ['@', _, ..] ? Expand(argument[1..], [.. within, path]) : [argument]);
    }

    private static string[] Arguments(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Where(line => !line.TrimStart().StartsWith('#')).SelectMany(CommandLineParser.SplitCommandLine)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserError($"@{path} stands for the arguments in a file {path}, which can't be read ({e.Message}); a value that begins with @ is written --option=@value.");
        }
    }
}
