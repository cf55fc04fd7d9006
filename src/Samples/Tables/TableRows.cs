namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// One pass over the rows of a table. Blank lines are passed over; a row with too few or too many fields is the user's error.
/// </summary>
internal sealed class TableRows : IDisposable
{
    private readonly TableFile _table;
    private readonly DelimitedReader _reader;
    private bool _atHeader;

    internal TableRows(TableFile table, DelimitedReader reader, bool hasHeader)
    {
        _table = table;
        _reader = reader;
        _atHeader = hasHeader;
    }

    /// <summary>The current row's number, counted from 0.</summary>
    public long Row { get; private set; } = -1;

    /// <summary>The line of the file on which the current row starts.</summary>
    public long Line => _reader.Line;

    /// <summary>The current row's field in this column, trimmed; valid until the next row is read.</summary>
    public ReadOnlySpan<char> this[int column] => _reader[column];

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Read()
    {
        while (_reader.Read())
        {
            if (_reader.IsBlank && (_atHeader || _table.Names.Count > 1))
                continue;
            if (_atHeader)
            {
                _atHeader = false;
                continue;
            }
            if (_reader.FieldCount != _table.Names.Count)
            {
                string fields = _reader.FieldCount == 1 ? "1 field" : $"{_reader.FieldCount} fields";
                throw new UserError(
                    $"{_table.Path}, line {Line}: {fields} where the header has {_table.Names.Count} " +
                    $"(separator: {Separator.Name(_table.Separator)}).");
            }
            Row++;
            return true;
        }
        return false;
    }

    public void Dispose() => _reader.Dispose();
}
