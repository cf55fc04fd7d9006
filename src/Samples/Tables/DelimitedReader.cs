using System.Buffers;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// Reads records of delimited text (RFC 4180 and its habitual variations) one after the other: quoted fields may hold separators, line
/// breaks and doubled quotes; lines end with LF, CRLF or CR; white space around a field does not count. Holds one record at a time.
/// </summary>
internal sealed class DelimitedReader : IDisposable
{
    private const int LongestRecord = 1 << 28;

    private readonly TextReader _reader;
    private readonly char _separator;
    private readonly string _source;
    private readonly SearchValues<char> _endsOfField;

    private readonly char[] _input = new char[1 << 16];
    private int _position;
    private int _available;

    private char[] _record = new char[1 << 10];
    private int _length;
    private int[] _ends = new int[16];
    private int _fields;
    private long _nextLine = 1;

    /// <param name="reader">The text, which this reader will dispose of.</param>
    /// <param name="separator">The character between two fields.</param>
    /// <param name="source">What to call the text in messages.</param>
    public DelimitedReader(TextReader reader, char separator, string source)
    {
        _reader = reader;
        _separator = separator;
        _source = source;
        _endsOfField = SearchValues.Create(separator, '\r', '\n');
    }

    /// <summary>The number of fields in the current record; at least 1.</summary>
    public int FieldCount => _fields;

    /// <summary>The line, counted from 1, on which the current record starts.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the current record is a line with nothing on it.</summary>
    public bool IsBlank => _fields == 1 && _length == 0;

    /// <summary>The field at this position of the current record, trimmed; valid until the next record is read.</summary>
    public ReadOnlySpan<char> this[int field]
    {
        get
        {
            int start = field == 0 ? 0 : _ends[field - 1];
            return _record.AsSpan(start, _ends[field] - start);
        }
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="UserError">A quote is opened and never closed.</exception>
    public bool Read()
    {
        _fields = 0;
        _length = 0;
        Line = _nextLine;
        if (!Fill())
            return false;
        while (ReadField())
        {
        }
        return true;
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Reads one field and what ends it.</summary>
    /// <returns>Whether another field of the same record follows.</returns>
    private bool ReadField()
    {
        int start = _length;
        while (Fill() && _input[_position] == ' ' && _separator != ' ')
            _position++;
        if (Fill() && _input[_position] == '"')
            ReadQuoted();
        while (true)
        {
            if (!Fill())
            {
                EndField(start);
                return false;
            }
            ReadOnlySpan<char> rest = _input.AsSpan(_position, _available - _position);
            int end = rest.IndexOfAny(_endsOfField);
            Append(end < 0 ? rest : rest[..end]);
            if (end < 0)
            {
                _position = _available;
                continue;
            }
            _position += end + 1;
            EndField(start);
            if (rest[end] == _separator)
                return true;
            _nextLine++;
            if (rest[end] == '\r' && Fill() && _input[_position] == '\n')
                _position++;
            return false;
        }
    }

    /// <summary>Reads from an opening quote to behind the closing one.</summary>
    private void ReadQuoted()
    {
        long opened = _nextLine;
        _position++;
        while (Fill())
        {
            ReadOnlySpan<char> rest = _input.AsSpan(_position, _available - _position);
            int quote = rest.IndexOf('"');
            ReadOnlySpan<char> text = quote < 0 ? rest : rest[..quote];
            _nextLine += text.Count('\n');
            Append(text);
            _position += text.Length;
            if (quote < 0)
                continue;
            _position++;
            if (!Fill() || _input[_position] != '"')
                return;
            Append(_input.AsSpan(_position, 1));
            _position++;
        }
        throw new UserError($"{_source}: the quote opened on line {opened} is never closed.");
    }

    private void EndField(int start)
    {
        ReadOnlySpan<char> field = _record.AsSpan(start, _length - start);
        ReadOnlySpan<char> trimmed = field.Trim();
        trimmed.CopyTo(_record.AsSpan(start));
        _length = start + trimmed.Length;
        if (_fields == _ends.Length)
            Array.Resize(ref _ends, 2 * _ends.Length);
        _ends[_fields++] = _length;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (_length + text.Length > LongestRecord)
            throw new UserError($"{_source}: the record that starts on line {Line} is longer than {LongestRecord} characters.");
        if (_length + text.Length > _record.Length)
            Array.Resize(ref _record, Math.Max(_length + text.Length, 2 * _record.Length));
        text.CopyTo(_record.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Makes sure that there is a character to look at; false at the end of the text.</summary>
    private bool Fill()
    {
        if (_position < _available)
            return true;
        _available = TableFile.ReadFrom(_source, () => _reader.Read(_input, 0, _input.Length));
        _position = 0;
        return _available > 0;
    }
}
