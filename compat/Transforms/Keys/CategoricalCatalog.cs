namespace Microsoft.ML;

/// <summary>Encodings of categories.</summary>
public static class CategoricalCatalog
{
    /// <summary>Encodes each distinct value of a column; those beyond the maximum count as unknown.</summary>
    public static OneHotEncodingEstimator OneHotEncoding(this TransformsCatalog.CategoricalTransforms catalog, string outputColumnName,
        string inputColumnName = null, OutputKind outputKind = OutputKind.Indicator, int maximumNumberOfKeys = 1000000,
        KeyOrdinality keyOrdinality = KeyOrdinality.ByOccurrence)
        => catalog.OneHotEncoding([new(outputColumnName, inputColumnName)], outputKind, maximumNumberOfKeys, keyOrdinality);

    /// <summary>Encodes each distinct value of several columns; those beyond the maximum count as unknown.</summary>
    public static OneHotEncodingEstimator OneHotEncoding(this TransformsCatalog.CategoricalTransforms catalog,
        InputOutputColumnPair[] columns, OutputKind outputKind = OutputKind.Indicator, int maximumNumberOfKeys = 1000000,
        KeyOrdinality keyOrdinality = KeyOrdinality.ByOccurrence)
    {
        var host = catalog.Environment.Register(nameof(OneHotEncoding));
        var toKey = new ValueToKeyMappingEstimator(host, columns.ToPairs(), maximumNumberOfKeys, keyOrdinality, valuesAsText: true);
        return new OneHotEncodingEstimator(host, toKey, outputKind, columns.Select(column => column.OutputColumnName));
    }

    /// <summary>Encodes the hash of each value, of 1 to 31 bits; ordered hashing makes equal values of different slots differ.</summary>
    public static OneHotEncodingEstimator OneHotHashEncoding(this TransformsCatalog.CategoricalTransforms catalog, string outputColumnName,
        string inputColumnName = null, OutputKind outputKind = OutputKind.Indicator,
        int numberOfBits = 16, uint seed = 314489979, bool useOrderedHashing = true)
    {
        var host = catalog.Environment.Register(nameof(OneHotHashEncoding));
        var hash = TrivialEstimator.Create(host, new HashOperation(numberOfBits, seed, useOrderedHashing),
            outputColumnName, inputColumnName);
        return new OneHotEncodingEstimator(host, hash, outputKind, [outputColumnName]);
    }
}

/// <summary>Maps values to keys by their MurmurHash; a missing value becomes the missing key.</summary>
internal sealed record HashOperation(int NumberOfBits, uint Seed, bool Ordered) : ColumnOperation
{
    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
        => new(output, input.Kind, Hashed(input.Name, input.ItemType), true, new SchemaShape(input.Kept(AnnotationKinds.SlotNames)));
    public override ColumnMap Map(DataViewSchema.Column input) => new(
        input.Type.WithItems(new KeyDataViewType(Hashed(input.Name, input.Type.GetItemType()).RawType, 1UL << NumberOfBits)),
        new DataViewSchema.Annotations.Builder().Keep(input, AnnotationKinds.SlotNames).ToAnnotations(),
        (row, column) => Generic.Invoke<Delegate>(MakeGetter<int>, input.Type.GetItemType().RawType, row, column));

    private static NumberDataViewType Hashed(string column, DataViewType item) => item is not DateTimeDataViewType
        ? NumberDataViewType.UInt32 : throw TransformHelpers.WrongInput(column, "numbers, truth values, keys or text", item);

    private Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column column)
    {
        uint mask = (1u << NumberOfBits) - 1;
        var isMissing = MissingValues.Predicate<T>(column.Type.GetItemType());
        // Ordered hashing makes equal values of different slots different keys.
        return Elementwise.MakeGetter(row, column, (T value, int slot) => isMissing(value) ? 0
            : RowHash.Hash(value, Ordered ? Murmur.Round(Seed, (uint)slot) : Seed, mask), Layout.AsInput);
    }
}
