using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>Passes a view on and notes what is asked of it.</summary>
internal sealed class RecordingView(IDataView source, bool canShuffle = true) : IDataView
{
    private int _open;

    /// <summary>How many cursors are not yet disposed of.</summary>
    public int Open => Volatile.Read(ref _open);

    public List<string[]> Asked { get; } = [];

    public List<Random?> Randoms { get; } = [];

    public bool CanShuffle => canShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        Note(columnsNeeded, rand);
        return new Cursor(this, source.GetRowCursor(columnsNeeded, rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        Note(columnsNeeded, rand);
        return Array.ConvertAll(source.GetRowCursorSet(columnsNeeded, n, rand), c => (DataViewRowCursor)new Cursor(this, c));
    }

    private void Note(IEnumerable<DataViewSchema.Column> columns, Random? rand)
    {
        Asked.Add([.. columns.Select(c => c.Name)]);
        Randoms.Add(rand);
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly RecordingView _view;
        private readonly DataViewRowCursor _source;
        private bool _disposed;

        public Cursor(RecordingView view, DataViewRowCursor source)
        {
            _view = view;
            _source = source;
            Interlocked.Increment(ref view._open);
        }

        public override DataViewSchema Schema => _source.Schema;

        public override long Position => _source.Position;

        public override long Batch => _source.Batch;

        public override bool MoveNext() => _source.MoveNext();

        public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _source.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _source.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (!_disposed && disposing)
            {
                _source.Dispose();
                Interlocked.Decrement(ref _view._open);
            }

            _disposed = true;
            base.Dispose(disposing);
        }
    }
}
