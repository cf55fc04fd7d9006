namespace Microsoft.ML.Data;

/// <summary>A field of a line: its column in the file, and its text without quotes.</summary>
internal readonly record struct TextField(int Index, ReadOnlyMemory<char> Text);

/// <summary>Cuts lines into fields. Empty fields are left out unless they matter as missing numbers.</summary>
internal sealed class FieldScanner(TextLoader.Options format, TextStatistics statistics, int lastNeeded)
{
    private readonly bool _spaceSeparates = format.Separators.Contains(' ');
    private readonly List<TextField> _fields = [];
    private TextLine _line;
    private string _text;
    private int _at;
    private int _end;

    // What the last call of Next found; the index is that of a sparse item, or -1.
    private int _start;
    private int _index;
    private ReadOnlyMemory<char> _value;
    public ReadOnlySpan<TextField> Fields => CollectionsMarshal.AsSpan(_fields);

    public int Scan(TextLine line)
    {
        (_line, _text, _at) = (line, line.Text, 0);
        _end = format.TrimWhitespace ? _text.AsSpan().TrimEnd().Length : _text.Length;
        _fields.Clear();
        return format.AllowSparse ? ScanSparse() : ScanDense();
    }

    private int ScanDense()
    {
        for (var column = 0; ;)
        {
            var more = Next();
            if (!_value.IsEmpty || format.MissingRealsAsNaNs)
                _fields.Add(new TextField(column, _value));
            if (++column > lastNeeded || !more)
                return column;
        }
    }

    /// <summary>Values come first, one of which may be the size of the sparse part, whose items have indices, in ascending order.</summary>
    private int ScanSparse()
    {
        var (column, sparseFrom, sparseSize, last) = (0, -1, 0, -1);
        for (var more = true; more;)
        {
            more = Next();
            if (_index < 0)
            {
                if (sparseFrom >= 0)
                    return Warn("Non-sparse formatted value follows sparse formatted value", sparseFrom + sparseSize);
                if (!_value.IsEmpty)
                    _fields.Add(new TextField(column, _value));
                if (column++ > lastNeeded)
                    break;
                continue;
            }
            if (sparseFrom < 0)
            {
                const string Hint = "or ambiguous sparse item. Use sparse=- for non-sparse file, and/or quote the value.";
                if (_fields.Count == 0 || _fields[^1].Index != column - 1)
                    return Warn($"Missing dimensionality {Hint}", column);
                if (!int.TryParse(_fields[^1].Text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size == 0)
                    return Warn($"Bad dimensionality {Hint}", column);
                sparseFrom = column - 1;
                sparseSize = Math.Min(size, TextSegment.NoLim - sparseFrom - 1);
                _fields.RemoveAt(_fields.Count - 1);
            }
            if (_index >= sparseSize)
                return Warn("Sparse item index larger than expected. Is the specified size incorrect?", sparseFrom + sparseSize);
            if (_index > Math.Min(lastNeeded - sparseFrom, sparseSize - 1) + 1)
                break;
            if (last >= _index)
                return Warn("Sparse indices out of order", sparseFrom + sparseSize);
            last = _index;
            if (!_value.IsEmpty)
                _fields.Add(new TextField(sparseFrom + _index, _value));
        }
        return sparseFrom < 0 ? column : sparseFrom + sparseSize;
    }

    private bool Next()
    {
        var (at, isBad) = (SkipSpaces(_at), false);
        (_start, _index, _value) = (at, -1, default);
        if (format.AllowSparse && at < _end && char.IsAsciiDigit(_text[at]))
            at = ReadIndex(at);
        if (format.AllowQuoting && at < _end && _text[at] == '"')
        {
            at = ReadQuoted(at + 1, out isBad);
        }
        else
        {
            var length = _text.AsSpan(at, _end - at).IndexOfAny(format.Separators);
            _value = _text.AsMemory(at, length < 0 ? _end - at : length);
            at += _value.Length;
        }
        _at = at + 1;
        if (isBad)
            Warn("Illegal quoting", 0);
        return at < _end;
    }

    private int ReadIndex(int start)
    {
        var at = start + 1;
        while (at < Math.Min(_end, start + 9) && char.IsAsciiDigit(_text[at]))
            at++;
        if (at >= _end || _text[at] != ':')
            return start;
        _index = int.Parse(_text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
        return SkipSpaces(at + 1);
    }

    /// <summary>Reads a quoted value from behind its first quote to the next separator; what stands between must be spaces.</summary>
    private int ReadQuoted(int start, out bool isBad)
    {
        var close = LineSource.FindClosingQuote(_text.AsSpan(0, _end), start, format.EscapeChar);
        isBad = close < 0;
        var at = isBad ? _end : close + 1;
        for (; at < _end && !format.Separators.Contains(_text[at]); at++)
            isBad |= _text[at] != ' ';
        if (isBad)
            return at;
        _value = _text.AsMemory(start, close - start);
        if (_value.Span.Contains('"'))
            _value = _value.ToString().Replace($"{format.EscapeChar}\"", "\"").AsMemory();
        return at;
    }

    private int SkipSpaces(int at)
    {
        while (!_spaceSeparates && at < _end && _text[at] == ' ')
            at++;
        return at;
    }

    private int Warn(string message, int size)
    {
        statistics.LogBadFormat(_line.Path, _line.Number, _start + 1, _at, message);
        return size;
    }
}
