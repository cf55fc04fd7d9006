namespace Microsoft.ML;

/// <summary>A schema in a model file: names and types of the columns, with their annotations.</summary>
internal sealed class ModelSchema(DataViewSchema schema) : ICanSaveModel
{
    private const string Kind = "Schema";
    public DataViewSchema Schema { get; } = schema;

    public void Save(ModelSaveContext ctx)
    {
        ctx.Begin(Kind);
        ctx.Writer.Write(Schema.Count);
        foreach (var column in Schema)
        {
            ctx.Writer.Write(column.Name);
            ModelTypes.Write(ctx.Writer, column.Type);
            ctx.Writer.Write(column.Annotations.Schema.Count);
            foreach (var annotation in column.Annotations.Schema)
            {
                ctx.Writer.Write(annotation.Name);
                ModelTypes.Write(ctx.Writer, annotation.Type);
                Generic.Invoke<object>(Write<int>, annotation.Type.GetItemType().RawType, ctx.Writer, column.Annotations, annotation);
            }
        }
    }

    [ModelLoader(Kind)]
    private static object Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        var builder = new DataViewSchema.Builder();
        for (var columns = ctx.ReadCount(); columns > 0; columns--)
        {
            var (name, type, annotations) = (ctx.Reader.ReadString(), ModelTypes.Read(ctx.Reader),
                new DataViewSchema.Annotations.Builder());
            for (var count = ctx.ReadCount(); count > 0; count--)
            {
                var (kind, annotationType) = (ctx.Reader.ReadString(), ModelTypes.Read(ctx.Reader));
                var getter = Generic.Invoke<Delegate>(Read<int>, annotationType.GetItemType().RawType, ctx.Reader, annotationType);
                annotations.Add(kind, annotationType, getter);
            }

            builder.AddColumn(name, type, annotations.ToAnnotations());
        }

        return new ModelSchema(builder.ToSchema());
    }

    private static object Write<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        var (vector, items) = (default(VBuffer<T>), new T[1]);
        if (annotation.Type is VectorDataViewType)
            annotations.GetGetter<VBuffer<T>>(annotation)(ref vector);
        else
            annotations.GetGetter<T>(annotation)(ref items[0]);
        ModelValues.WriteVector(writer, annotation.Type is VectorDataViewType ? vector : new VBuffer<T>(1, items));
        return null;
    }

    private static Delegate Read<T>(BinaryReader reader, DataViewType type)
    {
        var vector = ModelValues.ReadVector<T>(reader);
        return type is VectorDataViewType ? AnnotationKinds.GetterOf(vector)
            : (ValueGetter<T>)((ref destination) => destination = vector.GetItemOrDefault(0));
    }
}
