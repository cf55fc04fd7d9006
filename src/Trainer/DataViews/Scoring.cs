using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Persistence;

namespace MlNetShallowNet.DataViews;

/// <summary>
/// A network as a mapping of ML.NET's own kind: features in; predicted label, score and probability out. Cursors, their threads, rows,
/// hidden columns and what is thrown are ML.NET's; the checks, the annotations and the score are ours.
/// </summary>
internal static class Scoring
{
    /// <summary>The mapping for data of this schema.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="scorer">The network.</param>
    /// <param name="threshold">The score above which a row is predicted to be positive.</param>
    /// <param name="featureColumnName">The column that it reads.</param>
    /// <param name="inputSchema">The data's schema.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or not a vector of D Single.</exception>
    public static ITransformer Bind(MLContext ml, ModelScorer scorer, float threshold, string featureColumnName, DataViewSchema inputSchema)
    {
        SchemaChecks.FeatureColumn(inputSchema, featureColumnName, scorer.FeatureCount);
        SchemaDefinition features = FeaturesRow.Definition(featureColumnName, scorer.FeatureCount);
        return ml.Transforms.CustomMapping<FeaturesRow, ScoreOutput>(
                (row, scores) => scores.Set(scorer.Score(row.Features), threshold), contractName: null, features, OutputColumns.For(inputSchema))
            .Fit(ml.Data.LoadFromEnumerable(Array.Empty<FeaturesRow>(), features));
    }
}
