using System.Text;
using MlNetShallowNet.Samples.Commands.Help;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// A table as text, with named columns: how to read it, and its column names. The rows are read anew on every pass.
/// </summary>
internal sealed class TableFile
{
    private const int SampleLength = 1 << 18;

    private readonly TableBytes _bytes;
    private readonly Encoding _encoding;
    private readonly int _mark;
    private readonly long _skippedLines;
    private readonly TextFormat _format;
    private readonly Dictionary<string, int> _byName;

    private TableFile(TableBytes bytes, TextFormat format)
    {
        List<string> notes = [];
        _bytes = bytes;
        OtherFormats.Check(bytes, format);
        (_encoding, _mark) = format.Encoding is { } encoding ? (encoding, TextEncoding.MarkBefore(bytes, encoding)) : TextEncoding.Find(bytes, notes);
        using StreamReader start = OpenText(OpenBytes());
        bool isWhole = false;
        string text = TableBytes.Reading(Path, () => ReadSample(start, out isWhole));
        if (string.IsNullOrWhiteSpace(text))
            throw Empty();
        (_skippedLines, Separator) = FindTable(text, isWhole, format, notes);
        _format = format;

        using RecordReader reader = OpenRecords(OpenBytes());
        do
        {
            if (!reader.Read())
                throw Empty();
        }
        while (reader.IsBlank);
        string[] first = new string[reader.FieldCount];
        for (int i = 0; i < first.Length; i++)
            first[i] = reader[i].ToString();
        Names = format.HasHeader ? HeaderNames.From(first, notes) : [.. Enumerable.Range(1, first.Length).Select(i => $"Column{i}")];
        Notes = notes;
        _byName = Names.Select((name, i) => (name, i)).ToDictionary(column => column.name, column => column.i, StringComparer.Ordinal);
    }

    /// <summary>The file's path, or what to call it.</summary>
    public string Path => _bytes.Name;

    /// <summary>The character between two fields.</summary>
    public char Separator { get; }

    /// <summary>Whether the table is a text, and not Parquet or a database's.</summary>
    public bool IsText => !ReferenceEquals(_format, RecordText.Format); // which a user may have given for a text, too

    /// <summary>How the text is written, with what was found of it, so that parts of it are read in the same way; of what is no text, as it must be given.</summary>
    public TextFormat FormatOfParts => IsText ? _format with { Separator = Separator, Encoding = _encoding } : new TextFormat();

    /// <summary>The columns' names, no two the same.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What was odd about the text and its header, in sentences for the user.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Opens a table: finds its encoding, where it begins, and its separator, and reads its header.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="format">What the user says about how it is written.</param>
    /// <exception cref="UserError">The table can't be read, is empty, or is no text.</exception>
    public static TableFile Open(TableSource source, TextFormat format) => new(TableBytes.Open(source, ref format), format);

    /// <summary>How many lines stand before the table in a text.</summary>
    /// <param name="text">The text, of which the beginning is read.</param>
    /// <param name="format">What the user says about how it is written.</param>
    public static long LinesBefore(TextReader text, TextFormat format) => FindTable(ReadSample(text, out bool isWhole), isWhole, format, []).SkippedLines;

    /// <summary>The position of a column of this name (upper or lower case, if that is unambiguous), or -1.</summary>
    public int IndexOf(string name)
    {
        if (_byName.TryGetValue(name, out int exact) || _byName.TryGetValue(name.Trim(), out exact))
            return exact;
        int[] similar = [.. Enumerable.Range(0, Names.Count).Where(i => Names[i].Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))];
        return similar.Length == 1 ? similar[0] : -1;
    }

    /// <summary>The position of a column that the user named.</summary>
    /// <param name="name">The name.</param>
    /// <param name="option">The option that it was given with.</param>
    /// <exception cref="UserError">There is no such column.</exception>
    public int Find(string name, string option)
    {
        int index = IndexOf(name);
        if (index >= 0)
            return index;
        const int shown = 12;
        string names = string.Join(", ", Names.Take(shown).Select(column => Shown.Text(column)));
        string more = Names.Count > shown ? $" and {Names.Count - shown} more" : "";
        string meant = Misspelling.Closest(name.Trim(), Names) is { } closest ? $"; did you mean {Shown.Text(closest)}?" : ".";
        throw new UserError($"{Path} has no column {Shown.Text(name)} ({option}); it has {names}{more}{meant}");
    }

    /// <summary>The positions of several columns; a name that no column has may be several with commas between, of which some may have commas themselves.</summary>
    /// <inheritdoc cref="Find"/>
    public IEnumerable<int> FindAll(IReadOnlyList<string> names, string option) => names.SelectMany(name => FindList(name.Split(','), option));

    private IEnumerable<int> FindList(string[] parts, string option)
    {
        int longest = Names.Max(name => name.Count(c => c == ',')) + 1;
        for (int start = 0, end; start < parts.Length; start = end)
        {
            end = Math.Min(start + longest, parts.Length);
            while (end > start + 1 && IndexOf(string.Join(',', parts[start..end])) < 0)
                end--;
            yield return Find(string.Join(',', parts[start..end]), option);
        }
    }

    /// <summary>Starts a pass over the rows.</summary>
    public TableRows OpenRows()
    {
        TableBytes.Pass bytes = OpenBytes();
        return new TableRows(this, OpenRecords(bytes), _format.HasHeader, () => bytes.Share);
    }

    private TableBytes.Pass OpenBytes() => _bytes.OpenStream(_mark);

    private StreamReader OpenText(Stream bytes) => new(bytes, _encoding, detectEncodingFromByteOrderMarks: false, 1 << 16);

    private RecordReader OpenRecords(Stream bytes)
    {
        StreamReader text = OpenText(bytes);
        for (long i = 0; i < _skippedLines; i++)
            TableBytes.Reading(Path, text.ReadLine);
        return new RecordReader(text, Separator, _format.HasQuotes, Path, _skippedLines + 1);
    }

    private static string ReadSample(TextReader text, out bool isWhole)
    {
        char[] buffer = new char[SampleLength];
        int length = text.ReadBlock(buffer);
        isWhole = length < buffer.Length;
        return new string(buffer, 0, length);
    }

    private UserError Empty() => new($"{Path} is empty: a table has a line of column names and then its rows.");

    private static (long SkippedLines, char Separator) FindTable(string text, bool isWhole, TextFormat format, List<string> notes)
    {
        char? named = Preamble.NamedSeparator(text);
        int skipped = format.SkippedLines ?? (named is null ? 0 : 1);
        string rest = WithoutLines(text, skipped);
        TextSample sample = new(rest, isWhole, format.HasQuotes);
        char separator = format.Separator ?? named ?? Tables.Separator.Find(sample);
        if (format.SkippedLines is not null || named is not null)
            return (skipped, separator);
        long before = Preamble.Lines(sample.Records(separator), format.HasHeader);
        if (before > 0)
        {
            ReadOnlySpan<char> first = text.AsSpan()[..text.AsSpan().IndexOfAny('\r', '\n')];
            string lines = before == 1 ? "Line 1 stands before the table and is" : $"Lines 1 to {before} stand before the table and are";
            notes.Add($"Header: {lines} passed over ({Shown.Text(first)}); --skip-lines says how many to pass over.");
        }
        return (before, separator);
    }

    private static string WithoutLines(string text, int lines)
    {
        using StringReader reader = new(text);
        for (int i = 0; i < lines; i++)
            reader.ReadLine();
        return reader.ReadToEnd();
    }
}
