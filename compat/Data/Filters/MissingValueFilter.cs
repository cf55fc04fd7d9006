namespace Microsoft.ML.Data;

/// <summary>Leaves out rows with a NaN or a missing key in one of the columns.</summary>
internal static class MissingValueFilter
{
    public static RowFilter Create(IDataView source, string[] columns)
    {
        Contracts.CheckParam(columns?.Length > 0, nameof(columns), "Name at least one column.");
        var schema = source.Schema;
        foreach (var name in columns)
        {
            var type = schema.GetColumnOrNull(name)?.Type ?? throw Contracts.ParamError("Columns", $"Source column '{name}' not found");
            Contracts.CheckParam(columns.Count(c => c == name) == 1, "Columns", $"Source column '{name}' specified multiple times");
            Contracts.CheckParam(type.GetItemType() is KeyDataViewType || MissingValues.IsReal(type.GetItemType()), "Columns",
                $"Column '{name}' has type {type} which does not support missing values, so we cannot filter on them");
        }
        var inputs = Array.ConvertAll(columns, name => schema[name]);
        return new RowFilter(source, inputs, canShuffle: true, cursor =>
        {
            var tests = Array.ConvertAll(inputs, column
                => Generic.Invoke<Func<bool>>(MakeTest<int>, column.Type.GetItemType().RawType, cursor, column));
            return () => Array.TrueForAll(tests, test => test());
        });
    }

    private static Func<bool> MakeTest<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var (getter, isMissing) = (Getters.AsVector<T>(cursor, column), MissingValues.Predicate<T>(column.Type.GetItemType()));
        VBuffer<T> vector = default;
        return () =>
        {
            getter(ref vector);
            foreach (var item in vector.GetValues())
            {
                if (isMissing(item))
                    return false;
            }
            // An implicit item is 0, which is a missing key but no missing number.
            return vector.IsDense || !isMissing(default);
        };
    }
}
