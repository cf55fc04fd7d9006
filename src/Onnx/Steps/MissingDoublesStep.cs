using Microsoft.ML.Transforms;
using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>Missing numbers of double precision replaced; ML.NET converts the replacing of single ones alone.</summary>
internal sealed class MissingDoublesStep : IStepConverter
{
    public bool Knows(PipelineStep step) => step is { Transformer: MissingValueReplacingTransformer, Single: var (_, read) } && step.Doubles(read) > 0;

    public void Convert(PipelineStep step, GraphBuilder graph)
    {
        (string made, string read) = step.Single!.Value;
        double[] replacements = ProbeRow.Passed(step, made, _ => double.NaN);
        string x = graph[read];
        graph[made] = graph.Add("Where", graph.Add("IsNaN", x), graph.Constant(replacements, 1, replacements.Length), x);
    }
}
