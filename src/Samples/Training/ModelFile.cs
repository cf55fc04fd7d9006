using Microsoft.ML;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Training;

/// <summary>ML.NET model files.</summary>
internal static class ModelFile
{
    /// <summary>Saves a model with the schema of the table that it reads; an existing file is replaced only by a complete one.</summary>
    public static void Save(MLContext ml, ITransformer model, DataViewSchema inputSchema, string path) =>
        AtomicFile.Write(path, stream => ml.Model.Save(model, inputSchema, stream));

    /// <summary>Loads a model and the schema of the table that it reads.</summary>
    /// <exception cref="UserError">The file isn't there, is no model, or is damaged.</exception>
    public static ITransformer Load(MLContext ml, string path, out DataViewSchema inputSchema)
    {
        if (!File.Exists(path))
            throw new UserError($"There is no model file {path}.");
        try
        {
            ITransformer model = ml.Model.Load(path, out inputSchema);
            return inputSchema is not null
                ? model
                : throw new UserError($"{path} was saved without the schema of its input, so a table can't be matched to it.");
        }
        catch (Exception e) when (e is not UserError)
        {
            // What a damaged file makes ML.NET throw is of many types, none of them documented.
            Exception root = e.GetBaseException();
            throw new UserError(
                $"{path} can't be read as an ML.NET model (cut short, damaged, or something else): {FirstLine(root.Message)}", e);
        }
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
