namespace Microsoft.ML.Data;

/// <summary>Joins columns of one type to a vector.</summary>
internal sealed class ConcatenatingTransformer(IHostEnvironment env, string output, string[] inputs) : RowToRowTransformerBase(env)
{
    private const string Kind = "Concatenate";

    private protected override RowMapper MakeMapper(DataViewSchema inputSchema)
    {
        var columns = Array.ConvertAll(inputs, name => inputSchema.Require(name));
        var itemType = columns[0].Type.GetItemType();
        foreach (var column in columns.Where(column => !column.Type.GetItemType().Equals(itemType)))
            throw TransformHelpers.WrongInput(column.Name, itemType.ToString(), column.Type);
        var concatenation = new Concatenation(columns);
        return new RowMapper(inputSchema, [concatenation.MakeColumn(output)], _ => columns.Select(column => column.Index),
            (row, _) => [concatenation.MakeGetter(row)]);
    }

    private protected override void Save(ModelSaveContext ctx) => ctx.Save(Kind, output, inputs);
    [ModelLoader(Kind)]
    private static ConcatenatingTransformer Load(IHostEnvironment env, string output, string[] inputs) => new(env, output, inputs);
}

/// <summary>Estimators of <see cref="ConcatenatingTransformer"/>; that the columns fit shows when the transformer is used.</summary>
internal static class ConcatenatingEstimator
{
    public static IEstimator<ITransformer> Create(IHostEnvironment env, string outputColumnName, string[] inputColumnNames)
    {
        var host = env.Register(nameof(ConcatenatingEstimator));
        Contracts.CheckNonEmpty(outputColumnName);
        Contracts.CheckParam(Contracts.CheckValue(inputColumnNames).Length > 0, nameof(inputColumnNames), "Input columns not specified");
        Contracts.CheckParam(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        return new FunctionEstimator<ITransformer>(_ => new ConcatenatingTransformer(host, outputColumnName, inputColumnNames),
            shape => shape.With(Shape(outputColumnName, Array.ConvertAll(inputColumnNames, shape.Require))));
    }

    private static SchemaShape.Column Shape(string output, SchemaShape.Column[] inputs)
    {
        foreach (var input in inputs)
        {
            Contracts.Check(!input.IsKey, $"Column '{input.Name}' holds keys, which can't be joined.");
            Contracts.Check(input.ItemType.Equals(inputs[0].ItemType),
                $"Columns to join must be of one type, but '{input.Name}' holds {input.ItemType} "
                + $"and '{inputs[0].Name}' {inputs[0].ItemType}.");
        }
        bool Has(SchemaShape.Column input, string annotation) => input.Kept(annotation).Any();
        var annotations = new List<SchemaShape.Column>();
        if (inputs.All(input => Has(input, AnnotationKinds.IsNormalized)))
            annotations.Add(TransformHelpers.IsNormalizedShape);
        if (inputs.Any(input => Has(input, AnnotationKinds.CategoricalSlotRanges)))
            annotations.Add(TransformHelpers.SlotRangesShape);
        if (inputs.Any(input => input.Kind == VectorKind.Scalar || Has(input, AnnotationKinds.SlotNames)))
            annotations.Add(TransformHelpers.SlotNamesShape);
        var kind = inputs.Any(input => input.Kind == VectorKind.VariableVector) ? VectorKind.VariableVector : VectorKind.Vector;
        return new SchemaShape.Column(output, kind, inputs[0].ItemType, false, new SchemaShape(annotations));
    }
}

/// <summary>What columns joined are: a column, and its getter.</summary>
internal sealed class Concatenation(DataViewSchema.Column[] inputs)
{
    private readonly PrimitiveDataViewType _itemType = (PrimitiveDataViewType)inputs[0].Type.GetItemType();
    private readonly int _size
        = inputs.Any(input => input.Type.GetValueCount() == 0) ? 0 : inputs.Sum(input => input.Type.GetValueCount());
    // A single vector is given as it is.
    private bool IsIdentity => inputs is [{ Type: VectorDataViewType }];

