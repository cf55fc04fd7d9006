namespace Microsoft.ML;

/// <summary>Conversions of types, keys and values.</summary>
public static class ConversionsExtensionsCatalog
{
    /// <summary>Converts values to another type.</summary>
    public static IEstimator<ITransformer> ConvertType(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null,
        DataKind outputKind = DataKind.Single) => TrivialEstimator.Create(catalog.Environment, new ConvertOperation(outputKind),
            outputColumnName, inputColumnName);
    /// <summary>Converts the values of several columns to another type.</summary>
    public static IEstimator<ITransformer> ConvertType(
        this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns, DataKind outputKind = DataKind.Single)
        => TrivialEstimator.Create(catalog.Environment, new ConvertOperation(outputKind), columns.ToPairs());
    /// <summary>Maps each distinct value to a key; those beyond the maximum count as unknown.</summary>
    public static ValueToKeyMappingEstimator MapValueToKey(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
        string inputColumnName = null, int maximumNumberOfKeys = 1000000, KeyOrdinality keyOrdinality = KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false)
        => new(catalog.Environment, [(outputColumnName, inputColumnName ?? outputColumnName)], maximumNumberOfKeys, keyOrdinality,
            addKeyValueAnnotationsAsText);
    /// <summary>Maps keys back to the values that they stand for.</summary>
    public static IEstimator<ITransformer> MapKeyToValue(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null)
        => TrivialEstimator.Create(catalog.Environment, new KeyToValueOperation(), outputColumnName, inputColumnName);

    /// <summary>Maps values to others by a table; a value that it doesn't have becomes the output type's default.</summary>
    public static IEstimator<ITransformer> MapValue<TInputType, TOutputType>(this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName, IEnumerable<KeyValuePair<TInputType, TOutputType>> keyValuePairs, string inputColumnName = null)
    {
        // ML.NET makes a view of the pairs, which registers too.
        catalog.Environment.Register(nameof(MapValue));
        return TrivialEstimator.Create(catalog.Environment, TableOperation.Create(keyValuePairs), outputColumnName, inputColumnName);
    }
}

/// <summary>Converts values to another type.</summary>
internal sealed record ConvertOperation(DataKind OutputKind) : ColumnOperation
{
    private PrimitiveDataViewType Type => OutputKind.ToType();

    public override ColumnMap Map(DataViewSchema.Column input)
    {
        var (from, to) = (input.Type.GetItemType(), Type);
        if (from is KeyDataViewType key && KeyDataViewType.IsValidDataType(to.RawType))
            to = new KeyDataViewType(to.RawType, Math.Min(key.Count, KeyDataViewType.MaximumCount(to.RawType)));
        if (Conversions.Find(from, to) == null || (from is KeyDataViewType && to is not KeyDataViewType))
            throw Contracts.ParamError("inputSchema", $"Column '{input.Name}' of type '{input.Type}' can't be converted to '{to}'");
        var builder = new DataViewSchema.Annotations.Builder();
        if (input.Type.IsKnownSizeVector())
            builder.Keep(input, AnnotationKinds.SlotNames);
        if (from is KeyDataViewType before && to is KeyDataViewType after && before.Count == after.Count)
            builder.Keep(input, AnnotationKinds.KeyValues);
        if (from is NumberDataViewType && to is NumberDataViewType)
            builder.Keep(input, AnnotationKinds.IsNormalized);
        if (input.Type is BooleanDataViewType && to is NumberDataViewType)
            builder.AddIsNormalized();
        return new ColumnMap(input.Type.WithItems(to), builder.ToAnnotations(), (row, column) => Conversions.GetGetterAs(row, column, to));
    }

    // As in ML.NET the annotations are the input's, whether or not the conversion keeps them.
    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
        => Conversions.Find(input.ItemType, Type) != null ? new SchemaShape.Column(output, input.Kind, Type, false, input.Annotations)
            : throw Contracts.ParamError("inputSchema",
                $"Column '{input.Name}' of type '{input.GetTypeString()}' can't be converted to '{Type}'");
}

