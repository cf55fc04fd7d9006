using Microsoft.ML.Transforms;
using MlNetShallowNet.Onnx.Expressions;
using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>Expressions of one number of double precision, of which somebody says what they are: ML.NET's transformer keeps it to itself.</summary>
/// <param name="expressions">The expression of each column that is made by one.</param>
internal sealed class ExpressionStep(IReadOnlyDictionary<string, string> expressions) : IStepConverter
{
    public bool Knows(PipelineStep step) => step is { Transformer: ExpressionTransformer, Single: ({ } made, { } read) }
        && expressions.ContainsKey(made) && step.Doubles(read) > 0;

    public void Convert(PipelineStep step, GraphBuilder graph)
    {
        (string made, string read) = step.Single!.Value;
        graph[made] = ExpressionNodes.Add(expressions[made], graph[read], graph);
    }
}
