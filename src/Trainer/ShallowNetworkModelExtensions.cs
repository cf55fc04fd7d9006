using MlNetShallowNet;
using MlNetShallowNet.Persistence;

namespace Microsoft.ML;

/// <summary>From saved models back to typed networks.</summary>
public static class ShallowNetworkModelExtensions
{
    /// <summary>
    /// The same pipeline with every network in it as a <see cref="ShallowNetworkTransformer"/>. A network loaded by <c>ml.Model.Load</c>
    /// scores the same, but is a chain of in-box transformers, whose network is read only when a first row is
    /// scored. Here every network is read at once, and what is wrong with it is said in a sentence.
    /// </summary>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="loaded">A pipeline, as <c>ml.Model.Load</c> returns it.</param>
    /// <example>
    /// <code>
    /// ITransformer model = ml.Model.RestoreShallowNetworks(ml.Model.Load("model.zip", out DataViewSchema schema));
    /// </code>
    /// </example>
    /// <exception cref="InvalidDataException">A network's state is damaged, newer than this library, or names an activation that was not
    /// registered with <see cref="Activation.Register"/>.</exception>
    public static ITransformer RestoreShallowNetworks(this ModelOperationsCatalog model, ITransformer loaded)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loaded);
        return Rehydration.Restore(
            new MLContext(seed: 0),
            loaded,
            saved => new ShallowNetworkTransformer(
                new ShallowNetworkModelParameters(saved.Document.Network, saved.Scorer), saved.Document.FeatureColumnName!, saved.Document.Threshold));
    }

    /// <summary>The networks of a pipeline, trained here or loaded, in the order in which rows pass them.</summary>
    /// <inheritdoc cref="RestoreShallowNetworks"/>
    public static IReadOnlyList<ShallowNetworkTransformer> FindShallowNetworks(this ModelOperationsCatalog model, ITransformer loaded) =>
        [.. NetworksIn(model.RestoreShallowNetworks(loaded))];

    /// <summary>
    /// The same pipeline with another threshold in its network (<see cref="ShallowNetworkTransformer.WithThreshold"/>), as <c>ChangeModelThreshold</c> does for
    /// ML.NET's own models.
    /// </summary>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="pipeline">A pipeline with one network, trained here or loaded.</param>
    /// <param name="threshold">The probability above which a row is predicted to be positive; above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not above 0 and below 1.</exception>
    /// <exception cref="InvalidOperationException">The pipeline has no network, or several.</exception>
    public static ITransformer WithThreshold(this ModelOperationsCatalog model, ITransformer pipeline, double threshold)
    {
        ITransformer restored = model.RestoreShallowNetworks(pipeline);
        int networks = NetworksIn(restored).Count();
        return networks == 1 ? Rehydration.Replace(restored, part => (part as ShallowNetworkTransformer)?.WithThreshold(threshold)) : throw new InvalidOperationException(
            $"The pipeline holds {networks} two-layer networks; one was expected. Change the threshold of each by {nameof(ShallowNetworkTransformer.WithThreshold)}.");
    }

    /// <summary>The one network in a saved model, as the typed transformer (without what stands before and after it in the pipeline).</summary>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="path">The model file.</param>
    /// <param name="inputSchema">The schema of the data that the saved pipeline takes.</param>
    /// <exception cref="InvalidDataException">The model has no network, or several; or one that cannot be read.</exception>
    public static ShallowNetworkTransformer LoadShallowNetwork(this ModelOperationsCatalog model, string path, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(model);
        using FileStream stream = File.OpenRead(path);
        return OneNetwork(model, stream, path, out inputSchema);
    }

    /// <inheritdoc cref="LoadShallowNetwork(ModelOperationsCatalog, string, out DataViewSchema)"/>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="stream">The model file's content, seekable.</param>
    /// <param name="inputSchema">The schema of the data that the saved pipeline takes.</param>
    public static ShallowNetworkTransformer LoadShallowNetwork(this ModelOperationsCatalog model, Stream stream, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        return OneNetwork(model, stream, "The file", out inputSchema);
    }

    /// <summary>
    /// Saves a pipeline as <c>ml.Model.Save</c> does, but so that at the path there is always the old file or the new one, whole, even when the process
    /// is killed in the middle (see <see cref="SafeFile"/>).
    /// </summary>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="transformer">The pipeline.</param>
    /// <param name="inputSchema">The schema of the data that it takes; may be null.</param>
    /// <param name="path">The model file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="InvalidOperationException">A network in it has an activation that is not registered (<see cref="Activation.Register"/>).</exception>
    /// <example>
    /// <code>
    /// ml.Model.SaveSafely(model, data.Schema, "model.zip");
    /// ITransformer loaded = ml.Model.Load("model.zip", out DataViewSchema schema);
    /// </code>
    /// </example>
    public static void SaveSafely(this ModelOperationsCatalog model, ITransformer transformer, DataViewSchema? inputSchema, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(transformer);
        SafeFile.Write(path, stream => model.Save(transformer, inputSchema, stream));
    }

    /// <summary>
    /// Loads a pipeline as <c>ml.Model.Load</c> does, but compares the file's checksums before, reads every network in it, and says what is wrong in a sentence.
    /// </summary>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="path">The model file.</param>
    /// <param name="inputSchema">The schema of the data that the saved pipeline takes; null where none was saved.</param>
    /// <returns>The pipeline; <see cref="RestoreShallowNetworks"/> gives the networks in it their type back.</returns>
    /// <exception cref="IOException">The file is not there, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no model, is damaged, or a network in it is newer than this library or names an activation that was not
    /// registered.</exception>
    public static ITransformer LoadSafely(this ModelOperationsCatalog model, string path, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(model);
        using FileStream stream = File.OpenRead(path);
        ITransformer loaded = ModelArchive.Load(model, stream, path, out inputSchema);
        NetworksIn(model, loaded, path);
        return loaded;
    }

    private static ShallowNetworkTransformer OneNetwork(ModelOperationsCatalog model, Stream stream, string name, out DataViewSchema inputSchema)
    {
        IReadOnlyList<ShallowNetworkTransformer> networks = NetworksIn(model, ModelArchive.Load(model, stream, name, out inputSchema), name);
        return networks.Count == 1 ? networks[0] : throw new InvalidDataException(
            $"{name} holds {networks.Count} two-layer networks; one was expected. Use {nameof(FindShallowNetworks)} on the loaded pipeline to choose among several.");
    }

    private static IReadOnlyList<ShallowNetworkTransformer> NetworksIn(ModelOperationsCatalog model, ITransformer loaded, string name)
    {
        try
        {
            return model.FindShallowNetworks(loaded);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{name} can't be read: {error.Message}", error);
        }
    }

    private static IEnumerable<ShallowNetworkTransformer> NetworksIn(ITransformer transformer) => Rehydration.Parts(transformer).OfType<ShallowNetworkTransformer>();
}
