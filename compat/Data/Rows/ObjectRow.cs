namespace Microsoft.ML.Data;

/// <summary>Holds the object that getters read.</summary>
internal sealed class RowHolder<TRow>
{
    public TRow Current;
}

/// <summary>Objects as rows: <see cref="Show"/> one, then read.</summary>
internal class ObjectRow<TRow>(RowMember<TRow>[] members, DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    : PartialCursor(schema, Getters.Mark(schema, columns)) where TRow : class
{
    private readonly RowHolder<TRow> _holder = new();
    private long _position = -1;
    public override long Position => _position;

    public void Show(TRow value)
    {
        _holder.Current = value;
        _position++;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = new DataViewRowId((ulong)_position, 0);
    protected override Delegate MakeGetter(DataViewSchema.Column column) => members[column.Index].MakeGetter(_holder);
    protected void End() => _position = -1;
}

/// <summary>Objects as a view: every cursor enumerates them anew.</summary>
internal sealed class EnumerableDataView<TRow>(IEnumerable<TRow> data, RowMember<TRow>[] members)
    : View(RowMember<TRow>.MakeSchema(members)) where TRow : class
{
    public override long? GetRowCount() => (data as ICollection<TRow>)?.Count;
    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(data.GetEnumerator(), members, Schema, columnsNeeded);

    private sealed class Cursor(
        IEnumerator<TRow> objects, RowMember<TRow>[] members, DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
        : ObjectRow<TRow>(members, schema, columns)
    {
        private bool _ended;

        public override bool MoveNext()
        {
            if (_ended || !objects.MoveNext())
            {
                Dispose();
                return false;
            }
            Show(objects.Current
                ?? throw new InvalidOperationException("Encountered null when iterating over data, this is not supported."));
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_ended)
                objects.Dispose();
            _ended = true;
            End();
            base.Dispose(disposing);
        }
    }
}
