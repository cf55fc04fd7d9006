using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>The built-in activations.</summary>
internal static class ActivationNodes
{
    private const float LeakySlope = 0.01f;

    private static readonly Dictionary<IActivation, Func<GraphBuilder, string, string>> _nodes = new()
    {
        [Activation.Tanh] = (graph, z) => graph.Add("Tanh", z),
        [Activation.Sigmoid] = (graph, z) => graph.Add("Sigmoid", z),
        [Activation.ReLU] = (graph, z) => graph.Add("Relu", z),
        [Activation.LeakyReLU] = (graph, z) => graph.Add("LeakyRelu", [z], GraphBuilder.Attribute("alpha", LeakySlope)),
        [Activation.Elu] = (graph, z) => graph.Add("Elu", [z], GraphBuilder.Attribute("alpha", 1f)),
        [Activation.Gelu] = Gelu,
        [Activation.SiLU] = (graph, z) => graph.Add("Mul", z, graph.Add("Sigmoid", z)),
        [Activation.Softplus] = (graph, z) => graph.Add("Softplus", z),
        [Activation.Identity] = (_, z) => z,
    };

    /// <summary>Adds g(z).</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="InvalidOperationException">The activation is none of the library's.</exception>
    public static string Add(IActivation activation, string z, GraphBuilder graph) => _nodes.TryGetValue(activation, out Func<GraphBuilder, string, string>? add)
        ? add(graph, z)
        : throw new InvalidOperationException(
            $"The network's activation '{activation.Name}' is none of the library's own ({string.Join(", ", Activation.BuiltIn.Select(own => own.Name))}), " +
            "so it can't be written as ONNX; train with one of these.");

    // z Φ(z) = z (1 + erf(z / √2)) / 2
    private static string Gelu(GraphBuilder graph, string z)
    {
        string erf = graph.Add("Erf", graph.Add("Mul", z, graph.Constant(MathF.Sqrt(0.5f))));
        return graph.Add("Mul", graph.Add("Mul", z, graph.Constant(0.5f)), graph.Add("Add", erf, graph.Constant(1f)));
    }
}
