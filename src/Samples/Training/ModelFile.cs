using Microsoft.ML;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>ML.NET model files.</summary>
internal static class ModelFile
{
    /// <summary>Saves a model with the schema of the table that it reads; an existing file is replaced only by a complete one.</summary>
    public static void Save(MLContext ml, ITransformer model, DataViewSchema inputSchema, string path)
    {
        using ModelScratch scratch = new(ml);
        OutputFile.Write(path, stream => ml.Model.Save(model, inputSchema, stream));
    }

    /// <summary>Loads a model and the schema of the table that it reads.</summary>
    /// <exception cref="UserError">The file isn't there, is no model, or is damaged.</exception>
    public static ITransformer Load(MLContext ml, string path, out DataViewSchema inputSchema)
    {
        if (!File.Exists(path))
            throw new UserError($"There is no model file {path}.");
        try
        {
            using ModelScratch scratch = new(ml);
            ITransformer model = ml.Model.LoadSafely(path, out inputSchema);
            return inputSchema is not null
                ? model
                : throw new UserError($"{path} was saved without the schema of its input, so a table can't be matched to it.");
        }
        catch (InvalidDataException e)
        {
            throw new UserError(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>Scores a row without values, for what is wrong with a file may show only when it is used.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The table's columns that it reads, each of them a number, a word or a label.</param>
    /// <param name="path">The model's file, for the message.</param>
    /// <exception cref="UserError">The model can't score it.</exception>
    public static void Check(ITransformer model, DataViewSchema inputSchema, string path)
    {
        try
        {
            ScoreComparison.Count(model, model, new SampleRows(inputSchema));
        }
        catch (Exception e) when (e is not UserError)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>What a damaged file makes ML.NET throw is of many types, none of them documented.</summary>
    private static UserError Unreadable(string path, Exception e)
    {
        string message = e.GetBaseException().Message.Split('\n', 2)[0].Split(" (Parameter '", 2)[0].Trim();
        return new UserError($"{path} can't be read as an ML.NET model (cut short, damaged, or something else): {message}", e);
    }
}
