using System.Text.Json;
using System.Text.Json.Serialization;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Persistence;

namespace MlNetShallowNet;

/// <summary>
/// A network as a JSON file that people and other programs can read:
/// <code>{ "activation": "tanh", "W1": [[...], ...], "b1": [...], "W2": [...], "b2": 0.1 }</code>
/// W1 has a row of D numbers for each of the H hidden units, b1 and W2 have H numbers, b2 is one. Numbers are written so that the same
/// single-precision number is read back. A network that encodes its inputs has <c>"encoding": { "lower", "upper", "knots" }</c> besides, an
/// item for each feature in each (see <see cref="InputEncoding"/>; a bound that is not there is null), and W1 is for the encoded columns.
/// </summary>
/// <remarks>
/// Reading is generous: b1 may also be a column (H rows of one number), W2 a matrix of one row, b2 a number in one or two pairs of
/// brackets; other properties are passed over; <c>activation</c> may be missing and is then tanh.
/// </remarks>
public static class NetworkJson
{
    internal static JsonSerializerOptions Options { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>Writes the network to a file, which is replaced only once the new one is complete.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(ShallowNetworkModelParameters network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        SafeFile.Write(path, stream => Write(network, stream));
    }

    /// <summary>Writes the network to a stream.</summary>
    public static void Write(ShallowNetworkModelParameters network, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = false });
        writer.WriteStartObject();
        writer.WriteString("activation", network.Activation.Name);
        writer.WriteStartArray("W1");
        for (int h = 0; h < network.HiddenUnits; h++)
            WriteArray(writer, network.W1.Slice(h * network.ColumnCount, network.ColumnCount));
        writer.WriteEndArray();
        writer.WritePropertyName("b1");
        WriteArray(writer, network.B1);
        writer.WritePropertyName("W2");
        WriteArray(writer, network.W2);
        writer.WriteNumber("b2", network.B2);
        if (network.Encoding is not null)
            WriteEncoding(writer, network.Encoding);
        writer.WriteEndObject();
    }

    /// <summary>Reads a network from a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is no such JSON, its shapes do not fit each other, a number is not finite, or its
    /// activation is not known.</exception>
    public static ShallowNetworkModelParameters Load(string path) => FromFile(path, Read);

    /// <summary>Reads a network from a file with all the digits that stand there, for the textbook's equations.</summary>
    /// <inheritdoc cref="Load"/>
    public static NetworkParameters LoadInDoublePrecision(string path) => FromFile(path, ReadInDoublePrecision);

    /// <summary>Reads a network from a stream.</summary>
    /// <exception cref="InvalidDataException">See <see cref="Load"/>.</exception>
    public static ShallowNetworkModelParameters Read(Stream stream) => Parse(stream, root =>
    {
        NetworkParameters network = Network(root);
        var model = ShallowNetworkModelParameters.FromNetworkParameters(network, encoding: Encoding(root));
        model.BeforeRounding = network; // gradient descent follows the course's numbers from the first digit to the last
        return model;
    });

    /// <summary>Reads a network from a stream with all the digits that stand there.</summary>
    /// <exception cref="InvalidDataException">See <see cref="Load"/>; or the network encodes its inputs, so its W1 is not for raw features.</exception>
    public static NetworkParameters ReadInDoublePrecision(Stream stream) => Parse(stream, root => Encoding(root) is null
        ? Network(root)
        : throw new InvalidDataException("it encodes its inputs; a network on the features as they are is needed here."));

    private static T FromFile<T>(string path, Func<Stream, T> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return read(stream);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}' is not a network: {error.Message}", error);
        }
    }

    private static T Parse<T>(Stream stream, Func<JsonElement, T> read)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            return read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"it is not valid JSON. {error.Message}", error);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    private static NetworkParameters Network(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException("it must be a JSON object with W1, b1, W2 and b2.");
        string? activation = Activation.Tanh.Name;
        if (root.TryGetProperty("activation", out JsonElement name))
            activation = name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        if (activation is null)
            throw new InvalidDataException($"activation must be a name in quotes; it is {name.GetRawText()}.");
        JsonElement w1 = Property(root, "W1");
        if (w1.ValueKind != JsonValueKind.Array || w1.GetArrayLength() == 0 || w1.EnumerateArray().Any(row => row.ValueKind != JsonValueKind.Array))
            throw new InvalidDataException("W1 must be an array of rows, one for each hidden unit.");
        int D = w1[0].GetArrayLength();
        if (w1.EnumerateArray().FirstOrDefault(row => row.GetArrayLength() != D) is { ValueKind: JsonValueKind.Array } odd)
            throw new InvalidDataException($"the rows of W1 must be of one length; the first has {D} numbers, another has {odd.GetArrayLength()}.");

        double[] b2 = Numbers(root, "b2"), W1 = Numbers(root, "W1"), b1 = Numbers(root, "b1"), W2 = Numbers(root, "W2");
        if (b2.Length != 1)
            throw new InvalidDataException($"b2 must be one number; it has {b2.Length}.");
        int H = w1.GetArrayLength();
        if (D == 0 || W1.Length != H * D || b1.Length != H || W2.Length != H)
        {
            throw new InvalidDataException(
                $"W1 has {H} rows of {D} numbers, so b1 and W2 must have {H} numbers each; b1 has {b1.Length} and W2 has {W2.Length}.");
        }

        return new NetworkParameters(
            Matrix<double>.Build.DenseOfRowMajor(H, D, W1), Vector<double>.Build.Dense(b1), Matrix<double>.Build.Dense(1, H, W2), b2[0],
            Activation.ByName(activation));
    }

    // Bounds that are not there are null in the file, for JSON has no infinity.
    private static InputEncoding? Encoding(JsonElement root)
    {
        if (!root.TryGetProperty("encoding", out JsonElement encoding) || encoding.ValueKind == JsonValueKind.Null)
            return null;
        return new InputEncoding(
            Bounds(encoding, "lower", float.NegativeInfinity), Bounds(encoding, "upper", float.PositiveInfinity),
            [.. Items(encoding, "knots").Select(knots => (float[])[.. knots.EnumerateArray().Select(knot => knot.GetSingle())])]);
    }

    private static float[] Bounds(JsonElement encoding, string name, float none) =>
        [.. Items(encoding, name).Select(bound => bound.ValueKind == JsonValueKind.Null ? none : bound.GetSingle())];

    private static JsonElement.ArrayEnumerator Items(JsonElement encoding, string name) =>
        encoding.ValueKind == JsonValueKind.Object && encoding.TryGetProperty(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
            : throw new InvalidDataException($"its encoding must have arrays lower, upper and knots, with an item for each feature; '{name}' is none.");

    private static void WriteEncoding(Utf8JsonWriter writer, InputEncoding encoding)
    {
        writer.WriteStartObject("encoding");
        WriteBounds(writer, "lower", encoding.Lower);
        WriteBounds(writer, "upper", encoding.Upper);
        writer.WriteStartArray("knots");
        for (int d = 0; d < encoding.FeatureCount; d++)
            WriteArray(writer, encoding.Knots(d));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteBounds(Utf8JsonWriter writer, string name, ReadOnlySpan<float> bounds)
    {
        writer.WriteStartArray(name);
        foreach (float bound in bounds)
        {
            if (float.IsFinite(bound))
                writer.WriteNumberValue(bound);
            else
                writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }

    private static JsonElement Property(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value)
        ? value
        : throw new InvalidDataException($"'{name}' is missing; a network has activation, W1, b1, W2 and b2.");

    private static double[] Numbers(JsonElement root, string name)
    {
        var numbers = new List<double>();
        Collect(Property(root, name), name, numbers);
        return [.. numbers];
    }

    private static void Collect(JsonElement element, string name, List<double> numbers)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                double number = element.GetDouble();
                if (!double.IsFinite(number))
                    throw new InvalidDataException($"{name} holds {element.GetRawText()}; every parameter must be a finite number.");
                numbers.Add(number);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                    Collect(item, name, numbers);
                break;
            default:
                throw new InvalidDataException($"{name} must hold numbers only; it holds {element.GetRawText()}.");
        }
    }

    private static void WriteArray(Utf8JsonWriter writer, ReadOnlySpan<float> values)
    {
        writer.WriteStartArray();
        foreach (float value in values)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }
}
