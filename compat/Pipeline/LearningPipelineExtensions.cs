namespace Microsoft.ML;

/// <summary>Starts and extends chains of estimators and transformers.</summary>
public static class LearningPipelineExtensions
{
    /// <summary>A chain of two estimators, or a chain with one more.</summary>
    public static EstimatorChain<TTrans> Append<TTrans>(
        this IEstimator<ITransformer> start, IEstimator<TTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TTrans : class, ITransformer => start is EstimatorChain<ITransformer> chain ? chain.Append(estimator, scope)
            : new EstimatorChain<ITransformer>().Append(Contracts.CheckValue(start)).Append(estimator, scope);

    /// <summary>A chain that holds the data in memory after the estimator.</summary>
    public static EstimatorChain<TTrans> AppendCacheCheckpoint<TTrans>(this IEstimator<TTrans> start, IHostEnvironment env)
        where TTrans : class, ITransformer
        => new EstimatorChain<ITransformer>().Append(Contracts.CheckValue(start)).AppendCacheCheckpoint(env);
}
