namespace Microsoft.ML.Data;

/// <summary>A line of a text file, or several that a quoted value goes over; they are counted from 1.</summary>
internal readonly record struct TextLine(string Path, string Text, long Number);

/// <summary>Reads the lines of text files without what is no data: empty lines, comments, header lines.</summary>
internal static class LineSource
{
    public static IEnumerable<TextLine> Read(IMultiStreamSource files, TextLoader.Options format, bool skipHeader, long limit)
    {
        foreach (var path in files.Paths)
        {
            using var reader = new StreamReader(path);
            var (number, isFirst) = (0L, true);
            while (limit > 0 && ReadRecord(reader, format, isFirst, number) is { } text)
            {
                number++;
                if (IsNoData(text, isFirst))
                    continue;
                if (!isFirst || !skipHeader)
                {
                    yield return new TextLine(path, text, number);
                    limit--;
                }
                isFirst = false;
            }
        }
    }

    public static int FindClosingQuote(ReadOnlySpan<char> text, int at, char escape)
    {
        for (; at < text.Length; at++)
        {
            if (text[at] == escape && (escape != '"' || (at + 1 < text.Length && text[at + 1] == '"')))
                at++;
            else if (text[at] == '"')
                return at;
        }
        return -1;
    }

    // A line that starts with # is a comment at the top of the file only.
    private static bool IsNoData(string line, bool isTop)
        => line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal) || (isTop && line[0] == '#');

    private static string ReadRecord(TextReader reader, TextLoader.Options format, bool isTop, long recordsBefore)
    {
        var line = reader.ReadLine();
        if (!format.ReadMultilines || line == null || IsNoData(line, isTop) || !EndsInQuotes(line, format, false))
            return line;
        var record = new StringBuilder(line);
        do
        {
            line = reader.ReadLine() ?? throw new EndOfStreamException($"A quoted field opened on line {recordsBefore} was never closed, "
                + "and we've read to the last line in the file without finding the closing quote");
            record.Append('\n').Append(line);
        }
        while (EndsInQuotes(line, format, true));
        return record.ToString();
    }

    private static bool EndsInQuotes(string line, TextLoader.Options format, bool inQuotes)
    {
        for (var at = 0; at <= line.Length; at++)
        {
            while (!inQuotes && at < line.Length && line[at] == ' ' && !format.Separators.Contains(' '))
                at++;
            var isQuoted = inQuotes || (at < line.Length && line[at] == '"');
            if (isQuoted)
            {
                var close = FindClosingQuote(line, inQuotes ? at : at + 1, format.EscapeChar);
                if (close < 0)
                    return true;
                (at, inQuotes) = (close + 1, false);
            }
            // Only spaces may stand between a quote and the next separator; the parser reports a line that is malformed.
            var length = line.AsSpan(at).IndexOfAny(format.Separators);
            if (length < 0 || (isQuoted && !line.AsSpan(at, length).Trim(' ').IsEmpty))
                return false;
            at += length;
        }
        return false;
    }
}

/// <summary>Files to be read one after the other.</summary>
public interface IMultiStreamSource
{
    internal IReadOnlyList<string> Paths { get; }
}

/// <summary>Files, one after the other.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;
    /// <summary>The files with these paths.</summary>
    public MultiFileSource(params string[] paths) => _paths = paths ?? [];
    IReadOnlyList<string> IMultiStreamSource.Paths => _paths;
}
