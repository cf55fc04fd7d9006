namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// One pass over the rows of a table. Blank lines are passed over; a row with too few or too many fields is the user's error.
/// </summary>
internal sealed class TableRows : IDisposable
{
    private readonly TableFile _table;
    private readonly RecordReader _reader;
    private readonly Func<double> _shareRead;
    private bool _atHeader;

    internal TableRows(TableFile table, RecordReader reader, bool hasHeader, Func<double> shareRead)
    {
        (_table, _shareRead) = (table, shareRead);
        _reader = reader;
        _atHeader = hasHeader;
    }

    /// <summary>The current row's number, counted from 0.</summary>
    public long Row { get; private set; } = -1;

    /// <summary>The line of the file on which the current row starts.</summary>
    public long Line => _reader.Line;

    /// <summary>The share of the table's bytes that was read, 0 to 1.</summary>
    public double ShareRead => _shareRead();

    /// <summary>The current row's field in this column, trimmed; valid until the next row is read.</summary>
    public ReadOnlySpan<char> this[int column] => _reader[column];

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Read()
    {
        while (_reader.Read())
        {
            StopRequest.ThrowIfAsked($"{_table.Path} was read");
            if (_reader.IsBlank && (_atHeader || _table.Names.Count > 1))
                continue;
            if (_atHeader)
            {
                _atHeader = false;
                continue;
            }
            if (_reader.FieldCount != _table.Names.Count)
                throw WrongCount();
            Row++;
            return true;
        }
        return false;
    }

    public void Dispose() => _reader.Dispose();

    private UserError WrongCount()
    {
        string fields = _reader.FieldCount == 1 ? "1 field" : $"{_reader.FieldCount} fields";
        string hint = Row >= 0 ? "" : "; if lines stand before the table, say how many with --skip-lines";
        return new UserError(
            $"{_table.Path}, line {Line}: {fields} where the header has {_table.Names.Count} " +
            $"(separator: {Separator.Name(_table.Separator)}){hint}.");
    }
}
