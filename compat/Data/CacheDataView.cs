namespace Microsoft.ML.Data;

/// <summary>Holds the columns that were asked for in memory: the first cursor over a column reads it from the source, once.</summary>
internal sealed class CacheDataView(IHostEnvironment env, IDataView source) : View(source.Schema)
{
    private readonly IHost _host = env.Register("Cache");
    private readonly ColumnStore[] _columns = new ColumnStore[source.Schema.Count];
    private readonly Lock _lock = new();
    private int? _rowCount;
    public override bool CanShuffle => true;
    public override long? GetRowCount() => _rowCount ?? source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = Getters.Mark(Schema, columnsNeeded);
        var rowCount = Fill(Schema.Where(column => active[column.Index]));
        var order = rand == null ? null : Enumerable.Range(0, rowCount).ToArray();
        for (var i = 0; i < order?.Length; i++)
        {
            var j = i + rand.Next(rowCount - i);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return new Cursor(this, active, rowCount, order);
    }

    /// <summary>Reads those of the columns that were not read yet; tells the number of rows.</summary>
    public int Fill(IEnumerable<DataViewSchema.Column> columns)
    {
        lock (_lock)
        {
            var missing = columns.Where(column => _columns[column.Index] == null).ToArray();
            if (missing.Length == 0 && _rowCount is { } known)
                return known;
            using var channel = _host.Start("Caching");
            using var cursor = source.GetRowCursor(missing);
            var capacity = (int)Math.Min(source.GetRowCount() ?? 0, Array.MaxLength);
            var stores = Array.ConvertAll(missing, column => ColumnStore.Create(cursor, column, capacity));
            var rows = 0;
            for (; cursor.MoveNext(); rows = checked(rows + 1))
            {
                foreach (var store in stores)
                    store.Store(rows);
            }
            for (var i = 0; i < missing.Length; i++)
                _columns[missing[i].Index] = stores[i];
            _rowCount = rows;
            return rows;
        }
    }

    private sealed class Cursor(CacheDataView view, bool[] active, int rowCount, int[] order) : PartialCursor(view.Schema, active)
    {
        private readonly StorePlace _place = new();
        private int _next;
        public override long Position => _place.Index < 0 ? -1 : _next - 1;

        public override bool MoveNext()
        {
            var ended = _next >= rowCount;
            _place.Index = ended ? -1 : order == null ? _next : order[_next];
            _next += ended ? 0 : 1;
            return !ended;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = new DataViewRowId((ulong)_place.Index, 0);
        protected override Delegate MakeGetter(DataViewSchema.Column column) => view._columns[column.Index].MakeGetter(_place);
    }
}
