using Microsoft.ML.Data;
using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>Columns put together, of whatever type they are; what ML.NET's own conversion makes of them is always single precision.</summary>
internal sealed class ConcatenationStep : IStepConverter
{
    public bool Knows(PipelineStep step) => step.Transformer is ColumnConcatenatingTransformer && step.Makes.All(made => Sources(step, made).Count > 0);

    public void Convert(PipelineStep step, GraphBuilder graph)
    {
        string[] values = [.. step.Makes.Select(made => graph.Add("Concat", Sources(step, made).Select(read => graph[read]), GraphBuilder.Attribute("axis", 1L)))];
        for (int i = 0; i < values.Length; i++)
            graph[step.Makes[i]] = values[i];
    }

    /// <summary>The columns that are put together, in their order, told by where the slots of each have gone; none if that isn't seen.</summary>
    private static List<string> Sources(PipelineStep step, string made)
    {
        Dictionary<double, string> startingAt = [];
        int slots = 0;
        foreach (string read in step.Reads)
        {
            startingAt[slots] = read;
            slots += ProbeRow.Size(step.Input[read].Type);
        }
        double[] passed = ProbeRow.Passed(step, made, slot => slot);
        List<string> sources = [];
        for (int at = 0; at < passed.Length; at += ProbeRow.Size(step.Input[sources[^1]].Type))
            sources.Add(startingAt[passed[at]]);
        return sources;
    }
}
