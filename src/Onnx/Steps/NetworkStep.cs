using MlNetShallowNet.Onnx.Format;
using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>The network: Score = W2 g(W1 x + b1) + b2, and what follows of it. A row of the data is a row of each matrix.</summary>
internal sealed class NetworkStep : IStepConverter
{
    /// <summary>The columns that a network makes.</summary>
    public static readonly string[] Outputs = ["Score", "Probability", "PredictedLabel"];

    public bool Knows(PipelineStep step) => step.Transformer is ShallowNetworkTransformer;

    public void Convert(PipelineStep step, GraphBuilder graph)
    {
        var transformer = (ShallowNetworkTransformer)step.Transformer;
        ShallowNetworkModelParameters network = transformer.Model;
        int H = network.HiddenUnits;
        string x = graph[transformer.FeatureColumnName];
        if (network.Encoding is { } encoding)
            x = EncodingNodes.Add(encoding, x, graph);
        string z1 = Layer(graph, x, graph.Constant(network.W1, H, network.ColumnCount), graph.Constant(network.B1, H));
        string a1 = ActivationNodes.Add(network.Activation, z1, graph);
        string score = Layer(graph, a1, graph.Constant(network.W2, 1, H), graph.Constant(network.B2));
        graph["Score"] = score;
        graph["Probability"] = graph.Add("Sigmoid", score);
        graph["PredictedLabel"] = graph.Add("Greater", score, graph.Constant((float)Math.Log(transformer.Threshold / (1 - transformer.Threshold))));
    }

    // Sums of single precision would be as exact as the library's, but not the same: in double, only the library's own rounding is left.
    private static string Layer(GraphBuilder graph, string x, string weights, string bias) => graph.Cast(
        graph.Add("Gemm", new[] { x, weights, bias }.Select(value => graph.Cast(value, Element.Double)), GraphBuilder.Attribute("transB", 1L)), Element.Float);
}
