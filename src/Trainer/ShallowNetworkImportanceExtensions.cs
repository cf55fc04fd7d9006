using System.Collections.Immutable;
using Microsoft.ML.Data;
using MlNetShallowNet;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Persistence;

namespace Microsoft.ML;

/// <summary>What a network in a pipeline relies on.</summary>
public static class ShallowNetworkImportanceExtensions
{
    /// <summary>
    /// How much worse (or better) each of ML.NET's metrics becomes when the values of one feature are shuffled among the rows, by the name of the feature's slot: ML.NET's
    /// <c>PermutationFeatureImportance</c> for a pipeline with one network.
    /// </summary>
    /// <param name="catalog">The binary classification operations, <c>ml.BinaryClassification</c>.</param>
    /// <param name="pipeline">A network, or a pipeline with one, trained here or loaded.</param>
    /// <param name="data">The rows to measure on, as the pipeline takes them, with labels (what stands behind the network is not needed); best such as training did not see.</param>
    /// <param name="labelColumnName">The column of labels, Boolean.</param>
    /// <param name="permutationCount">How often each feature is shuffled; at least 1. With one shuffle there is no standard error.</param>
    /// <returns>For each slot of the network's feature column, the mean change of each metric, its standard deviation and its standard error: a fall is negative. A slot
    /// without a name is called by the column and its number, counted from 0: <c>Features[3]</c>; one with a name that an earlier slot has gets a prime.</returns>
    /// <remarks>
    /// One slot is shuffled at a time: of a word that has become several slots, each by itself. All rows are scored D times <paramref name="permutationCount"/> times;
    /// <c>ml.Data.TakeRows</c> gives fewer.
    /// </remarks>
    /// <example>
    /// <code>
    /// foreach (var (feature, change) in ml.BinaryClassification.PermutationFeatureImportanceBySlot(model, split.TestSet))
    ///     Console.WriteLine($"{feature}: {change.AreaUnderRocCurve.Mean} ± {change.AreaUnderRocCurve.StandardError}");
    /// </code>
    /// </example>
    /// <exception cref="InvalidOperationException">The pipeline has no network, or several.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label or the feature column is missing or of another type, or <paramref name="permutationCount"/> is below 1.</exception>
    public static ImmutableDictionary<string, BinaryClassificationMetricsStatistics> PermutationFeatureImportanceBySlot(
        this BinaryClassificationCatalog catalog, ITransformer pipeline, IDataView data, string labelColumnName = "Label", int permutationCount = 5)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(permutationCount, 1);
        ArgumentNullException.ThrowIfNull(pipeline);
        ITransformer[] parts = [.. Rehydration.Parts(new MLContext(seed: 0).Model.RestoreShallowNetworks(pipeline))];
        ShallowNetworkTransformer[] networks = [.. parts.OfType<ShallowNetworkTransformer>()];
        if (networks is not [var network])
        {
            throw new InvalidOperationException(
                $"The pipeline holds {networks.Length} two-layer networks; one was expected. Measure the part of it up to the network that is meant.");
        }
        // What stands behind the network may make other columns of these names, or drop them.
        IDataView rows = parts.TakeWhile(part => part != network).Aggregate(data, (before, part) => part.Transform(before));
        SchemaChecks.LabelColumn(rows.Schema, labelColumnName);
        DataViewSchema.Column features = SchemaChecks.FeatureColumn(rows.Schema, network.FeatureColumnName, network.Model.FeatureCount);
        var changes = catalog.PermutationFeatureImportance(network, rows, labelColumnName, permutationCount: permutationCount);
        return Names(features).Zip(changes).ToImmutableDictionary(slot => slot.First, slot => slot.Second, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Names(DataViewSchema.Column features)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (string featureName in FeatureNames.Of(features))
        {
            string name = featureName;
            while (!used.Add(name))
                name += "'";
            yield return name;
        }
    }
}
