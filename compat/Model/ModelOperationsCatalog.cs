namespace Microsoft.ML;

/// <summary>Saving, loading and using models.</summary>
public sealed class ModelOperationsCatalog
{
    private const string ModelEntry = "TransformerChain";
    private const string SchemaEntry = "Schema";
    private const string LoaderEntry = "Loader";
    private readonly Host _env;
    internal ModelOperationsCatalog(Host env) => _env = env;

    /// <summary>Saves a model with the schema of its input, which may be null.</summary>
    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        _env.RegisterUnused(inputSchema == null ? 0 : 2);
        Save(model, SchemaEntry, inputSchema == null ? null : new ModelSchema(inputSchema), Contracts.CheckValue(stream));
    }

    /// <summary>Saves a model with the schema of its input, which may be null.</summary>
    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        using var stream = File.Create(Contracts.CheckNonEmpty(filePath));
        Save(model, inputSchema, stream);
    }

    /// <summary>Saves a model with the loader of its input.</summary>
    public void Save<TSource>(ITransformer model, IDataLoader<TSource> loader, Stream stream)
        => Save(model, LoaderEntry, Contracts.CheckValue(loader), Contracts.CheckValue(stream));

    /// <summary>Saves a model with the loader of its input.</summary>
    public void Save<TSource>(ITransformer model, IDataLoader<TSource> loader, string filePath)
    {
        using var stream = File.Create(Contracts.CheckNonEmpty(filePath));
        Save(model, loader, stream);
    }

    /// <summary>Loads a model and the schema that it was saved with: null where there was none.</summary>
    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        using var file = new ModelFileReader(_env, Contracts.CheckValue(stream));
        _env.RegisterUnused(file.Contains(SchemaEntry) ? 1 : 0);
        inputSchema = file.Contains(SchemaEntry) ? file.Read<ModelSchema>(SchemaEntry).Schema
            : file.Contains(LoaderEntry) ? file.Read<IDataLoader<IMultiStreamSource>>(LoaderEntry).GetOutputSchema() : null;
        return file.Read<ITransformer>(ModelEntry);
    }

    /// <summary>Loads a model and the schema that it was saved with: null where there was none.</summary>
    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        using var stream = File.OpenRead(Contracts.CheckNonEmpty(filePath));
        return Load(stream, out inputSchema);
    }

    /// <summary>Loads a model and the loader that it was saved with.</summary>
    public ITransformer LoadWithDataLoader(Stream stream, out IDataLoader<IMultiStreamSource> loader)
    {
        using var file = new ModelFileReader(_env, Contracts.CheckValue(stream));
        Contracts.Check(file.Contains(LoaderEntry),
            "The model was saved without a loader: use Load, which gives the schema if it was saved with one.");
        loader = file.Read<IDataLoader<IMultiStreamSource>>(LoaderEntry);
        return file.Read<ITransformer>(ModelEntry);
    }

    /// <summary>Loads a model and the loader that it was saved with.</summary>
    public ITransformer LoadWithDataLoader(string filePath, out IDataLoader<IMultiStreamSource> loader)
    {
        using var stream = File.OpenRead(Contracts.CheckNonEmpty(filePath));
        return LoadWithDataLoader(stream, out loader);
    }

    /// <summary>An engine that applies a model to single objects; missing columns of the output are ignored unless told not to.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(
        ITransformer transformer, bool ignoreMissingColumns = true, SchemaDefinition inputSchemaDefinition = null,
        SchemaDefinition outputSchemaDefinition = null) where TSrc : class where TDst : class, new()
    {
        _env.RegisterUnused(3);
        return new(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition);
    }

    /// <summary>An engine whose input has the types and annotations of a schema; all columns of the output must exist.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, DataViewSchema inputSchema)
        where TSrc : class where TDst : class, new()
        => CreatePredictionEngine<TSrc, TDst>(transformer, false, SchemaDefinition.Create(typeof(TSrc), Contracts.CheckValue(inputSchema)));

    private static void Save(ITransformer model, string partEntry, ICanSaveModel part, Stream stream)
    {
        Contracts.CheckValue(model);
        using var file = new ModelFileWriter(stream);
        if (part != null)
            file.Write(partEntry, part);
        file.Write(ModelEntry, model);
        file.Finish();
    }
}
