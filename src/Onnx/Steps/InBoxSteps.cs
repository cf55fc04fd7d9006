using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Onnx.Format;
using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>Steps one after another that ML.NET's own conversion writes.</summary>
internal static class InBoxSteps
{
    private static readonly MLContext _ml = new(seed: 0);

    /// <summary>Adds their nodes.</summary>
    /// <exception cref="InvalidOperationException">ML.NET can't convert one of them, or not rightly; it is named.</exception>
    public static void Convert(IReadOnlyList<PipelineStep> steps, GraphBuilder graph)
    {
        if (steps.FirstOrDefault(WronglyWritten.Holds) is { } wrong)
            throw wrong.CannotBeWritten();
        HashSet<string> made = [], read = [];
        foreach (PipelineStep step in steps)
        {
            read.UnionWith(step.Reads.Except(made));
            made.UnionWith(step.Makes);
        }
        made.IntersectWith(steps[^1].Live);
        IReadOnlyDictionary<string, string> names;
        try
        {
            names = graph.Append(Convert(steps, read, made));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw (steps.FirstOrDefault(step => !CanConvert(step)) ?? steps[^1]).CannotBeWritten(error);
        }
        foreach (string column in made)
        {
            // Of words, for example, ML.NET makes a row for each, which is one for each row of the data.
            ReadOnlySpan<long> shape = [-1, ProbeRow.Size(steps[^1].Output[column].Type)];
            graph[column] = graph.Add("Reshape", names[$"{column}.output"], graph.Constant(shape, shape.Length));
        }
    }

    private static Model Convert(IReadOnlyList<PipelineStep> steps, IEnumerable<string> reads, IEnumerable<string> makes)
    {
        ProbeRow rows = new([.. reads.Select(name => steps[0].Input[name])], _ => 0);
        TransformerChain<ITransformer> chain = new([.. steps.Select(step => step.Transformer)]);
        using MemoryStream file = new();
        _ml.Model.ConvertToOnnx(chain, rows, file, [.. makes]);
        return Model.Parser.ParseFrom(file.ToArray());
    }

    // What ML.NET throws of a step that it can't convert does not name it, so each is tried by itself.
    private static bool CanConvert(PipelineStep step)
    {
        try
        {
            new GraphBuilder([]).Append(Convert([step], step.Reads, step.Makes));
            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return false;
        }
    }
}
