using Microsoft.ML.Transforms;
using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>Marks of missing numbers: true where a number is NaN.</summary>
internal sealed class MissingMarksStep : IStepConverter
{
    public bool Knows(PipelineStep step) => step is { Transformer: MissingValueIndicatorTransformer, Single: not null };

    public void Convert(PipelineStep step, GraphBuilder graph)
    {
        (string made, string read) = step.Single!.Value;
        graph[made] = graph.Add("IsNaN", graph[read]);
    }
}
