using nietras.SeparatedValues;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// Reads records of delimited text one after the other with Sep, and does what Sep leaves to its user: white space around fields and the
/// quotes that enclose them are taken off, and quotes that can't be meant so are errors that name the line.
/// </summary>
internal sealed class RecordReader : IDisposable
{
    private readonly SepReader _reader;
    private readonly string _source;
    private readonly bool _hasQuotes;
    private readonly char? _swapped;
    private bool _isCopied;
    private char[] _copy = [];
    private int _length;
    private int[] _ends = [];
    private long _nextLine;

    /// <param name="text">The text, which this reader will dispose of.</param>
    /// <param name="separator">The character between two fields; a space stands for any number of spaces and tabs.</param>
    /// <param name="hasQuotes">Whether quotes enclose fields.</param>
    /// <param name="source">What to call the text in messages.</param>
    /// <param name="firstLine">The number of the text's first line.</param>
    public RecordReader(TextReader text, char separator, bool hasQuotes, string source, long firstLine = 1)
    {
        (_source, _hasQuotes, _nextLine) = (source, hasQuotes, firstLine);
        // Sep knows some separators only; another one changes places with the tab while Sep reads.
        _swapped = separator is ' ' or ',' or '\t' or ';' or '|' ? null : separator;
        TextReader records = separator == ' ' ? new AlignedText(text, hasQuotes) : _swapped is { } other ? new SwappedText(text, other) : text;
        _reader = TableBytes.Reading(source, () => Sep.Reader(options => options with
        {
            Sep = new Sep(_swapped is null ? separator : '\t'),
            HasHeader = false,
            DisableColCountCheck = true,
            DisableQuotesParsing = !hasQuotes,
        }).From(records));
    }

    /// <summary>The number of fields in the current record; at least 1.</summary>
    public int FieldCount => _reader.Current.ColCount;

    /// <summary>The line, counted from 1, on which the current record starts.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the current record is a line with nothing on it.</summary>
    public bool IsBlank => FieldCount == 1 && _reader.Current.Span.IsWhiteSpace();

    /// <summary>The field at this position of the current record, trimmed; valid until the next record is read.</summary>
    public ReadOnlySpan<char> this[int field]
    {
        get
        {
            if (!_isCopied)
                return _reader.Current[field].Span.Trim();
            int start = field == 0 ? 0 : _ends[field - 1];
            return _copy.AsSpan(start, _ends[field] - start);
        }
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="UserError">A quote is opened and never closed, or text stands behind a closing one.</exception>
    public bool Read()
    {
        if (!MoveNext())
            return false;
        Line = _nextLine++;
        ReadOnlySpan<char> record = _reader.Current.Span;
        _isCopied = (_hasQuotes && record.Contains('"')) || (_swapped is { } other && record.Contains(other));
        if (_isCopied)
        {
            CopyFields();
            _nextLine += LineBreaks(record);
        }
        return true;
    }

    public void Dispose() => _reader.Dispose();

    private bool MoveNext()
    {
        try
        {
            return _reader.MoveNext();
        }
        catch (NotSupportedException e) // Sep's word for a record of more than 2^24 characters
        {
            throw new UserError(
                $"{_source}, line {_nextLine}: a record longer than 16,777,216 characters begins here; a quote that is never closed makes " +
                "such a one; --no-quotes takes quotes as ordinary letters.", e);
        }
        catch (IOException e)
        {
            throw new UserError($"{_source} can't be read: {e.Message}", e);
        }
    }

    private void CopyFields()
    {
        SepReader.Row row = _reader.Current;
        if (_copy.Length < row.Span.Length)
            _copy = new char[2 * row.Span.Length];
        if (_ends.Length < row.ColCount)
            _ends = new int[2 * row.ColCount];
        _length = 0;
        long line = Line;
        for (int i = 0; i < row.ColCount; i++)
        {
            ReadOnlySpan<char> raw = row[i].Span;
            ReadOnlySpan<char> field = raw.Trim();
            if (_hasQuotes && !field.IsEmpty && field[0] == '"')
                CopyQuoted(field, line + LineBreaks(raw[..raw.IndexOf('"')]));
            else if (_hasQuotes && field.Contains('"') && (field.ContainsAny('\r', '\n') || Count(field, '"') % 2 == 1))
                throw Misplaced(field, line);
            else
                Append(field);
            int start = i == 0 ? 0 : _ends[i - 1];
            ReadOnlySpan<char> trimmed = _copy.AsSpan(start, _length - start).Trim();
            trimmed.CopyTo(_copy.AsSpan(start));
            _ends[i] = _length = start + trimmed.Length;
            line += LineBreaks(raw);
        }
        if (_swapped is { } other)
            SwappedText.Swap(_copy.AsSpan(0, _length), other);
    }

    /// <summary>Copies what stands between the quotes, doubled ones once.</summary>
    private void CopyQuoted(ReadOnlySpan<char> field, long line)
    {
        ReadOnlySpan<char> rest = field[1..];
        while (true)
        {
            int quote = rest.IndexOf('"');
            if (quote < 0)
            {
                throw new UserError($"{_source}: the quote opened on line {line} is never closed; --no-quotes takes quotes as ordinary letters.");
            }
            Append(rest[..quote]);
            ReadOnlySpan<char> behind = rest[(quote + 1)..];
            if (behind.IsEmpty)
                return;
            if (behind[0] != '"')
                throw Behind(behind, line, line + LineBreaks(field[..^behind.Length]), field[^(behind.Length + 2)] == '\\');
            Append("\"");
            rest = behind[1..];
        }
    }

    private UserError Behind(ReadOnlySpan<char> behind, long opened, long closed, bool isEscaped)
    {
        string where = opened == closed ? "a quoted field" : $"the quoted field that ends on line {closed}";
        string cause = isEscaped
            ? "; a quote inside a field is written twice (\"\"), not behind a backslash (\\\")"
            : "; a quote inside a quoted field is written twice (\"\")";
        return new UserError(
            $"{_source}, line {opened}: text stands behind {where}: {Shown.Text(behind)}{cause}; --no-quotes takes quotes as ordinary letters.");
    }

    private UserError Misplaced(ReadOnlySpan<char> field, long line) => new(
        $"{_source}, line {line}: a quote stands inside a field that doesn't begin with one, {Shown.Text(field)}; put the field in quotes and " +
        "write the quote inside it twice, or say --no-quotes to take quotes as ordinary letters.");

    private void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(_copy.AsSpan(_length));
        _length += text.Length;
    }

    private static int Count(ReadOnlySpan<char> text, char c) => MemoryExtensions.Count(text, c);

    /// <summary>Line breaks within a text: LF, CR, or both as one.</summary>
    private static int LineBreaks(ReadOnlySpan<char> text)
    {
        int feeds = Count(text, '\n'), returns = Count(text, '\r');
        return returns == 0 || feeds == 0 ? feeds + returns : feeds + returns - text.Count("\r\n");
    }
}
