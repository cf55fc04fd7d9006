using Microsoft.ML.Data;
using MlNetShallowNet.Onnx.Format;

namespace MlNetShallowNet.Onnx.Graphs;

/// <summary>ML.NET's types in ONNX: a column is a matrix of a row for each of the data's.</summary>
internal static class Elements
{
    private const string Rows = "rows";

    private static readonly Dictionary<System.Type, Element> _elements = new()
    {
        [typeof(float)] = Element.Float,
        [typeof(double)] = Element.Double,
        [typeof(bool)] = Element.Bool,
        [typeof(ReadOnlyMemory<char>)] = Element.String,
        [typeof(byte)] = Element.Uint8,
        [typeof(sbyte)] = Element.Int8,
        [typeof(ushort)] = Element.Uint16,
        [typeof(short)] = Element.Int16,
        [typeof(uint)] = Element.Uint32,
        [typeof(int)] = Element.Int32,
        [typeof(ulong)] = Element.Uint64,
        [typeof(long)] = Element.Int64,
    };

    /// <summary>The element of such numbers.</summary>
    public static Element Of(System.Type type) => _elements[type];

    /// <summary>A column as an input or output of the file.</summary>
    /// <exception cref="InvalidOperationException">ONNX has no such type.</exception>
    public static ValueInfo Describe(string name, DataViewType type)
    {
        VectorDataViewType? vector = type as VectorDataViewType;
        DataViewType item = vector?.ItemType ?? type;
        if (vector is { IsKnownSize: false } || !_elements.TryGetValue(item.RawType, out Element element))
            throw new InvalidOperationException($"The column '{name}' is of type {type}, which ONNX has none for.");
        Shape shape = new();
        shape.Dimensions.Add(new Dimension { Name = Rows });
        shape.Dimensions.Add(new Dimension { Number = vector?.Size ?? 1 });
        return new ValueInfo { Name = name, Kind = new ValueKind { Tensor = new TensorType { Element = element, Shape = shape } } };
    }
}
