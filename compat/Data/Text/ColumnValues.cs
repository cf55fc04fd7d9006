namespace Microsoft.ML.Data;

/// <summary>The parsed values of a column, for the rows of a batch.</summary>
internal abstract class ColumnValues
{
    public static ColumnValues Create(TextColumn column, TextLoader.Options format)
        => Generic.Invoke<ColumnValues>(Create<int>, column.ItemType.RawType, column, format);
    public abstract void Start(int row, int size);
    /// <summary>Reads the item at <paramref name="slot"/>, behind those read before; false if the text is no such value.</summary>
    public abstract bool Read(int row, int slot, ReadOnlyMemory<char> text);
    public abstract Delegate MakeGetter(TextCursor cursor, int column);

    private static ColumnValues Create<T>(TextColumn column, TextLoader.Options format)
    {
        var parse = ValueParsers.Get<T>(column.ItemType, format);
        return column.Type is VectorDataViewType ? new Vectors<T>(parse) : new Scalars<T>(parse);
    }

    private static void EnsureRoom<TItem>(ref TItem[] array, int index)
    {
        if (index >= array.Length)
            Array.Resize(ref array, Math.Max(64, Math.Max(index + 1, 2 * array.Length)));
    }

    private sealed class Scalars<T>(TryParser<T> parse) : ColumnValues
    {
        private T[] _values = [];

        public override void Start(int row, int size)
        {
            EnsureRoom(ref _values, row);
            _values[row] = default;
        }

        public override bool Read(int row, int slot, ReadOnlyMemory<char> text) => parse(text, out _values[row]);
        public override Delegate MakeGetter(TextCursor cursor, int column)
            => (ValueGetter<T>)((ref value) => value = ((Scalars<T>)cursor.GetValues(column))._values[cursor.Row]);
    }

    /// <summary>Vectors, their items one row after the other. A vector is sparse while no more than half of its items were read.</summary>
    private sealed class Vectors<T>(TryParser<T> parse) : ColumnValues
    {
        private T[] _items = [];
        private int[] _slots = [];
        private int _used;
        private (int Start, int Count, int Size)[] _rows = [];

        public override void Start(int row, int size)
        {
            _used = row == 0 ? 0 : _used;
            EnsureRoom(ref _rows, row);
            _rows[row] = (_used, 0, size);
        }

        public override bool Read(int row, int slot, ReadOnlyMemory<char> text)
        {
            EnsureRoom(ref _items, _used);
            EnsureRoom(ref _slots, _used);
            _slots[_used] = slot;
            _rows[row].Count++;
            return parse(text, out _items[_used++]);
        }

        public override Delegate MakeGetter(TextCursor cursor, int column)
            => (ValueGetter<VBuffer<T>>)((ref value) => ((Vectors<T>)cursor.GetValues(column)).Get(cursor.Row, ref value));

        private void Get(int row, ref VBuffer<T> value)
        {
            var (start, count, size) = _rows[row];
            var items = _items.AsSpan(start, count);
            var slots = _slots.AsSpan(start, count);
            var isDense = count > size / 2;
            var editor = VBufferEditor.Create(ref value, size, isDense ? size : count);
            if (count == editor.Values.Length)
            {
                items.CopyTo(editor.Values);
                if (!isDense)
                    slots.CopyTo(editor.Indices);
            }
            else
            {
                editor.Values.Clear();
                for (var i = 0; i < count; i++)
                    editor.Values[slots[i]] = items[i];
            }
            value = editor.Commit();
        }
    }
}
