namespace Microsoft.ML;

/// <summary>Missing values.</summary>
public static class ExtensionsCatalog
{
    /// <summary>Tells which values are missing (NaN).</summary>
    public static IEstimator<ITransformer> IndicateMissingValues(this TransformsCatalog catalog, string outputColumnName,
        string inputColumnName = null) => TrivialEstimator.Create(catalog.Environment, new IndicateMissingOperation(),
            outputColumnName, inputColumnName);
    /// <summary>Tells which values of several columns are missing (NaN).</summary>
    public static IEstimator<ITransformer> IndicateMissingValues(this TransformsCatalog catalog, InputOutputColumnPair[] columns)
        => TrivialEstimator.Create(catalog.Environment, new IndicateMissingOperation(), columns.ToPairs());
    /// <summary>Puts other values in place of missing ones (NaN); slot by slot, or one for all slots of a vector.</summary>
    public static MissingValueReplacingEstimator ReplaceMissingValues(this TransformsCatalog catalog, string outputColumnName,
        string inputColumnName = null, ReplacementMode replacementMode = ReplacementMode.DefaultValue,
        bool imputeBySlot = true) => catalog.ReplaceMissingValues([new(outputColumnName, inputColumnName)], replacementMode, imputeBySlot);
    /// <summary>Puts other values in place of missing ones (NaN), in several columns.</summary>
    public static MissingValueReplacingEstimator ReplaceMissingValues(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        ReplacementMode replacementMode = ReplacementMode.DefaultValue,
        bool imputeBySlot = true) => new(catalog.Environment, columns.ToPairs(), replacementMode, imputeBySlot);
}

/// <summary>Tells which values are missing: NaN, and the missing key.</summary>
internal sealed record IndicateMissingOperation : ColumnOperation
{
    // As in ML.NET a shape doesn't admit keys, though a transformer takes them.
    public override SchemaShape.Column Shape(SchemaShape.Column input, string output) => MissingValues.IsReal(input.ItemType)
            ? Shape(output, input, BooleanDataViewType.Instance,
                [.. input.Kept(AnnotationKinds.SlotNames), TransformHelpers.IsNormalizedShape])
            : throw Contracts.MissingColumn("inputSchema", "input", input.Name);

    public override ColumnMap Map(DataViewSchema.Column input)
    {
        // ML.NET finds out by reflection whether a type can be missing, and lets the wrapping of the exception show.
        var item = input.Type.GetItemType();
        if (!MissingValues.IsReal(item) && item is not KeyDataViewType)
            throw new TargetInvocationException(new InvalidOperationException($"Values of '{item}' are never missing."));
        return new ColumnMap(input.Type.WithItems(BooleanDataViewType.Instance),
            new DataViewSchema.Annotations.Builder().Keep(input, AnnotationKinds.SlotNames).AddIsNormalized().ToAnnotations(),
            (row, column) => Generic.Invoke<Delegate>(MakeGetter<int>, item.RawType, row, column));
    }

    private static Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var isMissing = MissingValues.Predicate<T>(column.Type.GetItemType());
        return Elementwise.MakeGetter(row, column, (T value, int slot) => isMissing(value), Layout.Compact);
    }
}
