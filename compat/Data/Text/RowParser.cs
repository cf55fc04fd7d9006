namespace Microsoft.ML.Data;

/// <summary>Parses batches of lines and holds the values of the last, for the active columns. Each parser serves one thread.</summary>
internal sealed class RowParser
{
    private readonly TextColumn[] _columns;
    private readonly TextLoader.Options _format;
    private readonly TextStatistics _statistics;
    private readonly FieldScanner _scanner;

    public RowParser(TextLoader loader, bool[] active, TextStatistics statistics)
    {
        (_columns, _format, _statistics) = (loader.Columns, loader.Format, statistics);
        Values = active.Select((isActive, i) => isActive ? loader.MakeValues(i) : null).ToArray();
        var lims = _columns.Where((_, i) => active[i]).SelectMany(column => column.Segments).Select(segment => segment.Lim);
        _scanner = new FieldScanner(_format, statistics, lims.DefaultIfEmpty(1).Max() - 1);
    }

    public ColumnValues[] Values { get; }
    public int Count { get; private set; }

    public RowParser Parse(ReadOnlySpan<TextLine> lines)
    {
        for (Count = 0; Count < lines.Length; Count++)
        {
            var size = _scanner.Scan(lines[Count]);
            for (var i = 0; i < _columns.Length; i++)
            {
                if (Values[i] != null)
                    Read(_columns[i], Values[i], size, lines[Count].Number);
            }
        }
        _statistics.AddRows(Count);
        return this;
    }

    private void Read(TextColumn column, ColumnValues values, int lineSize, long line)
    {
        var variableSize = column.VariableSegment < 0 ? 0 : Math.Max(0, lineSize - column.Segments[column.VariableSegment].Min);
        values.Start(Count, checked(column.FixedSize + variableSize));
        var fields = _scanner.Fields;
        var slots = 0;
        foreach (var segment in column.Segments)
        {
            var size = segment.IsVariable ? variableSize : segment.Lim - segment.Min;
            var (offset, lim) = (slots - segment.Min, segment.Min + size);
            var i = LowerBound(fields, segment.Min);
            for (; i < fields.Length && fields[i].Index < lim; i++)
            {
                if (!values.Read(Count, offset + fields[i].Index, fields[i].Text))
                    ReportBad(column, fields[i].Text, line, offset + fields[i].Index);
            }
            if (_format.MissingRealsAsNaNs && i >= fields.Length && column.IsReal)
            {
                for (var source = Math.Max(segment.Min, fields.Length); source < lim; source++)
                    values.Read(Count, offset + source, default);
            }
            slots += size;
        }
    }

    private void ReportBad(TextColumn column, ReadOnlyMemory<char> text, long line, int slot)
    {
        var isVector = column.Type is VectorDataViewType;
        if (!column.HasMissing)
            throw new InvalidOperationException(isVector
                ? $"Could not parse value {text} in slot {slot} of column {column.Name} in line {line}"
                : $"Could not parse value {text} in line {line}, column {column.Name}");
        _statistics.LogBadValue(line, isVector ? $"{column.Name} at slot {slot}" : column.Name);
    }

    private static int LowerBound(ReadOnlySpan<TextField> fields, int index)
    {
        // Without empty fields before it, a field stands at its own index.
        if (index < fields.Length && fields[index].Index == index)
            return index;
        var i = fields.BinarySearch(new Place(index));
        return i < 0 ? ~i : i;
    }

    private readonly record struct Place(int Index) : IComparable<TextField>
    {
        public int CompareTo(TextField field) => Index.CompareTo(field.Index);
    }
}
