namespace Microsoft.ML.Data;

/// <summary>What rows and cursors have in common when a getter is asked for.</summary>
internal static class Getters
{
    public static bool[] Mark(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        var marks = new bool[schema.Count];
        foreach (var column in columns)
            marks[column.Index] = true;
        return marks;
    }

    /// <summary>A getter of a column whose type is known at run time only: a <see cref="ValueGetter{TValue}"/> of its raw type.</summary>
    public static Delegate Get(DataViewRow row, DataViewSchema.Column column)
        => Runtime.Generic.Invoke<Delegate>(row.GetGetter<int>, column.Type.RawType, column);

    public static Func<T> AsFunction<T>(ValueGetter<T> getter)
    {
        T value = default;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }

    public static ValueGetter<VBuffer<T>> AsVector<T>(DataViewRow row, DataViewSchema.Column column) => AsVector<T>(Get(row, column));

    /// <summary>A getter of vectors, or of scalars as vectors of one slot.</summary>
    public static ValueGetter<VBuffer<T>> AsVector<T>(Delegate source)
        => source as ValueGetter<VBuffer<T>> ?? ((ref value) =>
        {
            var editor = VBufferEditor.Create(ref value, 1);
            ((ValueGetter<T>)source)(ref editor.Values[0]);
            value = editor.Commit();
        });
}
