using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.DataViews;

/// <summary>
/// A network as a mapping of ML.NET's own kind: features in; predicted label, score and probability out. Cursors, their threads, rows,
/// hidden columns and what is thrown are ML.NET's; the checks, the annotations and the score are ours.
/// </summary>
internal static class Scoring
{
    /// <summary>The mapping for data of this schema.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or not a vector of D Single.</exception>
    public static ITransformer Bind(MLContext ml, ModelScorer scorer, string featureColumnName, DataViewSchema inputSchema)
    {
        DataViewSchema.Column features = SchemaChecks.FeatureColumn(inputSchema, featureColumnName, scorer.FeatureCount);
        SchemaDefinition input = SchemaDefinition.Create(typeof(FeaturesRow));
        SchemaDefinition.Column read = input[nameof(FeaturesRow.Features)];
        read.ColumnName = featureColumnName;
        read.ColumnType = features.Type;
        return ml.Transforms.CustomMapping<FeaturesRow, ScoresRow>(Map, contractName: null, input, OutputColumns.For(inputSchema))
            .Fit(ml.Data.LoadFromEnumerable(Array.Empty<FeaturesRow>(), input));

        void Map(FeaturesRow row, ScoresRow scores)
        {
            float score = scorer.Score(row.Features);
            scores.PredictedLabel = score > 0;
            scores.Score = score;
            scores.Probability = (float)(1 / (1 + Math.Exp(-(double)score)));
        }
    }
}

/// <summary>What a network reads.</summary>
internal sealed class FeaturesRow
{
    public VBuffer<float> Features { get; set; }
}

/// <summary>What a network adds.</summary>
internal sealed class ScoresRow
{
    public bool PredictedLabel { get; set; }

    public float Score { get; set; }

    public float Probability { get; set; }
}
