using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// A network as a chain of in-box transformers, which is what ML.NET's public API can save: check the features; copy them to a fixed name;
/// add a constant key; an expression that yields the state's text whatever the key; score features and state; make the three outputs of
/// the score; drop the helpers; end.
/// </summary>
internal static class SaveChain
{
    public const int Length = 8;
    public const int KeyPart = 2;
    public const int ScorePart = 4;

    public static ICanSaveModel Create(NetworkDocument network)
    {
        string column = network.FeatureColumnName ?? throw new ArgumentException("A saved network has a feature column.");
        var ml = new MLContext(seed: 0);
        int D = network.Network.FeatureCount;
        FeaturesRow zeros = new() { Features = new VBuffer<float>(D, 0, [], []) };
        IDataView example = ml.Data.LoadFromEnumerable([zeros], FeaturesRow.Definition(column, D));
        // Nothing ever reads what the kernel map makes. It is here because, of the transformers that can be saved, it is the one that binds
        // to vectors of the saved type alone, and says so under the name of the user's column, before any row is read.
        TransformerChain<ITransformer> scored = ml.Transforms.ApproximatedKernelMap(SavedColumns.Checked, column, rank: 1)
            .Append(ml.Transforms.CopyColumns(SavedColumns.Features, column))
            .Append(ml.Transforms.CustomMapping<NoColumns, KeyColumn>(KeyMapping.Map, SavedColumns.KeyContract))
            .Append(ml.Transforms.Expression(SavedColumns.State, Constant(NetworkState.ToText(network)), SavedColumns.Key))
            .Append(ml.Transforms.CustomMapping<ScoreInput, SavedScore>(ScoreMapping.Map, SavedColumns.ScoreContract))
            .Fit(example)
            .Append(IdentityClassifier.Create(ml, SavedColumns.LogOdds, ScoreOutput.ScoreAt(network.Threshold)));
        string[] helpers = [SavedColumns.Checked, SavedColumns.Features, SavedColumns.Key, SavedColumns.State, SavedColumns.LogOdds];
        return scored.Append<ITransformer>(ml.Transforms.DropColumns(helpers).Fit(scored.Transform(example)))
            .Append<ITransformer>(ml.Transforms.CustomMapping<NoColumns, NoColumns>(EndMapping.Map, SavedColumns.EndContract).Fit(example));
    }

    /// <summary>
    /// A function that is this text of capital letters. When ML.NET loads it, it works out what is constant in it, but hands nothing of it to
    /// anybody before a row comes. So that damage ends the loading, the text stands there twice, and where the two differ a division by zero is
    /// constant. The second has small letters: of the same ones deflate would make a reference to the first, and damage to the file would change both
    /// alike.
    /// </summary>
    private static string Constant(string text) =>
        $"x => with(s = \"{text}\"; left(s, {text.Length} / (lower(s) == \"{text.ToLowerInvariant()}\" ? 1 : 0)))";
}
