using Google.Protobuf;
using MlNetShallowNet;
using MlNetShallowNet.Onnx;

namespace Microsoft.ML;

/// <summary>From models with a two-layer network to ONNX.</summary>
public static class ShallowNetworkOnnxExtensions
{
    /// <summary>
    /// Writes a pipeline that ends in a two-layer network as one ONNX file, preprocessing and network: its inputs are the columns that the
    /// scores need, by name, each a matrix of a row for each row of the data; its outputs are <c>Score</c> and <c>Probability</c> (float) and
    /// <c>PredictedLabel</c> (bool). It has no trace of other columns, the label among them.
    /// </summary>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="transformer">The pipeline, trained here or loaded by <c>ml.Model.Load</c>.</param>
    /// <param name="inputSchema">The schema of the data that it takes.</param>
    /// <param name="path">The ONNX file. There is always the old one or the new one, whole.</param>
    /// <example>
    /// <code>
    /// ITransformer model = ml.Model.Load("model.zip", out DataViewSchema schema);
    /// ml.Model.ExportToOnnx(model, schema, "model.onnx");
    /// </code>
    /// </example>
    /// <exception cref="InvalidOperationException">A step, which is named, or the network's own activation has no form in ONNX, or none
    /// that gives the same scores; or the pipeline
    /// has no such network.</exception>
    /// <exception cref="InvalidDataException">A loaded network's state is damaged.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void ExportToOnnx(this ModelOperationsCatalog model, ITransformer transformer, DataViewSchema inputSchema, string path) =>
        Write(model, transformer, inputSchema, write => SafeFile.Write(path, write));

    /// <inheritdoc cref="ExportToOnnx(ModelOperationsCatalog, ITransformer, DataViewSchema, string)"/>
    /// <param name="model">The model operations, <c>ml.Model</c>.</param>
    /// <param name="transformer">The pipeline, trained here or loaded by <c>ml.Model.Load</c>.</param>
    /// <param name="inputSchema">The schema of the data that it takes.</param>
    /// <param name="stream">Where the file's content goes.</param>
    public static void ExportToOnnx(this ModelOperationsCatalog model, ITransformer transformer, DataViewSchema inputSchema, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Write(model, transformer, inputSchema, write => write(stream));
    }

    private static void Write(ModelOperationsCatalog model, ITransformer transformer, DataViewSchema inputSchema, Action<Action<Stream>> to)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ITransformer pipeline = model.RestoreShallowNetworks(transformer);
        var onnx = OnnxExport.Create(pipeline, inputSchema);
        to(stream => onnx.WriteTo(stream));
    }
}
