using System.Security.Cryptography;
using System.Text;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// State as bytes: a mark, what the state is of (name and value of each thing on which its bits depend), the state, and a SHA-256 checksum
/// over all of it.
/// </summary>
internal static class StateFrame
{
    private const int MostShown = 80;

    private static readonly byte[] _mark = "MSNCHK2\n"u8.ToArray();

    /// <summary>Writes state.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="origin">What it is of.</param>
    /// <param name="exchange">Gives the state.</param>
    public static void Write(Stream stream, IReadOnlyDictionary<string, string> origin, Action<StateExchange> exchange)
    {
        using var writer = new StateWriter(stream);
        writer.Array(_mark);
        writer.Value(origin.Count);
        foreach ((string name, string value) in origin)
        {
            writer.Array(Encoding.UTF8.GetBytes(name));
            writer.Array(Encoding.UTF8.GetBytes(value));
        }
        exchange(writer);
        writer.End();
    }

    /// <summary>Reads state.</summary>
    /// <param name="stream">What it is in, from its start to its end.</param>
    /// <param name="origin">What it must be of.</param>
    /// <param name="exchange">Takes the state.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of something else.</exception>
    public static void Read(Stream stream, IReadOnlyDictionary<string, string> origin, Action<StateExchange> exchange)
    {
        var reader = new StateReader(stream, WholeLength(stream));
        if (!reader.Array<byte>([]).AsSpan().SequenceEqual(_mark))
            throw new InvalidDataException("it is something else, or of another version of MlNetShallowNet.");
        CheckOrigin(reader, origin);
        exchange(reader);
        reader.End();
    }

    // How much there is before the checksum, which is that of all of it.
    private static long WholeLength(Stream stream)
    {
        long length = stream.Length - SHA256.HashSizeInBytes;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[1 << 16];
        for (long rest = length; rest > 0;)
        {
            int read = stream.Read(block, 0, (int)Math.Min(rest, block.Length));
            hash.AppendData(block, 0, read);
            rest = read > 0 ? rest - read : 0;
        }
        if (length < 0 || stream.ReadAtLeast(block, SHA256.HashSizeInBytes, throwOnEndOfStream: false) != SHA256.HashSizeInBytes
            || !hash.GetHashAndReset().AsSpan().SequenceEqual(block.AsSpan(0, SHA256.HashSizeInBytes)))
        {
            throw new InvalidDataException("it is cut short, damaged, or something else.");
        }
        stream.Position = 0;
        return length;
    }

    private static string Shown(string text) => string.Concat(text.Take(MostShown).Select(c => char.IsControl(c) ? '?' : c));

    private static void CheckOrigin(StateReader reader, IReadOnlyDictionary<string, string> origin)
    {
        var kept = new Dictionary<string, string>();
        for (int rest = reader.Count(0, 2 * sizeof(int)); rest > 0; rest--)
            kept[Encoding.UTF8.GetString(reader.Array<byte>([]))] = Encoding.UTF8.GetString(reader.Array<byte>([]));
        foreach (string name in origin.Keys.Union(kept.Keys))
        {
            string then = kept.GetValueOrDefault(name, "not given"), now = origin.GetValueOrDefault(name, "not given");
            if (then != now)
                throw new InvalidDataException($"{Shown(name)} was {Shown(then)} and is {Shown(now)}.");
        }
    }
}
