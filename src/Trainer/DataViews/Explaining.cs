using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Persistence;

namespace MlNetShallowNet.DataViews;

/// <summary>Contributions as a mapping of ML.NET's own kind: features in; a vector of as many numbers out, whose slots have the features' names.</summary>
internal static class Explaining
{
    private const string SlotNames = "SlotNames";

    /// <summary>The mapping for data of this schema.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="contributions">From a row of features to as many contributions; called on several threads at once.</param>
    /// <param name="featureCount">D, the number of features.</param>
    /// <param name="featureColumnName">The column that it reads.</param>
    /// <param name="outputColumnName">The column that it adds.</param>
    /// <param name="inputSchema">The data's schema.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or not a vector of D Single.</exception>
    public static ITransformer Bind(
        MLContext ml, Func<float[], float[]> contributions, int featureCount, string featureColumnName, string outputColumnName, DataViewSchema inputSchema)
    {
        DataViewSchema.Column column = SchemaChecks.FeatureColumn(inputSchema, featureColumnName, featureCount);
        SchemaDefinition features = FeaturesRow.Definition(featureColumnName, featureCount);
        return ml.Transforms.CustomMapping<FeaturesRow, ContributionsRow>(
                (row, output) => output.Contributions = new VBuffer<float>(featureCount, contributions([.. row.Features.DenseValues()])),
                contractName: null, features, Outputs(outputColumnName, column, featureCount))
            .Fit(ml.Data.LoadFromEnumerable(Array.Empty<FeaturesRow>(), features));
    }

    private static SchemaDefinition Outputs(string name, DataViewSchema.Column features, int count)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(ContributionsRow), SchemaDefinition.Direction.Write);
        SchemaDefinition.Column output = definition[nameof(ContributionsRow.Contributions)];
        output.ColumnName = name;
        output.ColumnType = new VectorDataViewType(NumberDataViewType.Single, count);
        VBuffer<ReadOnlyMemory<char>> names = new(count, [.. FeatureNames.Of(features).Select(feature => feature.AsMemory())]);
        output.AddAnnotation(SlotNames, names, new VectorDataViewType(TextDataViewType.Instance, count));
        return definition;
    }

    /// <summary>What the mapping adds.</summary>
    private sealed class ContributionsRow
    {
        public VBuffer<float> Contributions { get; set; }
    }
}