/// <summary>Maps values to others by a table; a value that it doesn't have becomes the type's default.</summary>
internal sealed record TableOperation(Array Keys, Array Values) : ColumnOperation
{
    private PrimitiveDataViewType ValueType => ColumnTypes.FromRawType(Values.GetType().GetElementType());

    public static TableOperation Create<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs)
    {
        var all = Contracts.CheckValue(pairs, "keyValuePairs").ToArray();
        return new TableOperation(Raw(Array.ConvertAll(all, pair => pair.Key)), Raw(Array.ConvertAll(all, pair => pair.Value)));
    }

    public override SchemaShape.Column Shape(SchemaShape.Column input, string output) => Shape(output, input, ValueType);
    // As in ML.NET a vector's size is not told of the result, and that a value is of another type shows when it is read.
    public override ColumnMap Map(DataViewSchema.Column input) => new(
        input.Type is VectorDataViewType ? new VectorDataViewType(ValueType) : ValueType,
        new DataViewSchema.Annotations.Builder().ToAnnotations(),
        (row, column) => Generic.Invoke<Delegate>(MakeGetter<int, int>, [Keys.GetType().GetElementType(), ValueType.RawType], row, column));
    private static Array Raw<T>(T[] items) => items is string[] texts ? Array.ConvertAll(texts, text => text.AsMemory())
            : ColumnTypes.FromRawType(typeof(T)) != null
                ? items : throw Contracts.ParamError("keyValuePairs", $"A column can't hold values of {typeof(T)}.");

    private Delegate MakeGetter<TKey, TValue>(DataViewRow row, DataViewSchema.Column column)
    {
        var indices = new Dictionary<TKey, int>(TextComparer.Instance as IEqualityComparer<TKey>);
        foreach (TKey key in Keys)
            Contracts.Check(indices.TryAdd(key, indices.Count), $"The table has '{key}' twice.");
        return Elementwise.MakeGetter(row, column,
            (TKey key, int slot) => indices.TryGetValue(key, out int i) ? ((TValue[])Values)[i] : default, Layout.Dense);
    }
}

/// <summary>Maps keys back to the values that they stand for; the missing key to NaN, or to the type's default.</summary>
internal sealed record KeyToValueOperation : ColumnOperation
{
    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
    {
        if (!input.IsKey)
            throw TransformHelpers.WrongInput(input.Name, "KeyType", input.GetTypeString());
        if (!input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values))
            throw Contracts.ParamError("inputSchema", $"Column '{input.Name}' has no annotation with the values of its keys");
        return new SchemaShape.Column(output, input.Kind, values.ItemType, values.IsKey,
            new SchemaShape(input.Kept(AnnotationKinds.SlotNames)));
    }

    public override ColumnMap Map(DataViewSchema.Column input)
    {
        var values = input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type as VectorDataViewType;
        Contracts.Check(values != null && input.Type.GetItemType() is KeyDataViewType key && key.Count == (ulong)values.Size,
            $"Column '{input.Name}' of type '{input.Type}' has no annotation with the values of its keys.");
        return new ColumnMap(input.Type.WithItems(values.ItemType),
            new DataViewSchema.Annotations.Builder().Keep(input, AnnotationKinds.SlotNames).ToAnnotations(),
            (row, column) => Generic.Invoke<Delegate>(MakeGetter<int>, values.ItemType.RawType, row, column));
    }

    private static Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column column)
    {
        T[] values = [.. column.GetKeyValues<T>().DenseValues()];
        T missing = typeof(T) == typeof(float) ? (T)(object)float.NaN : typeof(T) == typeof(double) ? (T)(object)double.NaN : default;
        return Elementwise.MakeGetter(Conversions.GetGetterAs(row, column, NumberDataViewType.UInt32),
            (uint key, int slot) => key > 0 && key <= values.Length ? values[key - 1] : missing, Layout.Compact);
    }
}
