using System.Collections.Immutable;
using Microsoft.ML.Transforms;
using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>Vectors of double precision put on a line: offset taken off, times a scale.</summary>
internal sealed class NormalizedDoublesStep : IStepConverter
{
    public bool Knows(PipelineStep step) => step is { Transformer: NormalizingTransformer, Single: (_, { } read) } && step.Doubles(read) > 0 && Line(step) is not null;

    public void Convert(PipelineStep step, GraphBuilder graph)
    {
        (string made, string read) = step.Single!.Value;
        NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<double>> line = Line(step)!;
        string x = graph[read];
        if (!line.Offset.IsDefaultOrEmpty)
            x = graph.Add("Sub", x, graph.Constant(line.Offset.AsSpan(), 1, line.Offset.Length));
        graph[made] = graph.Add("Mul", x, graph.Constant(line.Scale.AsSpan(), 1, line.Scale.Length));
    }

    // Of several columns, it does not tell which is which.
    private static NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<double>>? Line(PipelineStep step) =>
        step.Output.Count > step.Input.Count + 1
            ? null
            : ((NormalizingTransformer)step.Transformer).GetNormalizerModelParameters(0) as NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<double>>;
}
