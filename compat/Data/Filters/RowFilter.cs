namespace Microsoft.ML.Data;

/// <summary>Base of views that leave rows out.</summary>
internal abstract class RowFilter(IDataView source) : View(source.Schema)
{
    public override bool CanShuffle => source.CanShuffle;
    public override long? GetRowCount() => null;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var columns = columnsNeeded.ToArray();
        var cursor = source.GetRowCursor([.. columns, .. GetInputs()], CanShuffle ? rand : null);
        return new Cursor(cursor, MakeTest(cursor), Getters.Mark(Schema, columns));
    }

    protected abstract IEnumerable<DataViewSchema.Column> GetInputs();
    protected abstract Func<bool> MakeTest(DataViewRowCursor cursor);

    private sealed class Cursor(DataViewRowCursor input, Func<bool> test, bool[] active)
        : WrappingCursor(input, input.Schema, active)
    {
        private long _position = -1;
        private bool _ended;
        public override long Position => _ended ? -1 : _position;

        public override bool MoveNext()
        {
            do
                _ended = !Input.MoveNext();
            while (!_ended && !test());
            _position++;
            return !_ended;
        }
    }
}

/// <summary>Some rows from the start left out, or only some from the start kept.</summary>
internal sealed class SkipTakeView(IDataView source, long skip, long take) : View(source.Schema)
{
    public override long? GetRowCount() => source.GetRowCount() is { } count ? Math.Min(Math.Max(0, count - skip), take) : null;
    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(source.GetRowCursor(columnsNeeded), Getters.Mark(Schema, columnsNeeded), skip, take);

    private sealed class Cursor(DataViewRowCursor input, bool[] active, long skip, long take) : WrappingCursor(input, input.Schema, active)
    {
        private long _position = -1;
        private bool _ended;
        public override long Position => _ended ? -1 : _position;
        public override long Batch => 0;

        public override bool MoveNext()
        {
            for (; skip > 0 && !_ended; skip--)
                _ended = !Input.MoveNext();
            _ended = _ended || ++_position >= take || !Input.MoveNext();
            return !_ended;
        }
    }
}