    public DataViewSchema.Column MakeColumn(string output)
    {
        if (IsIdentity)
            return new(output, inputs[0].Type, inputs[0].Annotations);
        var builder = new DataViewSchema.Annotations.Builder();
        if (_itemType is NumberDataViewType && inputs.All(input => input.IsNormalized()))
            builder.AddIsNormalized();
        if (_size > 0 && inputs.Any(input => input.Type is not VectorDataViewType || input.HasSlotNames()))
            builder.Add(AnnotationKinds.SlotNames, AnnotationKinds.NamesType(_size), AnnotationKinds.GetterOf(SlotNames()));
        int[] ranges = [.. Ranges()];
        if (_size > 0 && ranges.Length > 0)
            builder.AddSlotRanges(ranges);
        return new(output, new VectorDataViewType(_itemType, _size), builder.ToAnnotations());
    }

    public Delegate MakeGetter(DataViewRow row) => IsIdentity
        ? Getters.Get(row, row.Schema[inputs[0].Index]) : Generic.Invoke<Delegate>(MakeVectorGetter<int>, _itemType.RawType, row);

    private static IEnumerable<ReadOnlyMemory<char>> SlotNames(DataViewSchema.Column input)
    {
        if (input.Type is not VectorDataViewType)
            return [input.Name.AsMemory()];
        if (!input.HasSlotNames())
            return new ReadOnlyMemory<char>[input.Type.GetValueCount()];
        return input.GetSlotNames().DenseValues().Select(name => name.IsEmpty ? name : $"{input.Name}.{name}".AsMemory());
    }

    private VBuffer<ReadOnlyMemory<char>> SlotNames()
    {
        var builder = new VectorBuilder<ReadOnlyMemory<char>>();
        builder.Reset(_size);
        foreach (var (slot, name) in inputs.SelectMany(SlotNames).Index())
            builder.Add(slot, name);
        VBuffer<ReadOnlyMemory<char>> names = default;
        builder.Store(ref names);
        return names;
    }

    private IEnumerable<int> Ranges()
    {
        int start = 0;
        foreach (var input in inputs)
        {
            var type = input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.CategoricalSlotRanges)?.Type;
            if (input.Type.IsKnownSizeVector() && type.IsKnownSizeVector() && type.GetItemType() == NumberDataViewType.Int32)
                foreach (int bound in input.GetAnnotation<VBuffer<int>>(AnnotationKinds.CategoricalSlotRanges).DenseValues())
                    yield return start + bound;
            start += input.Type.GetValueCount();
        }
    }

    private ValueGetter<VBuffer<T>> MakeVectorGetter<T>(DataViewRow row)
    {
        // A scalar is a vector of one slot.
        var getters = Array.ConvertAll(inputs, input => Getters.AsVector<T>(row, row.Schema[input.Index]));
        var buffers = new VBuffer<T>[inputs.Length];
        return (ref VBuffer<T> destination) =>
        {
            int length = 0, count = 0;
            for (int i = 0; i < buffers.Length; i++)
            {
                getters[i](ref buffers[i]);
                int size = inputs[i].Type.GetValueCount();
                Contracts.Check(size == 0 || buffers[i].Length == size,
                    $"Column '{inputs[i].Name}': expected {size} slots, but got {buffers[i].Length}");
                length += buffers[i].Length;
                count += buffers[i].GetValues().Length;
            }
            bool dense = count > length / 2;
            var editor = VBufferEditor.Create(ref destination, length, dense ? length : count);
            int start = 0, next = 0;
            foreach (var buffer in buffers)
            {
                var values = buffer.GetValues();
                var indices = buffer.GetIndices();
                if (dense)
                    buffer.CopyTo(editor.Values.Slice(start, buffer.Length));
                else
                    values.CopyTo(editor.Values[next..]);
                for (int i = 0; i < values.Length && !dense; i++)
                    editor.Indices[next + i] = start + (buffer.IsDense ? i : indices[i]);
                next += values.Length;
                start += buffer.Length;
            }
            destination = editor.Commit();
        };
    }
}
