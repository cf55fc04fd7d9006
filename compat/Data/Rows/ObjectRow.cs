namespace Microsoft.ML.Data;

/// <summary>Holds the object that getters read.</summary>
internal sealed class RowHolder<TRow>
{
    public TRow Current;
}

/// <summary>Objects as rows: <see cref="Show"/> one, then read. Without columns given, all are active.</summary>
internal class ObjectRow<TRow> : DataViewRowCursor
    where TRow : class
{
    private readonly RowHolder<TRow> _holder = new();
    private readonly Delegate[] _getters;
    private long _position = -1;

    public ObjectRow(RowMember<TRow>[] members, DataViewSchema schema = null, IEnumerable<DataViewSchema.Column> columns = null)
    {
        Schema = schema ?? MakeSchema(members);
        _getters = new Delegate[members.Length];
        foreach (var column in columns ?? Schema)
            _getters[column.Index] ??= members[column.Index].MakeGetter(_holder);
    }

    public override DataViewSchema Schema { get; }
    public override long Position => _position;
    public override long Batch => 0;

    public static DataViewSchema MakeSchema(RowMember<TRow>[] members)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(members.Select(member => member.Column));
        return builder.ToSchema();
    }

    public void Show(TRow value)
    {
        _holder.Current = value;
        _position++;
    }

    public override bool MoveNext() => false;
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = new DataViewRowId((ulong)_position, 0);
    public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] != null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Getters.CheckActive(IsColumnActive(column), column);
        return Getters.Cast<TValue>(_getters[column.Index], column);
    }

    protected void End() => _position = -1;
}

/// <summary>Objects as a view: every cursor enumerates them anew.</summary>
internal sealed class EnumerableDataView<TRow> : View
    where TRow : class
{
    private readonly IEnumerable<TRow> _data;
    private readonly RowMember<TRow>[] _members;

    public EnumerableDataView(IEnumerable<TRow> data, SchemaDefinition definition)
    {
        _data = data;
        _members = RowMember<TRow>.Bind(definition, SchemaDefinition.Direction.Read);
        Schema = ObjectRow<TRow>.MakeSchema(_members);
    }

    public override DataViewSchema Schema { get; }
    public override long? GetRowCount() => (_data as ICollection<TRow>)?.Count;
    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(_data.GetEnumerator(), _members, Schema, columnsNeeded);

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
