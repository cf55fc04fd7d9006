namespace Microsoft.ML.Transforms;

/// <summary>Learns the distinct values of columns, to map each to a key.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ITransformer>
{
    private readonly IHost _host;
    private readonly (string Output, string Input)[] _columns;
    private readonly int _maximumNumberOfKeys;
    private readonly KeyOrdinality _keyOrdinality;
    private readonly bool _valuesAsText;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, (string, string)[] columns, int maximumNumberOfKeys,
        KeyOrdinality keyOrdinality, bool valuesAsText)
    {
        _host = env.Register(nameof(ValueToKeyMappingEstimator));
        (_columns, _maximumNumberOfKeys, _keyOrdinality, _valuesAsText) = (columns, maximumNumberOfKeys, keyOrdinality, valuesAsText);
    }

    /// <summary>In which order values get their keys.</summary>
    public enum KeyOrdinality : byte
    {
        /// <summary>As they are first seen.</summary>
        ByOccurrence = 0,
        /// <summary>Ascending; texts by their characters.</summary>
        ByValue = 1,
    }

    /// <summary>Reads the data, until each column has as many keys as it may, and gives the mapping.</summary>
    public ITransformer Fit(IDataView input)
    {
        var schema = Contracts.CheckValue(input).Schema;
        var sources = Array.ConvertAll(_columns, column => schema.Require(column.Input));
        Contracts.CheckParam(_maximumNumberOfKeys > 0, "MaxNumTerms", "Must be positive");
        using var channel = _host.Start("Training");
        using var cursor = input.GetRowCursor(sources);
        var collectors = Array.ConvertAll(sources, source => Generic.Invoke<Collector>(
            MakeCollector<int>, source.Type.GetItemType().RawType, cursor, source));
        var unfinished = collectors.ToList();
        while (unfinished.Count > 0 && cursor.MoveNext())
            unfinished.RemoveAll(collector => !collector.Add());
        var operations = collectors.Zip(sources,
            (collector, source) => new ValueToKeyOperation(source.Type.GetItemType(), collector.Finish(), _valuesAsText)).ToArray();
        foreach (var (operation, (output, _)) in operations.Zip(_columns))
            if (operation.Values.Length == 0)
                channel.Warning(MessageSensitivity.Schema, "Term map for output column '{0}' contains no entries.", output);
        return new ColumnTransformer(_host, _columns, operations);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.With(_columns.Select(column
            => new ValueToKeyOperation(null, null, _valuesAsText).Shape(inputSchema.Require(column.Input), column.Output)));

    private Collector MakeCollector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var map = new KeyMap<T>(column.Type.GetItemType());
        VBuffer<T> values = default;
        var getter = Getters.AsVector<T>(row, column);
        return new Collector(() =>
        {
            getter(ref values);
            return values.DenseValues().All(value => map.Add(value, _maximumNumberOfKeys));
        }, () => map.ToArray(_keyOrdinality));
    }

    // Adds the current row's values, telling whether there is room for more; gives all values at the end.
    private sealed record Collector(Func<bool> Add, Func<Array> Finish);
}

/// <summary>Maps values to keys; an unknown or missing value becomes the missing key.</summary>
internal sealed record ValueToKeyOperation(DataViewType ItemType, Array Values, bool ValuesAsText) : ColumnOperation
{
    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
    {
        var values = input.Kept(AnnotationKinds.KeyValues).FirstOrDefault();
        if (!input.IsKey || !values.IsValid || values.Kind != VectorKind.Vector)
        {
            // ML.NET has no shape for keys whose values are keys told as text.
            Contracts.CheckParam(!input.IsKey || !ValuesAsText, "itemType", "The item type must be valid for a key");
            values = new SchemaShape.Column(AnnotationKinds.KeyValues, VectorKind.Vector,
                ValuesAsText ? TextDataViewType.Instance : input.ItemType, input.IsKey);
        }
        return new SchemaShape.Column(output, input.Kind, NumberDataViewType.UInt32, true,
            new SchemaShape([.. input.Kept(AnnotationKinds.SlotNames), values]));
    }

