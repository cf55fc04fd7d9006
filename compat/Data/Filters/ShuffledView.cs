namespace Microsoft.ML.Data;

/// <summary>The rows in random order: the source in such an order where it has one, and one at random from a pool read ahead.</summary>
internal sealed class ShuffledView(IDataView source, int seed, int poolSize, bool shuffleSource) : View(source.Schema)
{
    public override bool CanShuffle => true;
    public override long? GetRowCount() => source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var columns = columnsNeeded.ToArray();
        rand ??= TauswortheRandom.Create(seed);
        var input = source.GetRowCursor(columns, shuffleSource ? new TauswortheRandom(rand) : null);
        return poolSize == 1 ? input : new Cursor(input, columns, poolSize, rand);
    }

    private sealed class Cursor : WrappingCursor
    {
        private readonly Random _random;
        private readonly ColumnStore[] _columns;
        private readonly ColumnStore<DataViewRowId> _ids;
        private readonly StorePlace _place = new();

        // A ring of slots: the current row's stands at _head, and the pool follows it.
        private readonly int[] _ring;
        private int _head;
        private int _count;
        private long _position = -1;
        private bool _inputEnded;

        public Cursor(DataViewRowCursor input, DataViewSchema.Column[] columns, int poolSize, Random random)
            : base(input, input.Schema, Getters.Mark(input.Schema, columns))
        {
            (_random, _ring, _columns) = (random, Enumerable.Range(0, poolSize).ToArray(), new ColumnStore[input.Schema.Count]);
            foreach (var column in columns)
                _columns[column.Index] ??= ColumnStore.Create(input, column, poolSize);
            _ids = new ColumnStore<DataViewRowId>(input.GetIdGetter(), poolSize);
        }

        public override long Position => _position;
        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (_count > 0)
            {
                _head = (_head + 1) % _ring.Length;
                _count--;
            }
            for (; _count < _ring.Length && !_inputEnded && !(_inputEnded = !Input.MoveNext()); _count++)
            {
                var slot = _ring[(_head + _count) % _ring.Length];
                foreach (var column in _columns)
                    column?.Store(slot);
                _ids.Store(slot);
            }
            if (_count == 0)
            {
                (_position, _place.Index) = (-1, -1);
                return false;
            }
            var chosen = (_head + _random.Next(_count)) % _ring.Length;
            (_ring[_head], _ring[chosen]) = (_ring[chosen], _ring[_head]);
            _place.Index = _ring[_head];
            _position++;
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)_ids.MakeGetter(_place);
        protected override Delegate MakeGetter(DataViewSchema.Column column) => _columns[column.Index].MakeGetter(_place);
    }
}
