namespace Microsoft.ML.Data;

/// <summary>What many transforms need.</summary>
internal static class TransformHelpers
{
    private const string InputSchema = "inputSchema";
    public static SchemaShape.Column IsNormalizedShape { get; }
        = new(AnnotationKinds.IsNormalized, VectorKind.Scalar, BooleanDataViewType.Instance, false);
    public static SchemaShape.Column SlotNamesShape { get; }
        = new(AnnotationKinds.SlotNames, VectorKind.Vector, TextDataViewType.Instance, false);
    public static SchemaShape.Column SlotRangesShape { get; }
        = new(AnnotationKinds.CategoricalSlotRanges, VectorKind.Vector, NumberDataViewType.Int32, false);
    public static DataViewSchema.Column Require(this DataViewSchema schema, string name, string parameter = InputSchema)
        => schema.GetColumnOrNull(name) ?? throw Contracts.MissingColumn(parameter, "input", name);
    public static SchemaShape.Column Require(this SchemaShape shape, string name)
        => Contracts.CheckValue(shape, InputSchema).TryFindColumn(name, out var column)
            ? column : throw Contracts.MissingColumn(InputSchema, "input", name);
    public static ArgumentOutOfRangeException WrongInput(string column, string expected, object actual)
        => Contracts.SchemaMismatch(InputSchema, "input", column, expected, actual.ToString());

    public static DataViewSchema.Annotations.Builder Keep(this DataViewSchema.Annotations.Builder builder, DataViewSchema.Column column,
        params string[] names)
    {
        builder.Add(column.Annotations, names.Contains);
        return builder;
    }

    public static DataViewSchema.Annotations.Builder AddIsNormalized(this DataViewSchema.Annotations.Builder builder)
    {
        builder.Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, (ref bool value) => value = true);
        return builder;
    }

    public static IEnumerable<SchemaShape.Column> Kept(this SchemaShape.Column column, params string[] names)
        => column.Annotations.Where(annotation => names.Contains(annotation.Name));
    public static DataViewType WithItems(this DataViewType type, PrimitiveDataViewType item)
        => type is VectorDataViewType vector ? new VectorDataViewType(item, [.. vector.Dimensions]) : item;
    public static (string Output, string Input)[] ToPairs(this InputOutputColumnPair[] columns)
        => Array.ConvertAll(Contracts.CheckValue(columns), column => (column.OutputColumnName, column.InputColumnName));
}

/// <summary>Which values count as missing: NaN, the key 0, and where keys are made the empty text.</summary>
internal static class MissingValues
{
    public static Func<T, bool> Predicate<T>(DataViewType itemType) => (Func<T, bool>)(object)(itemType switch
    {
        KeyDataViewType => new Func<T, bool>(value => EqualityComparer<T>.Default.Equals(value, default)),
        _ when typeof(T) == typeof(float) => new Func<float, bool>(float.IsNaN),
        _ when typeof(T) == typeof(double) => new Func<double, bool>(double.IsNaN),
        _ when typeof(T) == typeof(ReadOnlyMemory<char>) => new Func<ReadOnlyMemory<char>, bool>(text => text.IsEmpty),
        _ => new Func<T, bool>(_ => false),
    });

    public static bool IsReal(DataViewType itemType) => itemType == NumberDataViewType.Single || itemType == NumberDataViewType.Double;
}
