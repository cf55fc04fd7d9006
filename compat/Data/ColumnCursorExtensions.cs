namespace Microsoft.ML.Data;

/// <summary>Reads single columns.</summary>
public static class ColumnCursorExtensions
{
    /// <summary>The values of a column, row by row, read as they are asked for.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        var column = Contracts.CheckValue(data).Schema.GetColumnOrNull(columnName)
            ?? throw Contracts.MissingColumn("columnName", "", columnName);
        if (typeof(T) == column.Type.RawType)
            return Rows<T, T>(data, column, value => value);
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
            return Rows<ReadOnlyMemory<char>, T>(data, column, text => (T)(object)text.ToString());
        if (typeof(T) == typeof(string[]) && column.Type.GetItemType() is TextDataViewType)
            return Rows<VBuffer<ReadOnlyMemory<char>>, T>(
                data, column, texts => (T)(object)texts.DenseValues().Select(text => text.ToString()).ToArray());
        Contracts.Check(typeof(T).IsArray && column.Type is VectorDataViewType vector
            && vector.ItemType.RawType == typeof(T).GetElementType(),
            $"Column '{columnName}' is {column.Type}, not {typeof(T)}.");
        return Generic.Invoke<IEnumerable<T>>(Arrays<int>, typeof(T).GetElementType(), data, column);
    }

    private static IEnumerable<TItem[]> Arrays<TItem>(IDataView data, DataViewSchema.Column column)
        => Rows<VBuffer<TItem>, TItem[]>(data, column, vector => [.. vector.DenseValues()]);

    // A vector's buffer is read anew for each row, so that what was given stays as it is.
    private static IEnumerable<TResult> Rows<TValue, TResult>(IDataView data, DataViewSchema.Column column, Func<TValue, TResult> convert)
    {
        using var cursor = data.GetRowCursor([column]);
        var getter = cursor.GetGetter<TValue>(column);
        while (cursor.MoveNext())
        {
            TValue value = default;
            getter(ref value);
            yield return convert(value);
        }
    }
}
