using Microsoft.ML.Transforms;
using MlNetShallowNet.Onnx.Expressions;
using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>Expressions of one number of double precision.</summary>
internal sealed class ExpressionStep : IStepConverter
{
    public bool Knows(PipelineStep step) => step is { Transformer: ExpressionTransformer, Single: ({ }, { } read) } && step.Doubles(read) > 0;

    public void Convert(PipelineStep step, GraphBuilder graph)
    {
        (string made, string read) = step.Single!.Value;
        try
        {
            graph[made] = ExpressionNodes.Add(ExpressionText.Of(step.Transformer, step.Input, made, read), graph[read], graph);
        }
        catch (FormatException error)
        {
            throw step.CannotBeWritten(error);
        }
    }
}
