using MlNetShallowNet.Onnx.Format;

namespace MlNetShallowNet.Onnx.Graphs;

/// <summary>What no output depends on.</summary>
internal static class UnusedParts
{
    /// <summary>Removes nodes and constants that no output needs.</summary>
    /// <returns>The names that are used of what is not computed: those of inputs.</returns>
    public static IReadOnlySet<string> Remove(Graph graph)
    {
        HashSet<string> used = [.. graph.Outputs.Select(output => output.Name)];
        List<Node> kept = [];
        foreach (Node node in graph.Nodes.Reverse()) // a node stands after those that it needs
        {
            if (!node.Outputs.Any(used.Contains))
                continue;
            kept.Add(node);
            used.UnionWith(node.Inputs);
        }
        kept.Reverse();
        Tensor[] constants = [.. graph.Initializers.Where(tensor => used.Contains(tensor.Name))];
        graph.Nodes.Clear();
        graph.Nodes.Add(kept);
        graph.Initializers.Clear();
        graph.Initializers.Add(constants);
        used.ExceptWith(kept.SelectMany(node => node.Outputs));
        used.ExceptWith(constants.Select(tensor => tensor.Name));
        used.Remove("");
        return used;
    }
}
