namespace Microsoft.ML.Transforms;

/// <summary>Learns the categories of columns and encodes each as a vector; an unknown or missing one as zeros.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<ITransformer>
{
    private readonly IEstimator<ITransformer> _estimator;

    internal OneHotEncodingEstimator(IHost host, IEstimator<ITransformer> toKey, OutputKind outputKind, IEnumerable<string> outputs)
    {
        Contracts.CheckParam(Enum.IsDefined(outputKind), "OutputKind");
        _estimator = outputKind == OutputKind.Key ? toKey : toKey.Append(TrivialEstimator.Create(
            host, new KeyToVectorOperation(outputKind), [.. outputs.Select(name => (name, name))]));
    }

    /// <summary>What a category becomes.</summary>
    public enum OutputKind : byte
    {
        /// <summary>A vector that counts each category.</summary>
        Bag = 1,
        /// <summary>A vector with a one for the category.</summary>
        Indicator = 2,
        /// <summary>A key.</summary>
        Key = 3,
        /// <summary>The bits of the key's number.</summary>
        Binary = 4,
    }

    /// <summary>Reads the data once and gives the encoding.</summary>
    public ITransformer Fit(IDataView input) => _estimator.Fit(Contracts.CheckValue(input));
    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _estimator.GetOutputSchema(inputSchema);
}

/// <summary>
/// Maps keys to vectors: with a one in the key's slot, for vectors of keys one such vector each; with the counts of all keys; or with the
/// bits of the key's number less one, the highest first, where the missing key has ones only.
/// </summary>
internal sealed record KeyToVectorOperation(OutputKind Kind) : ColumnOperation
{
    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
    {
        bool isVariable = input.Kind == VectorKind.VariableVector;
        var annotations = new List<SchemaShape.Column>();
        if (input.Kept(AnnotationKinds.KeyValues).Any(names => names.ItemType is TextDataViewType)
            && ((Kind == OutputKind.Bag && input.IsKey) || !isVariable))
            annotations.Add(TransformHelpers.SlotNamesShape);
        if (Kind == OutputKind.Indicator && !isVariable)
            annotations.Add(TransformHelpers.SlotRangesShape);
        if (Kind == OutputKind.Indicator || input.Kind == VectorKind.Scalar)
            annotations.Add(TransformHelpers.IsNormalizedShape);
        return new SchemaShape.Column(output, isVariable && Kind != OutputKind.Bag ? input.Kind : VectorKind.Vector,
            NumberDataViewType.Single, false, new SchemaShape(annotations));
    }

    public override ColumnMap Map(DataViewSchema.Column input)
    {
        int keys = checked((int)(input.Type.GetItemType() as KeyDataViewType
            ?? throw TransformHelpers.WrongInput(input.Name, "key type of known cardinality", input.Type)).Count);
        // One bit more than the count needs, so that all ones are no key's.
        int slots = Kind == OutputKind.Binary ? BitOperations.Log2((uint)keys) + 2 : keys, values = input.Type.GetValueCount();
        bool isSingle = input.Type is not VectorDataViewType, isWhole = isSingle || Kind == OutputKind.Bag;
        int[] dimensions = Kind == OutputKind.Bag || values == 1 ? [slots] : [values, slots];
        var type = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        var builder = new DataViewSchema.Annotations.Builder();
        if (input.HasKeyValues() && (isWhole || type.IsKnownSize))
            builder.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, dimensions),
                (ref VBuffer<ReadOnlyMemory<char>> destination) =>
                {
                    ReadOnlyMemory<char>[] names = [.. SlotNames(input, slots, isWhole).Select(name => name.AsMemory())];
                    destination = new VBuffer<ReadOnlyMemory<char>>(names.Length, names);
                });
        if (Kind == OutputKind.Indicator && values > 0)
            builder.AddSlotRanges([.. Enumerable.Range(0, values).SelectMany(i => new[] { i * keys, (i + 1) * keys - 1 })]);
        if (Kind == OutputKind.Indicator || isSingle)
            builder.AddIsNormalized();
        return new ColumnMap(type, builder.ToAnnotations(), (row, column)
            => Kind == OutputKind.Binary ? MakeBinaryGetter(row, column, slots)
            : isSingle ? MakeScalarGetter(row, column, keys) : MakeVectorGetter(row, column, keys));
    }

    private IEnumerable<string> SlotNames(DataViewSchema.Column input, int slots, bool isWhole)
    {
        string[] names = Kind == OutputKind.Binary ? [.. Enumerable.Range(0, slots).Select(bit => $"Bit{slots - bit - 1}")]
            : [.. input.GetKeyValues<ReadOnlyMemory<char>>().DenseValues().Select(name => name.ToString())];
        if (isWhole)
            return names;
        var prefixes = input.HasSlotNames() ? input.GetSlotNames() : new(input.Type.GetValueCount(), 0, [], []);
        return prefixes.Items(all: true).SelectMany(prefix => names.Select(
            name => prefix.Value.IsEmpty ? $"[{prefix.Key}].{name}" : $"{prefix.Value}.{name}"));
    }

    private static ValueGetter<VBuffer<float>> MakeScalarGetter(DataViewRow row, DataViewSchema.Column column, int keys)
    {
        uint key = 0;
        var getter = Conversions.GetGetterAs<uint>(row, column);
        return (ref destination) =>
        {
            getter(ref key);
            bool known = key > 0 && key <= keys;
            var editor = VBufferEditor.Create(ref destination, keys, known ? 1 : 0, requireIndicesOnDense: true);
            if (known)
                (editor.Values[0], editor.Indices[0]) = (1, (int)key - 1);
            destination = editor.Commit();
        };
    }

    private ValueGetter<VBuffer<float>> MakeVectorGetter(DataViewRow row, DataViewSchema.Column column, int keys)
    {
        VBuffer<uint> vector = default;
        var getter = (ValueGetter<VBuffer<uint>>)Conversions.GetGetterAs(row, column, NumberDataViewType.UInt32);
        var builder = new VectorBuilder<float>();
        var counts = new SortedDictionary<int, float>();
        bool isBag = Kind == OutputKind.Bag;
        return (ref destination) =>
        {
            getter(ref vector);
            counts.Clear();
            builder.Reset(isBag ? keys : vector.Length * keys);
            bool dense = false;
            foreach (var (slot, key) in vector.Items().Where(item => item.Value > 0 && item.Value <= keys))
            {
                // ML.NET goes over to dense as soon as the next value could need it, even if it turns out to be counted already.
                dense |= isBag && counts.Count >= keys / 2 - 1;
                int index = (isBag ? 0 : slot * keys) + (int)key - 1;
                counts[index] = counts.GetValueOrDefault(index) + 1;
            }
            foreach (var (index, count) in counts)
                builder.Add(index, count);
            builder.Store(ref destination, dense ? true : null);
        };
    }

    private static ValueGetter<VBuffer<float>> MakeBinaryGetter(DataViewRow row, DataViewSchema.Column column, int bits)
    {
        var getter = Getters.AsVector<uint>(Conversions.GetGetterAs(row, column, NumberDataViewType.UInt32));
        VBuffer<uint> keys = default;
        var builder = new VectorBuilder<float>();
        return (ref destination) =>
        {
            getter(ref keys);
            builder.Reset(keys.Length * bits);
            foreach (var (i, key) in keys.DenseValues().Index())
                for (int bit = 0; bit < bits; bit++)
                    builder.Add(i * bits + bit, ((key - 1) >> (bits - 1 - bit)) & 1);
            builder.Store(ref destination);
        };
    }
}
