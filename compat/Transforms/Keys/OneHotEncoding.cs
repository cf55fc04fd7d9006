namespace Microsoft.ML.Transforms;

/// <summary>Learns the categories of columns and encodes each as a vector; an unknown or missing one as zeros.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<ITransformer>
{
    private readonly IEstimator<ITransformer> _estimator;

    internal OneHotEncodingEstimator(IHost host, IEstimator<ITransformer> toKey, OutputKind outputKind, IEnumerable<string> outputs)
    {
        ColumnOperation operation = outputKind switch
        {
            OutputKind.Key => null,
            OutputKind.Bag => new KeyToVectorOperation(CountKeys: true),
            OutputKind.Indicator => new KeyToVectorOperation(CountKeys: false),
            OutputKind.Binary => new KeyToBinaryVectorOperation(),
            _ => throw Contracts.ParamError("OutputKind", null),
        };
        _estimator = operation == null
            ? toKey : toKey.Append(TrivialEstimator.Create(host, operation, [.. outputs.Select(name => (name, name))]));
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

/// <summary>Maps a key to a vector with a one in the key's slot; of vectors of keys, to one such vector each or to their sum.</summary>
internal sealed record KeyToVectorOperation(bool CountKeys) : ColumnOperation
{
    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
        => KeyInput.Shape(input, output, CountKeys, isCategorical: !CountKeys, isNormalized: !CountKeys);

    public override ColumnMap Map(DataViewSchema.Column input)
    {
        int keys = checked((int)KeyInput.Check(input).Count), values = input.Type.GetValueCount();
        bool single = input.Type is not VectorDataViewType;
        var type = CountKeys || values == 1
            ? new VectorDataViewType(NumberDataViewType.Single, keys) : new VectorDataViewType(NumberDataViewType.Single, values, keys);
        var builder = new DataViewSchema.Annotations.Builder();
        if (input.HasKeyValues() && (CountKeys || single || type.IsKnownSize))
            builder.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, type.Dimensions), CountKeys || single
                ? (ref VBuffer<ReadOnlyMemory<char>> names)
                    => input.GetKeyValues(ref names) : KeyInput.SlotNames(input, () => KeyInput.Names(input)));
        if (!CountKeys && values > 0)
        {
            int[] ranges = [.. Enumerable.Range(0, values).SelectMany(i => new[] { i * keys, (i + 1) * keys - 1 })];
            builder.Add(AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, values, 2),
                AnnotationKinds.GetterOf(new VBuffer<int>(ranges.Length, ranges)));
        }
        if (!CountKeys || single)
            builder.AddIsNormalized();
        return new ColumnMap(type, builder.ToAnnotations(),
            (row, column) => single ? MakeScalarGetter(row, column, keys) : MakeVectorGetter(row, column, keys));
    }

    private static ValueGetter<VBuffer<float>> MakeScalarGetter(DataViewRow row, DataViewSchema.Column column, int keys)
    {
        uint key = 0;
        var getter = Conversions.GetGetterAs<uint>(row, column);
        return (ref VBuffer<float> destination) =>
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
        return (ref VBuffer<float> destination) =>
        {
            getter(ref vector);
            counts.Clear();
            int length = CountKeys ? keys : vector.Length * keys;
            bool dense = false;
            foreach (var (slot, key) in vector.Items().Where(item => item.Value > 0 && item.Value <= keys))
            {
                // ML.NET goes over to dense as soon as the next value could need it, even if it turns out to be counted already.
                dense |= CountKeys && counts.Count >= length / 2 - 1;
                int index = (CountKeys ? 0 : slot * keys) + (int)key - 1;
                counts[index] = counts.GetValueOrDefault(index) + 1;
            }
            builder.Reset(length);
            foreach (var (index, count) in counts)
                builder.Add(index, count);
            builder.Store(ref destination, dense ? true : null);
        };
    }
}

/// <summary>Maps a key to the bits of its number less one, the highest first; the missing key to ones only.</summary>
internal sealed record KeyToBinaryVectorOperation : ColumnOperation
{
    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
        => KeyInput.Shape(input, output, countKeys: false, isCategorical: false, isNormalized: false);

