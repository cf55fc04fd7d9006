namespace Microsoft.ML.Data;

/// <summary>Estimators in a row, each fitted on what the transformers before it make of the data.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    private readonly (IEstimator<ITransformer> Estimator, TransformerScope Scope, bool CacheAfter)[] _links;
    private readonly IHost _host;
    /// <summary>A chain without estimators.</summary>
    public EstimatorChain() : this([], null) { }

    private EstimatorChain((IEstimator<ITransformer> Estimator, TransformerScope Scope, bool CacheAfter)[] links, IHost host)
    {
        (_links, _host) = (links, host);
        LastEstimator = links.LastOrDefault().Estimator as IEstimator<TLastTransformer>;
    }

    /// <summary>The last estimator; null in an empty chain.</summary>
    public readonly IEstimator<TLastTransformer> LastEstimator;

    /// <inheritdoc/>
    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        // Mistakes in a late link are better found before the first is fitted.
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var current = input;
        var transformers = new ITransformer[_links.Length];
        for (var i = 0; i < _links.Length; i++)
        {
            transformers[i] = _links[i].Estimator.Fit(current);
            current = transformers[i].Transform(current);
            if (_links[i].CacheAfter && i < _links.Length - 1)
                current = new CacheDataView(_host, current);
        }
        return new TransformerChain<TLastTransformer>(transformers, _links.Select(link => link.Scope));
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => _links.Aggregate(inputSchema, (shape, link) => link.Estimator.GetOutputSchema(shape));

    /// <summary>A chain with one more estimator.</summary>
    public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator,
        TransformerScope scope = TransformerScope.Everything) where TNewTrans : class, ITransformer
        => new([.. _links, ((IEstimator<ITransformer>)Contracts.CheckValue(estimator), scope, false)], _host);

    /// <summary>A chain that holds the data in memory after its last estimator, so that later ones read it quickly.</summary>
    public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(IHostEnvironment env)
    {
        Contracts.CheckValue(env);
        Contracts.Check(_links.Length > 0, "Current estimator chain has no estimator, can't append cache checkpoint.");
        return _links[^1].CacheAfter ? this : new(
            [.. _links[..^1], (_links[^1].Estimator, _links[^1].Scope, true)], env.Register("EstimatorChain"));
    }
}
