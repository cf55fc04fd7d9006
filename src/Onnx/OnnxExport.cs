using Microsoft.ML;
using MlNetShallowNet.Onnx.Format;
using MlNetShallowNet.Onnx.Graphs;
using MlNetShallowNet.Onnx.Steps;

namespace MlNetShallowNet.Onnx;

/// <summary>A pipeline as one ONNX model.</summary>
internal static class OnnxExport
{
    // Those that ML.NET's own conversion writes, so that its nodes and ours can stand in one file.
    private const int FormatVersion = 7, OperatorVersion = 12;

    /// <summary>The model.</summary>
    /// <param name="pipeline">The pipeline, with its networks as <see cref="ShallowNetworkTransformer"/>.</param>
    /// <param name="inputSchema">The columns that it reads.</param>
    /// <exception cref="InvalidOperationException">A step can't be written as ONNX, or nothing is left to write.</exception>
    public static Model Create(ITransformer pipeline, DataViewSchema inputSchema)
    {
        DataViewSchema end = pipeline.GetOutputSchema(inputSchema);
        string[] outputs = [.. NetworkStep.Outputs.Where(name => end.GetColumnOrNull(name) is not null)];
        IReadOnlyList<PipelineStep> steps = PipelineStep.Needed(pipeline, inputSchema, outputs);
        if (!steps.Any(step => step.Transformer is ShallowNetworkTransformer))
        {
            throw new InvalidOperationException(
                "The pipeline makes no Score, Probability or PredictedLabel by a network of MlNetShallowNet; others are written by ML.NET's ConvertToOnnx.");
        }
        GraphBuilder graph = new(inputSchema.Select(column => column.Name).Concat(outputs));
        graph.Use("", OperatorVersion);
        Add(steps, graph,
            [
                new NetworkStep(), new ConcatenationStep(), new SlotsStep(), new MissingMarksStep(), new MissingDoublesStep(), new NormalizedDoublesStep(),
                new ExpressionStep(),
            ]);
        return Finish(graph, inputSchema, end, outputs);
    }

    private static void Add(IReadOnlyList<PipelineStep> steps, GraphBuilder graph, IStepConverter[] converters)
    {
        List<PipelineStep> inBox = [];
        foreach (PipelineStep step in steps)
        {
            if (Array.Find(converters, converter => converter.Knows(step)) is not { } own)
            {
                inBox.Add(step);
                continue;
            }
            AddInBox();
            own.Convert(step, graph);
        }
        AddInBox();

        void AddInBox()
        {
            if (inBox.Count > 0)
                InBoxSteps.Convert(inBox, graph);
            inBox.Clear();
        }
    }

    private static Model Finish(GraphBuilder builder, DataViewSchema inputSchema, DataViewSchema end, string[] outputs)
    {
        Graph graph = builder.Graph;
        foreach (string output in outputs)
        {
            Node node = new() { Name = output, Operator = "Identity" };
            node.Inputs.Add(builder[output]);
            node.Outputs.Add(output);
            graph.Nodes.Add(node);
            graph.Outputs.Add(Elements.Describe(output, end[output].Type));
        }
        IReadOnlySet<string> used = UnusedParts.Remove(graph);
        if (used.FirstOrDefault(name => inputSchema.GetColumnOrNull(name) is null) is { } unknown)
            throw new InvalidOperationException($"ML.NET's conversion reads '{unknown}', which is no column of the data; report this pipeline.");
        graph.Inputs.Add(inputSchema.Where(column => !column.IsHidden && used.Contains(column.Name)).Select(column => Elements.Describe(column.Name, column.Type)));
        if (graph.Nodes.SelectMany(node => node.Inputs).FirstOrDefault(outputs.Contains) is { } both)
        {
            throw new InvalidOperationException(
                $"The model reads a column '{both}', and an ONNX file has no input of the same name as an output; rename the column before the model.");
        }
        Model model = new() { IrVersion = FormatVersion, ProducerName = "MlNetShallowNet", Graph = graph };
        model.OperatorSets.Add(builder.OperatorSets);
        return model;
    }
}
