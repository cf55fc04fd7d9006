using System.Runtime.InteropServices;
using Google.Protobuf;
using MlNetShallowNet.Onnx.Format;

namespace MlNetShallowNet.Onnx.Graphs;

/// <summary>
/// A graph in the making. What it computes is known by names: of a column of the data at this point of the pipeline, or of what a node makes.
/// </summary>
/// <param name="reserved">Names that the file's inputs and outputs have, so that nothing within may.</param>
internal sealed class GraphBuilder(IEnumerable<string> reserved)
{
    private readonly HashSet<string> _taken = [.. reserved];
    private readonly Dictionary<string, string> _columns = [];
    private readonly Dictionary<string, OperatorSet> _operatorSets = [];

    public Graph Graph { get; } = new() { Name = "MlNetShallowNet" };

    /// <summary>The operators that its nodes are of.</summary>
    public IEnumerable<OperatorSet> OperatorSets => _operatorSets.Values;

    /// <summary>The value of a column; a column that no step has made is an input of the file, and called as it.</summary>
    public string this[string column]
    {
        get => _columns.GetValueOrDefault(column, column);
        set => _columns[column] = value;
    }

    /// <summary>Adds a node of one output.</summary>
    /// <returns>The name of what it makes.</returns>
    public string Add(string op, IEnumerable<string> inputs, params NodeAttribute[] attributes)
    {
        Node node = new() { Name = Name(op), Operator = op };
        node.Inputs.Add(inputs);
        node.Outputs.Add(node.Name);
        node.Attributes.Add(attributes);
        Graph.Nodes.Add(node);
        return node.Name;
    }

    /// <inheritdoc cref="Add(string, IEnumerable{string}, NodeAttribute[])"/>
    public string Add(string op, params string[] inputs) => Add(op, inputs, []);

    /// <summary>Adds a node that makes numbers of another type of them.</summary>
    public string Cast(string value, Element to) => Add("Cast", [value], Attribute("to", (long)to));

    public static NodeAttribute Attribute(string name, long value) => new() { Name = name, Kind = NodeAttribute.Types.Kind.Int, I = value };

    public static NodeAttribute Attribute(string name, float value) => new() { Name = name, Kind = NodeAttribute.Types.Kind.Float, F = value };

    /// <summary>A constant of these numbers, row by row.</summary>
    /// <returns>Its name.</returns>
    public string Constant<T>(ReadOnlySpan<T> values, params long[] dimensions)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("ONNX files are written on little-endian processors only.");
        Tensor tensor = new() { Name = Name("Constant"), Element = Elements.Of(typeof(T)), Raw = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) };
        tensor.Dimensions.Add(dimensions);
        Graph.Initializers.Add(tensor);
        return tensor.Name;
    }

    /// <inheritdoc cref="Constant{T}(ReadOnlySpan{T}, long[])"/>
    public string Constant<T>(T value)
        where T : unmanaged => Constant([value], 1);

    /// <summary>Takes the nodes of another file in, with names of their own.</summary>
    /// <param name="model">The other file, which is used up.</param>
    /// <returns>From the names there to those here.</returns>
    /// <exception cref="InvalidOperationException">It is of another version of ONNX than what is here.</exception>
    public IReadOnlyDictionary<string, string> Append(Model model)
    {
        foreach (OperatorSet set in model.OperatorSets)
            Use(set.Domain, set.Version);
        Dictionary<string, string> names = model.Graph.Inputs.ToDictionary(input => input.Name, input => this[input.Name]);
        names[""] = ""; // an optional input that is left out
        foreach (Tensor tensor in model.Graph.Initializers)
            tensor.Name = names[tensor.Name] = Name(tensor.Name);
        foreach (Node node in model.Graph.Nodes)
        {
            for (int i = 0; i < node.Inputs.Count; i++)
                node.Inputs[i] = names[node.Inputs[i]];
            for (int i = 0; i < node.Outputs.Count; i++)
                node.Outputs[i] = names[node.Outputs[i]] = Name(node.Outputs[i]);
            node.Name = Name(node.Name);
        }
        Graph.Initializers.Add(model.Graph.Initializers);
        Graph.Nodes.Add(model.Graph.Nodes);
        return names;
    }

    /// <summary>Says of which version the operators of a domain are.</summary>
    public void Use(string domain, long version)
    {
        // Files leave ONNX's own domain without a name or call it so.
        string key = domain == "ai.onnx" ? "" : domain;
        if (_operatorSets.TryGetValue(key, out OperatorSet? known) && known.Version != version)
            throw new InvalidOperationException($"A step was converted to version {version} of the operators '{domain}', another one to version {known.Version}.");
        _operatorSets[key] = new OperatorSet { Domain = key, Version = version };
    }

    private string Name(string wanted)
    {
        string name = wanted;
        for (int i = 2; !_taken.Add(name); i++)
            name = $"{wanted}/{i}";
        return name;
    }
}
