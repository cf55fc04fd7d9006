using Google.Protobuf;
using Microsoft.ML;
using MlNetShallowNet.Onnx;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Training;

/// <summary>A model as an ONNX file.</summary>
internal static class ModelExport
{
    /// <summary>Writes the file.</summary>
    /// <returns>The names of its inputs.</returns>
    /// <exception cref="UserError">A part of the model has no form in ONNX, or the file can't be written.</exception>
    public static IReadOnlyList<string> Write(MLContext ml, ITransformer model, DataViewSchema inputSchema, string path)
    {
        try
        {
            var onnx = OnnxExport.Create(ml.Model.RestoreShallowNetworks(model), inputSchema);
            OutputFile.Write(path, stream => onnx.WriteTo(stream));
            return [.. onnx.Graph.Inputs.Select(input => input.Name)];
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException)
        {
            throw new UserError(e.Message, e);
        }
    }
}
