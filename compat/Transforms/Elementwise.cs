namespace Microsoft.ML.Data;

/// <summary>How a vector made item by item is stored.</summary>
internal enum Layout
{
    AsInput, // As the input is, unless zeros become something else.
    Compact, // Dense or sparse, whichever the builder chooses.
    Dense,
}

/// <summary>Getters of scalars, or of vectors, whose items are each made from one item of the input.</summary>
internal static class Elementwise
{
    /// <summary>
    /// A getter of what a function makes of items and their slots. That it makes zeros of zeros, whatever the slot, is seen from the
    /// first slot's unless said.
    /// </summary>
    public static Delegate MakeGetter<TSource, TTarget>(Delegate source, Func<TSource, int, TTarget> map, Layout layout,
        bool? keepsZero = null)
        => source is ValueGetter<VBuffer<TSource>> vector
            ? MakeVectorGetter(vector, map, layout, keepsZero) : MakeScalarGetter((ValueGetter<TSource>)source, map);
    public static Delegate MakeGetter<TSource, TTarget>(DataViewRow row, DataViewSchema.Column column, Func<TSource, int, TTarget> map,
        Layout layout) => MakeGetter(Getters.Get(row, column), map, layout);

    private static ValueGetter<TTarget> MakeScalarGetter<TSource, TTarget>(ValueGetter<TSource> getter, Func<TSource, int, TTarget> map)
    {
        TSource source = default;
        return (ref target) =>
        {
            getter(ref source);
            target = map(source, 0);
        };
    }

    private static ValueGetter<VBuffer<TTarget>> MakeVectorGetter<TSource, TTarget>(
        ValueGetter<VBuffer<TSource>> getter, Func<TSource, int, TTarget> map, Layout layout, bool? keepsZero)
    {
        VBuffer<TSource> source = default;
        var builder = new VectorBuilder<TTarget>();
        bool isSparse = keepsZero ?? (layout != Layout.Dense && VectorBuilder<TTarget>.IsDefault(map(default, 0)));
        return (ref target) =>
        {
            getter(ref source);
            var values = source.GetValues();
            var indices = source.GetIndices();
            builder.Reset(source.Length, keepsDefaults: layout != Layout.Compact);
            for (int slot = 0, i = 0; slot < source.Length; slot++)
            {
                if (isSparse && !source.IsDense)
                {
                    if (i == indices.Length)
                        break;
                    slot = indices[i];
                }
                builder.Add(slot, map(source.IsDense || (i < indices.Length && indices[i] == slot) ? values[i++] : default, slot));
            }
            builder.Store(ref target, layout == Layout.Compact ? null : !isSparse || source.IsDense);
        };
    }
}

/// <summary>Collects a vector's values in slot order, without zeros and empty texts; stores them dense or sparse as ML.NET would.</summary>
internal sealed class VectorBuilder<T>
{
    private readonly List<T> _values = [];
    private readonly List<int> _indices = [];
    private int _length;
    private bool _keepsDefaults;

    public void Reset(int length, bool keepsDefaults = false)
    {
        (_length, _keepsDefaults) = (length, keepsDefaults);
        _values.Clear();
        _indices.Clear();
    }

    public static bool IsDefault(T value)
        => value is ReadOnlyMemory<char> text ? text.IsEmpty : EqualityComparer<T>.Default.Equals(value, default);

    public void Add(int slot, T value)
    {
        if (!_keepsDefaults && IsDefault(value))
            return;
        _indices.Add(slot);
        _values.Add(value);
    }

    public void Store(ref VBuffer<T> destination, bool? dense = null)
    {
        int count = _values.Count;
        bool isDense = dense ?? (count > 0 && count >= _length / 2);
        isDense |= count == _length;
        var editor = VBufferEditor.Create(ref destination, _length, isDense ? _length : count);
        if (isDense)
            editor.Values.Clear();
        for (int i = 0; i < count; i++)
        {
            editor.Values[isDense ? _indices[i] : i] = _values[i];
            if (!isDense)
                editor.Indices[i] = _indices[i];
        }
        destination = editor.Commit();
    }
}
