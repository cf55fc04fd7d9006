namespace Microsoft.ML;

/// <summary>A schema in a model file: names and types of the columns, with their annotations.</summary>
internal sealed class ModelSchema(DataViewSchema schema) : ICanSaveModel
{
    private const string Kind = "Schema";
    public DataViewSchema Schema => schema;

    public void Save(ModelSaveContext ctx) => ctx.Save(Kind, [schema.Select(column => new ModelColumn(
        column.Name, column.Type, [.. column.Annotations.Schema.Select(kind => ModelAnnotation.Of(column.Annotations, kind))])).ToArray()]);

    [ModelLoader(Kind)]
    private static ModelSchema Load(IHostEnvironment env, ModelColumn[] columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            foreach (var annotation in column.Annotations)
                annotations.Add(annotation.Name, annotation.Type, annotation.MakeGetter());
            builder.AddColumn(column.Name, column.Type, annotations.ToAnnotations());
        }
        return new ModelSchema(builder.ToSchema());
    }
}

/// <summary>A column of a schema in a model file.</summary>
internal sealed record ModelColumn(string Name, DataViewType Type, ModelAnnotation[] Annotations) : ModelRecord;

/// <summary>An annotation in a model file: a vector's explicit items and their indices, or one item.</summary>
internal sealed record ModelAnnotation(string Name, DataViewType Type, int Length, Array Items, int[] Indices) : ModelRecord
{
    public static ModelAnnotation Of(DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
        => Generic.Invoke<ModelAnnotation>(Of<int>, kind.Type.GetItemType().RawType, annotations, kind);
    public Delegate MakeGetter() => Generic.Invoke<Delegate>(MakeGetter<int>, Type.GetItemType().RawType);

    private static ModelAnnotation Of<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        var vector = new VBuffer<T>(1, new T[1]);
        if (kind.Type is VectorDataViewType)
            annotations.GetGetter<VBuffer<T>>(kind)(ref vector);
        else
            annotations.GetGetter<T>(kind)(ref VBufferEditor.CreateFromBuffer(ref vector).Values[0]);
        return new ModelAnnotation(kind.Name, kind.Type, vector.Length, vector.GetValues().ToArray(), vector.GetIndices().ToArray());
    }

    private Delegate MakeGetter<T>() => Type is VectorDataViewType
        ? AnnotationKinds.GetterOf(new VBuffer<T>(Length, Items.Length, (T[])Items, Indices))
        : (ValueGetter<T>)((ref destination) => destination = ((T[])Items)[0]);
}
