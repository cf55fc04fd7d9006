using System.Text;
using System.Text.RegularExpressions;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>Files that hold tables in ways that the program does not read, known by how they begin.</summary>
internal static partial class OtherFormats
{
    private const int StartLength = 256;

    /// <summary>Tells the user what a file is that is no table in text.</summary>
    /// <param name="bytes">The table.</param>
    /// <param name="format">What the user says about how it is written: where there are no names, a value may begin as such a file does.</param>
    /// <exception cref="UserError">It is of another format.</exception>
    public static void Check(TableBytes bytes, TextFormat format)
    {
        byte[] buffer = new byte[StartLength];
        using Stream stream = bytes.OpenStream();
        ReadOnlySpan<byte> start = buffer.AsSpan(0, TableBytes.Reading(bytes.Name, () => stream.ReadAtLeast(buffer, StartLength, throwOnEndOfStream: false)));
        string text = Encoding.Latin1.GetString(start.StartsWith(TextEncoding.Mark) ? start[TextEncoding.Mark.Length..] : start);
        bool beginsWithNames = format is { HasHeader: true, SkippedLines: null };
        string? found = start.StartsWith("PK\u0003\u0004"u8) ? "an Excel workbook (or another zip file)"
            : start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? "an Excel workbook"
            : beginsWithNames && Json().IsMatch(text) ? "JSON"
            : beginsWithNames && WebPage().IsMatch(text) ? "a web page" : null;
        if (found is not null)
            throw new UserError($"{bytes.Name} looks like {found}, which is not read as a table; save it as CSV or Parquet.");
    }

    // A name of a column may begin with a bracket, hardly with such a one.
    [GeneratedRegex("""^\s*(\{\s*"|\[\s*[\[{"])""")]
    private static partial Regex Json();

    [GeneratedRegex("""^\s*<(!doctype|html|\?xml)""", RegexOptions.IgnoreCase)]
    private static partial Regex WebPage();
}