    public override ColumnMap Map(DataViewSchema.Column input)
    {
        // One bit more than the count needs, so that all ones are no key's.
        int bits = BitOperations.Log2((uint)KeyInput.Check(input).Count) + 2, values = input.Type.GetValueCount();
        bool single = input.Type is not VectorDataViewType;
        var type = values == 1
            ? new VectorDataViewType(NumberDataViewType.Single, bits) : new VectorDataViewType(NumberDataViewType.Single, values, bits);
        var names = Enumerable.Range(0, bits).Select(bit => $"Bit{bits - bit - 1}");
        var builder = new DataViewSchema.Annotations.Builder();
        if (input.HasKeyValues() && single)
            builder.AddSlotNames([.. names.Select(name => name.AsMemory())]);
        else if (input.HasKeyValues() && type.IsKnownSize)
            builder.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, type.Dimensions),
                KeyInput.SlotNames(input, () => names));
        if (single)
            builder.AddIsNormalized();
        return new ColumnMap(type, builder.ToAnnotations(), (row, column) => MakeGetter(row, column, bits));
    }

    private static ValueGetter<VBuffer<float>> MakeGetter(DataViewRow row, DataViewSchema.Column column, int bits)
    {
        var getter = Getters.AsVector<uint>(Conversions.GetGetterAs(row, column, NumberDataViewType.UInt32));
        VBuffer<uint> keys = default;
        var builder = new VectorBuilder<float>();
        return (ref VBuffer<float> destination) =>
        {
            getter(ref keys);
            builder.Reset(keys.Length * bits);
            int slot = 0;
            foreach (uint key in keys.DenseValues())
                for (int bit = bits - 1; bit >= 0; bit--)
                    builder.Add(slot++, ((key - 1) >> bit) & 1);
            builder.Store(ref destination);
        };
    }
}

/// <summary>Columns of keys as input of transforms.</summary>
internal static class KeyInput
{
    public static KeyDataViewType Check(DataViewSchema.Column input) => input.Type.GetItemType() as KeyDataViewType
            ?? throw TransformHelpers.WrongInput(input.Name, "key type of known cardinality", input.Type);

    public static SchemaShape.Column Shape(SchemaShape.Column input, string output, bool countKeys, bool isCategorical, bool isNormalized)
    {
        bool isVariable = input.Kind == VectorKind.VariableVector;
        var annotations = new List<SchemaShape.Column>();
        if (input.Kept(AnnotationKinds.KeyValues).Any(names => names.ItemType is TextDataViewType)
            && ((countKeys && input.IsKey) || !isVariable))
            annotations.Add(TransformHelpers.SlotNamesShape);
        if (isCategorical && !isVariable)
            annotations.Add(TransformHelpers.SlotRangesShape);
        if (isNormalized || input.Kind == VectorKind.Scalar)
            annotations.Add(TransformHelpers.IsNormalizedShape);
        return new SchemaShape.Column(output, isVariable && !countKeys ? input.Kind : VectorKind.Vector, NumberDataViewType.Single, false,
            new SchemaShape(annotations));
    }

    public static ValueGetter<VBuffer<ReadOnlyMemory<char>>> SlotNames(DataViewSchema.Column input, Func<IEnumerable<string>> getNames)
        => (ref VBuffer<ReadOnlyMemory<char>> destination) =>
        {
            VBuffer<ReadOnlyMemory<char>> slots = new(input.Type.GetValueCount(), 0, [], []);
            if (input.HasSlotNames())
                input.GetSlotNames(ref slots);
            string[] names = [.. getNames()];
            ReadOnlyMemory<char>[] all = [.. slots.Items(all: true).SelectMany(slot => names
                .Select(name => (slot.Value.IsEmpty ? $"[{slot.Key}].{name}" : $"{slot.Value}.{name}").AsMemory()))];
            destination = new VBuffer<ReadOnlyMemory<char>>(all.Length, all);
        };

    public static IEnumerable<string> Names(DataViewSchema.Column input)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        input.GetKeyValues(ref names);
        return names.DenseValues().Select(name => name.ToString());
    }
}
