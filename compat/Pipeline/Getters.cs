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

    public static void CheckActive(bool isActive, DataViewSchema.Column column)
        => Contracts.CheckParam(isActive, nameof(column), $"The column '{column.Name}' is not active: name it when asking for the cursor.");

    public static ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column) => getter as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Invalid TValue: the column '{column.Name}' is {column.Type}, not '{typeof(TValue)}'.");

    /// <summary>A getter of a column whose type is known at run time only: a <see cref="ValueGetter{TValue}"/> of its raw type.</summary>
    public static Delegate Get(DataViewRow row, DataViewSchema.Column column)
        => Runtime.Generic.Invoke<Delegate>(row.GetGetter<int>, column.Type.RawType, column);

    public static Func<T> AsFunction<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }

    public static ValueGetter<VBuffer<T>> AsVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
            return row.GetGetter<VBuffer<T>>(column);
        var getter = row.GetGetter<T>(column);
        return (ref value) =>
        {
            var editor = VBufferEditor.Create(ref value, 1);
            getter(ref editor.Values[0]);
            value = editor.Commit();
        };
    }
}
