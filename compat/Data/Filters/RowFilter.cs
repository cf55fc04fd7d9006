namespace Microsoft.ML.Data;

/// <summary>The rows that pass a test of some columns.</summary>
internal sealed class RowFilter(IDataView source, DataViewSchema.Column[] inputs, bool canShuffle,
    Func<DataViewRowCursor, Func<bool>> makeTest) : View(source.Schema)
{
    public override bool CanShuffle => canShuffle && source.CanShuffle;
    public override long? GetRowCount() => null;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var columns = columnsNeeded.ToArray();
        var cursor = source.GetRowCursor([.. columns, .. inputs], CanShuffle ? rand : null);
        return new Cursor(cursor, makeTest(cursor), Getters.Mark(Schema, columns));
    }

    private sealed class Cursor(DataViewRowCursor input, Func<bool> test, bool[] active) : WrappingCursor(input, input.Schema, active)
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
