namespace Microsoft.ML.Data;

/// <summary>Where a reader of stored values stands.</summary>
internal sealed class StorePlace
{
    public int Index = -1;
}

/// <summary>Copies a value so that source and destination share no memory that is written again.</summary>
internal delegate void ValueCopier<T>(in T source, ref T destination);

/// <summary>Values of one column, taken from a cursor and held in memory.</summary>
internal abstract class ColumnStore
{
    public static ColumnStore Create(DataViewRowCursor cursor, DataViewSchema.Column column, int capacity)
        => Generic.Invoke<ColumnStore>(Create<int>, column.Type.RawType, cursor, column, capacity);
    public abstract void Store(int index);
    public abstract Delegate MakeGetter(StorePlace place);

    private static ColumnStore Create<T>(DataViewRowCursor cursor, DataViewSchema.Column column, int capacity)
        => new ColumnStore<T>(cursor.GetGetter<T>(column), capacity);
}

/// <summary>Values of one column of type <typeparamref name="T"/>.</summary>
internal sealed class ColumnStore<T>(ValueGetter<T> source, int capacity) : ColumnStore
{
    public static readonly ValueCopier<T> Copy = MakeCopier();
    private T[] _values = new T[capacity];
    private T _buffer;

    public override void Store(int index)
    {
        if (index >= _values.Length)
            Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max(64, 2L * index)));
        source(ref _buffer);
        Copy(_buffer, ref _values[index]);
    }

    public override Delegate MakeGetter(StorePlace place) => (ValueGetter<T>)((ref value) => Copy(place.Index >= 0 ? _values[place.Index]
        : throw new InvalidOperationException("The cursor stands on no row: call MoveNext, and stop when it returns false."), ref value));

    private static ValueCopier<T> MakeCopier()
        => typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(VBuffer<>)
            ? (ValueCopier<T>)Generic.Invoke<Delegate>(MakeVectorCopier<int>, typeof(T).GetGenericArguments()[0])
            : (in source, ref destination) => destination = source;

    private static Delegate MakeVectorCopier<TItem>()
        => (ValueCopier<VBuffer<TItem>>)((in source, ref destination) => source.CopyTo(ref destination));
}
