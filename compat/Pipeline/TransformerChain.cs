namespace Microsoft.ML.Data;

/// <summary>Transformers in a row.</summary>
public sealed class TransformerChain<TLastTransformer> : ITransformer, IEnumerable<ITransformer>, IDisposable
    where TLastTransformer : class, ITransformer
{
    private readonly ITransformer[] _transformers;
    private readonly TransformerScope[] _scopes;

    /// <summary>A chain of transformers and when each takes part.</summary>
    public TransformerChain(IEnumerable<ITransformer> transformers, IEnumerable<TransformerScope> scopes)
    {
        _transformers = transformers?.ToArray() ?? [];
        _scopes = scopes?.ToArray() ?? [];
        LastTransformer = _transformers.LastOrDefault() as TLastTransformer;
        Contracts.Check(_transformers.Length == 0 || LastTransformer != null, $"The last transformer is not a {typeof(TLastTransformer)}.");
        Contracts.Check(_transformers.Length == _scopes.Length,
            $"There are {_transformers.Length} transformers but {_scopes.Length} scopes.");
    }

    /// <summary>A chain of transformers that always take part.</summary>
    public TransformerChain(params ITransformer[] transformers) : this(transformers, transformers?.Select(_ => TransformerScope.Everything))
    {
    }

    /// <summary>The last transformer; null in an empty chain.</summary>
    public readonly TLastTransformer LastTransformer;

    bool ITransformer.IsRowToRowMapper => _transformers.All(transformer => transformer.IsRowToRowMapper);

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
        => ForScoring().Aggregate(Contracts.CheckValue(inputSchema), (schema, transformer) => transformer.GetOutputSchema(schema));

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        Contracts.CheckValue(input);

        // A column missing at the far end is worth knowing before the first transformer starts.
        GetOutputSchema(input.Schema);
        return ForScoring().Aggregate(input, (view, transformer) => transformer.Transform(view));
    }

    /// <summary>A chain with one more transformer.</summary>
    public TransformerChain<TNewLast> Append<TNewLast>(TNewLast transformer, TransformerScope scope = TransformerScope.Everything)
        where TNewLast : class, ITransformer => new([.. _transformers, Contracts.CheckValue(transformer)], [.. _scopes, scope]);

    /// <summary>The transformers in order.</summary>
    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_transformers).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Disposes the transformers that can be.</summary>
    public void Dispose()
    {
        foreach (var transformer in _transformers)
            (transformer as IDisposable)?.Dispose();
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema);
        Contracts.Check(((ITransformer)this).IsRowToRowMapper, "A transformer of the chain does not map row to row.");
        var mappers = new List<IRowToRowMapper>();
        foreach (var transformer in _transformers)
            mappers.Add(transformer.GetRowToRowMapper(mappers.LastOrDefault()?.OutputSchema ?? inputSchema));
        return new CompositeRowToRowMapper(inputSchema, [.. mappers]);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => ctx.Save(TransformerChain.Kind, _transformers, _scopes);
    private IEnumerable<ITransformer> ForScoring() => _transformers.Where((_, i) => (_scopes[i] & TransformerScope.Scoring) != 0);
}

/// <summary>Reads chains back from model files.</summary>
internal static class TransformerChain
{
    public const string Kind = "TransformerChain";

    [ModelLoader(Kind)]
    private static ITransformer Load(IHostEnvironment env, ITransformer[] transformers, TransformerScope[] scopes)
        => new TransformerChain<ITransformer>(transformers, scopes);
}

/// <summary>When a transformer of a chain takes part.</summary>
[Flags]
public enum TransformerScope
{
    /// <summary>In training.</summary>
    Training = 1,
    /// <summary>In testing.</summary>
    Testing = 2,
    /// <summary>In scoring new data.</summary>
    Scoring = 4,
    /// <summary>Always.</summary>
    Everything = Training | Testing | Scoring,
}

/// <summary>Mappers in a row; with none it gives the input row as it is.</summary>
internal sealed class CompositeRowToRowMapper(DataViewSchema inputSchema, IRowToRowMapper[] mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema => inputSchema;
    public DataViewSchema OutputSchema => mappers.Length > 0 ? mappers[^1].OutputSchema : InputSchema;
    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns).ToArray());

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        return Apply(mappers.Length, activeColumns.ToArray());
        DataViewRow Apply(int count, DataViewSchema.Column[] columns) => count == 0 ? input
            : mappers[count - 1].GetRow(Apply(count - 1, mappers[count - 1].GetDependencies(columns).ToArray()), columns);
    }
}
