namespace Microsoft.ML.Data;

/// <summary>Text files as a view: every cursor reads them anew, ahead of its rows, and holds a few batches of them at most.</summary>
internal sealed class TextDataView(TextLoader loader, IMultiStreamSource files) : View(loader.GetOutputSchema())
{
    public override long? GetRowCount() => null;
    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new TextCursor(loader, files, Getters.Mark(Schema, columnsNeeded));
}

/// <summary>Moves over the rows of text files.</summary>
internal sealed class TextCursor : PartialCursor
{
    private const int BatchSize = 256;
    private readonly TextLoader _loader;
    private readonly IMultiStreamSource _files;
    private readonly bool[] _active;
    private readonly TextStatistics _statistics;
    private readonly IEnumerator<RowParser> _batches;
    private RowParser _batch;
    private long _position = -1;
    private bool _ended;

    public TextCursor(TextLoader loader, IMultiStreamSource files, bool[] active) : base(loader.GetOutputSchema(), active)
    {
        (_loader, _files, _active) = (loader, files, active);
        _statistics = new TextStatistics(loader.Host);

        // Few rows aren't worth several threads.
        var useThreads = loader.Format.UseThreads && (loader.Format.MaxRows ?? BatchSize) >= BatchSize / 2;
        _batches = (useThreads ? ParseInParallel() : ParseRowByRow()).GetEnumerator();
    }

    public int Row { get; private set; } = -1;
    public override long Position => _ended ? -1 : _position;
    public ColumnValues GetValues(int column) => _batch?.Values[column]
        ?? throw new InvalidOperationException("The cursor stands on no row: call MoveNext, and stop when it returns false.");

    public override bool MoveNext()
    {
        if (_batch == null || ++Row >= _batch.Count)
        {
            if (_ended || !_batches.MoveNext())
            {
                Dispose();
                return false;
            }
            (_batch, Row) = (_batches.Current, 0);
        }
        _position++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = new DataViewRowId((ulong)_position, 0);
    protected override Delegate MakeGetter(DataViewSchema.Column column) => _loader.MakeValues(column.Index).MakeGetter(this, column.Index);

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_ended)
        {
            (_ended, _batch) = (true, null);
            _batches.Dispose();
            _statistics.Dispose();
        }
        base.Dispose(disposing);
    }

    private RowParser MakeParser() => new(_loader, _active, _statistics);
    private IEnumerable<TextLine[]> ReadLines()
        => LineSource.Read(_files, _loader.Format, _loader.Format.HasHeader, _loader.Format.MaxRows ?? long.MaxValue).Chunk(BatchSize);

    private IEnumerable<RowParser> ParseRowByRow()
    {
        using var batches = new ReadAhead<TextLine[]>(ReadLines);
        var parser = MakeParser();
        foreach (var lines in batches.Read())
        {
            for (var i = 0; i < lines.Length; i++)
                yield return parser.Parse(lines.AsSpan(i, 1));
        }
    }

    private IEnumerable<RowParser> ParseInParallel()
    {
        var idle = new ConcurrentBag<RowParser>();
        using var batches = new ReadAhead<Task<RowParser>>(() => ReadLines().Select(
            lines => Task.Run(() => (idle.TryTake(out var parser) ? parser : MakeParser()).Parse(lines))));
        foreach (var batch in batches.Read())
        {
            var parser = Take(batch);
            yield return parser;
            idle.Add(parser);
        }
    }

    private static RowParser Take(Task<RowParser> batch)
    {
        try
        {
            return batch.GetAwaiter().GetResult();
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"Parsing failed with an exception: {e.Message}", e);
        }
    }
}
