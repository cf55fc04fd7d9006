using Microsoft.ML;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// A network as a chain of in-box transformers, which is what ML.NET's public API can save: copy the features to a fixed name; add a
/// constant key; an expression that yields the state's text whatever the key; score features and state; drop the helpers.
/// </summary>
internal static class SaveChain
{
    public static ICanSaveModel Create(NetworkDocument network)
    {
        string column = network.FeatureColumnName ?? throw new ArgumentException("A saved network has a feature column.");
        var ml = new MLContext(seed: 0);
        string state = NetworkState.ToText(network);
        IDataView noRows = ml.Data.LoadFromEnumerable(Array.Empty<FeaturesRow>(), FeaturesRow.Definition(column, network.Network.FeatureCount));
        return ml.Transforms.CopyColumns(SavedColumns.Features, column)
            .Append(ml.Transforms.CustomMapping<NoColumns, KeyColumn>(KeyMapping.Map, SavedColumns.KeyContract))
            .Append(ml.Transforms.Expression(SavedColumns.State, $"x => \"{state}\"", SavedColumns.Key))
            .Append(ml.Transforms.CustomMapping<ScoreInput, ScoreOutput>(ScoreMapping.Map, SavedColumns.ScoreContract))
            .Append(ml.Transforms.DropColumns(SavedColumns.Features, SavedColumns.Key, SavedColumns.State))
            .Fit(noRows);
    }
}
