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
        TransformerChain<ITransformer> chain = new();
        // Nothing ever reads what the kernel map makes. It is here because, of the transformers that can be saved, it is the one that binds
        // to vectors of the saved type alone, and says so under the name of the user's column, before any row is read.
        Add(ml.Transforms.ApproximatedKernelMap(SavedColumns.Checked, column, rank: 1));
        Add(ml.Transforms.CopyColumns(SavedColumns.Features, column));
        Add(ml.Transforms.CustomMapping<NoColumns, KeyColumn>(KeyMapping.Map, SavedColumns.KeyContract));
        Add(ml.Transforms.Expression(SavedColumns.State, StateText.Function(NetworkState.ToText(network)), SavedColumns.Key));
        Add(ml.Transforms.CustomMapping<ScoreInput, SavedScore>(ScoreMapping.Map, SavedColumns.ScoreContract));
        chain = chain.Append(IdentityClassifier.Create(ml, SavedColumns.LogOdds, ScoreOutput.ScoreAt(network.Threshold)));
        Add(ml.Transforms.DropColumns(SavedColumns.Checked, SavedColumns.Features, SavedColumns.Key, SavedColumns.State, SavedColumns.LogOdds));
        Add(ml.Transforms.CustomMapping<NoColumns, NoColumns>(EndMapping.Map, SavedColumns.EndContract));
        return chain;

        // One by one, for a chain of estimators would have ML.NET read the state's function twice, once for its schema alone.
        void Add<T>(IEstimator<T> step)
            where T : class, ITransformer => chain = chain.Append<ITransformer>(step.Fit(chain.Transform(example)));
    }
}
