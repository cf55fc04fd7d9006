using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetShallowNet.Persistence;

/// <summary>From a loaded pipeline, where a network is a chain of in-box transformers, back to one with the typed transformer.</summary>
internal static class Rehydration
{
    /// <summary>The same pipeline with every saved network replaced by the transformer that <paramref name="create"/> makes of its state.</summary>
    public static ITransformer Restore(MLContext ml, ITransformer loaded, Func<SavedNetwork, ITransformer> create) => Replace(
        loaded, part => part is IEnumerable<ITransformer> chain && chain.ToArray() is { } parts && IsSavedNetwork(parts) ? create(ReadNetwork(ml, parts)) : null);

    /// <summary>The transformers of a pipeline, those of pipelines in it among them, in the order in which rows pass them.</summary>
    public static IEnumerable<ITransformer> Parts(ITransformer pipeline) => pipeline is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [pipeline];

    /// <summary>The same pipeline with what <paramref name="replacement"/> gives in place of its parts; where that is null, a part stays, or is looked into.</summary>
    public static ITransformer Replace(ITransformer pipeline, Func<ITransformer, ITransformer?> replacement)
    {
        if (replacement(pipeline) is { } replaced)
            return replaced;
        if (pipeline is not IEnumerable<ITransformer> chain)
            return pipeline;
        ITransformer[] parts = [.. chain], others = Array.ConvertAll(parts, part => Replace(part, replacement));
        return parts.SequenceEqual(others) ? pipeline
            : others.Zip(Scopes(pipeline, parts)).Aggregate(new TransformerChain<ITransformer>(), (before, part) => before.Append(part.First, part.Second));
    }

    // What each part is for; all, unless it was appended with another scope, such as training alone. A chain tells only which of its parts are for what,
    // and does so by a method of the generic type, whose last part may be of any type.
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Chains are made and loaded by ML.NET, which finds their parts by reflection, too.")]
    private static TransformerScope[] Scopes(ITransformer pipeline, ITransformer[] parts)
    {
        if (pipeline.GetType().GetMethod(nameof(TransformerChain<ITransformer>.GetModelFor)) is not { } partsFor)
            return [.. parts.Select(_ => TransformerScope.Everything)];
        var scopes = new TransformerScope[parts.Length];
        foreach (TransformerScope scope in (TransformerScope[])[TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring])
        {
            Queue<ITransformer> kept = new((IEnumerable<ITransformer>)partsFor.Invoke(pipeline, [scope])!);
            for (int i = 0; i < parts.Length; i++)
            {
                if (kept.TryPeek(out ITransformer? next) && next == parts[i])
                {
                    scopes[i] |= scope;
                    kept.Dequeue();
                }
            }
        }
        return scopes;
    }

    private static bool IsSavedNetwork(ITransformer[] parts) =>
        parts.Length == SaveChain.Length && parts[SaveChain.KeyPart] is CustomMappingTransformer<NoColumns, KeyColumn>
        && parts[SaveChain.ScorePart] is CustomMappingTransformer<ScoreInput, SavedScore>;

    // The state is a constant of the part behind the key; running these two on one row brings it out.
    private static SavedNetwork ReadNetwork(MLContext ml, ITransformer[] parts)
    {
        IDataView oneRow = ml.Data.LoadFromEnumerable(new[] { new AnyRow() });
        ReadOnlyMemory<char> text;
        try
        {
            IDataView withState = parts[SaveChain.KeyPart + 1].Transform(parts[SaveChain.KeyPart].Transform(oneRow));
            text = withState.GetColumn<ReadOnlyMemory<char>>(SavedColumns.State).Single();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException("The parts of the model that hold a two-layer network do not fit each other: it was altered. Save the model again.", error);
        }
        return SavedNetwork.Of(text);
    }

    private sealed class AnyRow
    {
        public float Unused { get; set; }
    }
}