    public override ColumnMap Map(DataViewSchema.Column input)
    {
        Contracts.Check(input.Type.GetItemType().Equals(ItemType),
            $"Column '{input.Name}' holds values of '{input.Type.GetItemType()}', but the keys are of values of '{ItemType}'.");
        var builder = new DataViewSchema.Annotations.Builder();
        if (Values.Length > 0)
            Generic.Invoke<bool>(AddKeyValues<int>, ItemType.RawType, builder, input);
        var key = new KeyDataViewType(typeof(uint), (ulong)Math.Max(1, Values.Length));
        return new ColumnMap(input.Type.WithItems(key), builder.Keep(input, AnnotationKinds.SlotNames).ToAnnotations(),
            (row, column) => Generic.Invoke<Delegate>(MakeGetter<int>, ItemType.RawType, row, column));
    }

    private Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var map = new KeyMap<T>(ItemType);
        Array.ForEach((T[])Values, value => map.Add(value, int.MaxValue));
        return Elementwise.MakeGetter(row, column, (T value, int slot) => map.Find(value), Layout.Compact);
    }

    private bool AddKeyValues<T>(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source)
    {
        // Keys of keys stand for what those stood for.
        if (ItemType is KeyDataViewType key && source.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is { } names
            && names.Type.GetValueCount() == (int)key.Count)
            return Generic.Invoke<bool>(AddKeyValuesOfKeys<int>, names.Type.GetItemType().RawType, builder, source, names);
        return Add(builder, ItemType, (T[])Values);
    }

    private bool AddKeyValuesOfKeys<T>(
        DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source, DataViewSchema.Column names)
    {
        var values = source.GetKeyValues<T>();
        return Add(builder, names.Type.GetItemType(), [.. Values.Cast<object>()
            .Select(key => values.GetItemOrDefault((int)Convert.ToUInt64(key, CultureInfo.InvariantCulture) - 1))]);
    }

    private bool Add<T>(DataViewSchema.Annotations.Builder builder, DataViewType type, T[] values)
    {
        if (ValuesAsText && type is not TextDataViewType)
            return Add(builder, TextDataViewType.Instance,
                Array.ConvertAll(values, value => TextSaver.Show(value, type is KeyDataViewType).AsMemory()));
        builder.Add(AnnotationKinds.KeyValues, new VectorDataViewType((PrimitiveDataViewType)type, values.Length),
            AnnotationKinds.GetterOf(new VBuffer<T>(values.Length, values)));
        return true;
    }
}

/// <summary>Values and their keys: key i is value i - 1, key 0 is missing.</summary>
internal sealed class KeyMap<T>(DataViewType itemType)
{
    private readonly List<T> _values = [];
    private readonly Dictionary<T, uint> _keys = new(TextComparer.Instance as IEqualityComparer<T>);
    private readonly Func<T, bool> _isMissing = MissingValues.Predicate<T>(itemType);
    public T[] ToArray(KeyOrdinality order) => order == KeyOrdinality.ByOccurrence ? [.. _values]
        : [.. _values.Order(TextComparer.Instance as IComparer<T>)];
    public uint Find(T value) => _isMissing(value) ? 0 : _keys.GetValueOrDefault(value);

    public bool Add(T value, int maximum)
    {
        if (!_isMissing(value) && _keys.TryAdd(value, (uint)_values.Count + 1))
            _values.Add(value);
        return _values.Count < maximum;
    }
}

/// <summary>Compares texts by their characters.</summary>
internal sealed class TextComparer : IEqualityComparer<ReadOnlyMemory<char>>, IComparer<ReadOnlyMemory<char>>
{
    public static TextComparer Instance { get; } = new();
    public bool Equals(ReadOnlyMemory<char> a, ReadOnlyMemory<char> b) => a.Span.SequenceEqual(b.Span);
    public int GetHashCode(ReadOnlyMemory<char> text) => string.GetHashCode(text.Span);
    public int Compare(ReadOnlyMemory<char> a, ReadOnlyMemory<char> b) => a.Span.SequenceCompareTo(b.Span);
}
