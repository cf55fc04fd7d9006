using MlNetShallowNet;
using MlNetShallowNet.Persistence;

namespace Microsoft.ML;

/// <summary>From saved models back to typed networks.</summary>
public static class ShallowNetworkModelExtensions
{
    /// <summary>
    /// The same pipeline with every network in it as a <see cref="ShallowNetworkTransformer"/>. A network loaded by <c>ml.Model.Load</c>
    /// scores the same, but is a chain of in-box transformers without the score columns' annotations.
    /// </summary>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="loaded">A pipeline, as <c>ml.Model.Load</c> returns it.</param>
    /// <exception cref="InvalidDataException">A network's state is damaged, newer than this library, or names an activation that was not
    /// registered with <see cref="Activation.Register"/>.</exception>
    public static ITransformer RestoreShallowNetworks(this ModelOperationsCatalog model, ITransformer loaded)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loaded);
        return Rehydration.Restore(
            new MLContext(seed: 0), loaded, saved => new ShallowNetworkTransformer(new ShallowNetworkModelParameters(saved.Network), saved.FeatureColumnName!));
    }

    /// <summary>The networks of a pipeline, trained here or loaded, in the order in which rows pass them.</summary>
    /// <inheritdoc cref="RestoreShallowNetworks"/>
    public static IReadOnlyList<ShallowNetworkTransformer> FindShallowNetworks(this ModelOperationsCatalog model, ITransformer loaded) =>
        [.. NetworksIn(model.RestoreShallowNetworks(loaded))];

    /// <summary>The one network in a saved model, as the typed transformer (without what stands before and after it in the pipeline).</summary>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="path">The model file.</param>
    /// <param name="inputSchema">The schema of the data that the saved pipeline takes.</param>
    /// <exception cref="InvalidDataException">The model has no network, or several; or one that cannot be read.</exception>
    public static ShallowNetworkTransformer LoadShallowNetwork(this ModelOperationsCatalog model, string path, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(model);
        using FileStream stream = File.OpenRead(path);
        return model.LoadShallowNetwork(stream, out inputSchema);
    }

    /// <inheritdoc cref="LoadShallowNetwork(ModelOperationsCatalog, string, out DataViewSchema)"/>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="stream">The model file's content, seekable.</param>
    /// <param name="inputSchema">The schema of the data that the saved pipeline takes.</param>
    public static ShallowNetworkTransformer LoadShallowNetwork(this ModelOperationsCatalog model, Stream stream, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(model);
        IReadOnlyList<ShallowNetworkTransformer> networks = model.FindShallowNetworks(model.Load(stream, out inputSchema));
        return networks.Count == 1 ? networks[0] : throw new InvalidDataException(
            $"The model holds {networks.Count} two-layer networks; one was expected. " +
            $"Use {nameof(FindShallowNetworks)} on the loaded pipeline to choose among several.");
    }

    private static IEnumerable<ShallowNetworkTransformer> NetworksIn(ITransformer transformer) => transformer switch
    {
        ShallowNetworkTransformer network => [network],
        IEnumerable<ITransformer> chain => chain.SelectMany(NetworksIn),
        _ => [],
    };
}
