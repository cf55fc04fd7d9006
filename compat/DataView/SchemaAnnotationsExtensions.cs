namespace Microsoft.ML.Data;

/// <summary>Reads the usual annotations of columns.</summary>
public static class SchemaAnnotationsExtensions
{
    /// <summary>Whether the column is a vector of known size whose slots have names.</summary>
    public static bool HasSlotNames(this DataViewSchema.Column column)
        => column.Type is VectorDataViewType { Size: > 0 } vector
            && column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.SlotNames)?.Type is VectorDataViewType names
            && names.Size == vector.Size && names.ItemType is TextDataViewType;

    /// <summary>Reads the names of the slots.</summary>
    public static void GetSlotNames(this DataViewSchema.Column column, ref VBuffer<ReadOnlyMemory<char>> slotNames)
        => column.Annotations.GetValue(AnnotationKinds.SlotNames, ref slotNames);

    /// <summary>Whether the column holds keys whose values are known; text unless another type is given.</summary>
    public static bool HasKeyValues(this DataViewSchema.Column column, PrimitiveDataViewType keyValueItemType = null)
        => column.Type.GetItemType() is KeyDataViewType key
            && column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType values
            && key.Count == (ulong)values.Size && (keyValueItemType ?? TextDataViewType.Instance).Equals(values.ItemType);

    /// <summary>Whether the column is marked as normalized.</summary>
    public static bool IsNormalized(this DataViewSchema.Column column)
        => column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.IsNormalized)?.Type is BooleanDataViewType
            && column.GetAnnotation<bool>(AnnotationKinds.IsNormalized);
    internal static VBuffer<ReadOnlyMemory<char>> GetSlotNames(this DataViewSchema.Column column)
        => column.GetAnnotation<VBuffer<ReadOnlyMemory<char>>>(AnnotationKinds.SlotNames);
    internal static VBuffer<TValue> GetKeyValues<TValue>(this DataViewSchema.Column column)
        => column.GetAnnotation<VBuffer<TValue>>(AnnotationKinds.KeyValues);

    internal static TValue GetAnnotation<TValue>(this DataViewSchema.Column column, string kind)
    {
        TValue value = default;
        column.Annotations.GetValue(kind, ref value);
        return value;
    }
}

/// <summary>The names of annotations, and ready-made ones.</summary>
internal static class AnnotationKinds
{
    public const string SlotNames = "SlotNames";
    public const string KeyValues = "KeyValues";
    public const string IsNormalized = "IsNormalized";
    public const string CategoricalSlotRanges = "CategoricalSlotRanges";
    public const string ScoreColumnSetId = "ScoreColumnSetId";
    public const string ScoreColumnKind = "ScoreColumnKind";
    public const string ScoreValueKind = "ScoreValueKind";
    public static VectorDataViewType NamesType(int count) => new(TextDataViewType.Instance, count);
    public static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, ReadOnlyMemory<char>[] names)
        => builder.Add(SlotNames, NamesType(names.Length), GetterOf(new VBuffer<ReadOnlyMemory<char>>(names.Length, names)));
    public static void AddSlotRanges(this DataViewSchema.Annotations.Builder builder, int[] ranges)
        => builder.Add(CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2),
            GetterOf(new VBuffer<int>(ranges.Length, ranges)));
    public static ValueGetter<VBuffer<T>> GetterOf<T>(VBuffer<T> value) => (ref VBuffer<T> destination) => value.CopyTo(ref destination);
}
