using MlNetShallowNet.Persistence;
using MlNetShallowNet.Training;

namespace MlNetShallowNet;

/// <summary>
/// A network as a JSON file that people and other programs can read:
/// <code>{ "activation": "tanh", "W1": [[...], ...], "b1": [...], "W2": [...], "b2": 0.1 }</code>
/// W1 has a row of D numbers for each of the H hidden units, b1 and W2 have H numbers, b2 is one. Numbers are written so that the same
/// number is read back, bit for bit. A network that encodes its inputs has <c>"encoding": { "lower", "upper", "knots" }</c> besides, an
/// item for each feature in each (see <see cref="InputEncoding"/>; a bound that is not there is null), and W1 is for the encoded columns. Where
/// most features have no column, as of texts, <c>features</c> says how many there are, <c>used</c> which of them have one (a bit for each, eight
/// in a byte, the lowest first, as base64), and the three have an item for each of those.
/// A trained network also says how it came to be: <c>history</c>, <c>estimate</c>, <c>calibration</c>, <c>options</c> and <c>versions</c>.
/// An ML.NET model file holds the same JSON, compressed.
/// </summary>
/// <remarks>
/// Reading is generous: b1 may also be a column (H rows of one number), W2 a matrix of one row, b2 a number in one or two pairs of
/// brackets; other properties are passed over; <c>activation</c> may be missing and is then tanh. With <c>"precision": "single"</c> numbers
/// are read in single precision, else in double.
/// </remarks>
/// <example>
/// <code>
/// NetworkJson.Save(model.LastTransformer.Model, "network.json");
/// float score = NetworkJson.Load("network.json").Score(features);
/// </code>
/// </example>
public static class NetworkJson
{
    /// <summary>Writes the network to a file, which is replaced only once the new one is complete.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The network has an activation that is not registered (<see cref="Activation.Register"/>).</exception>
    public static void Save(ShallowNetworkModelParameters network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        SafeFile.Write(path, stream => Write(network, stream));
    }

    /// <summary>Writes the network to a stream.</summary>
    /// <exception cref="InvalidOperationException">The network has an activation that is not registered (<see cref="Activation.Register"/>).</exception>
    public static void Write(ShallowNetworkModelParameters network, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        NetworkWriter.Write(new NetworkDocument(network.Trained, null), stream);
    }

    /// <summary>Reads a network from a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is no such JSON, its shapes do not fit each other, a number is not finite, or its
    /// activation is not known.</exception>
    public static ShallowNetworkModelParameters Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return Read(stream);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}' is not a network: {error.Message}", error);
        }
    }

    /// <summary>Reads a network from a stream.</summary>
    /// <exception cref="InvalidDataException">See <see cref="Load"/>.</exception>
    public static ShallowNetworkModelParameters Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TrainedNetwork network = NetworkReader.Read(stream).Network;
        return new ShallowNetworkModelParameters(network);
    }
}
