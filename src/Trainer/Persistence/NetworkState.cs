using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// A JSON network as one piece of text, for ML.NET's model files: a mark of four bytes, the JSON with W1 packed, compressed by deflate, and a SHA-256 checksum
/// over both, all as <see cref="StateText"/>.
/// </summary>
internal static class NetworkState
{
    private const int MarkLength = 4, MostAtAnyRate = 4 << 20, MostRatio = 64;

    private static readonly string _saveAgain = "Save the model again.";

    private static ReadOnlySpan<byte> Mark => "MSN3"u8;

    // With W1 as numbers, which is read as ever.
    private static ReadOnlySpan<byte> MarkBefore => "MSN2"u8;

    /// <summary>The text of a network.</summary>
    /// <exception cref="InvalidOperationException">The activation is not registered, so that the text could not be read.</exception>
    public static string ToText(NetworkDocument network)
    {
        using var json = new MemoryStream();
        NetworkWriter.Write(network, json, packed: true);
        byte[] bytes = Compress(json, CompressionLevel.Optimal);
        // A reader takes no more than it can expect of what is there; so what can be packed tighter stays as it is.
        if (json.Length > MostJson(bytes.Length))
            bytes = Compress(json, CompressionLevel.NoCompression);
        return StateText.Write([.. bytes, .. SHA256.HashData(bytes)]);
    }

    /// <summary>The network that this text holds.</summary>
    /// <exception cref="InvalidDataException">The text is no network's state, is damaged, is of another version, or names an activation that
    /// is not registered.</exception>
    public static NetworkDocument Parse(ReadOnlySpan<char> text)
    {
        if (StateText.Read(text) is not { Length: >= MarkLength + SHA256.HashSizeInBytes } bytes)
            throw new InvalidDataException($"The model's state is not that of a two-layer network: it was cut short or altered. {_saveAgain}");

        ReadOnlySpan<byte> content = bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes);
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length, SHA256.HashSizeInBytes)))
            throw new InvalidDataException($"The model's state does not match its checksum: the file was altered after it was saved. {_saveAgain}");
        if (!content.StartsWith(Mark) && !content.StartsWith(MarkBefore))
        {
            bool ofBefore = BinaryPrimitives.ReadInt32LittleEndian(content) is > 0 and < 1 << 24 && content[MarkLength..].StartsWith("{"u8);
            throw new InvalidDataException(ofBefore
                ? "The model was saved by a version of MlNetShallowNet before the first release, which is not read any more; train and save it again."
                : "The model was saved in a format that this version of MlNetShallowNet does not know; use a newer one.");
        }

        NetworkDocument network;
        try
        {
            network = NetworkReader.Read(Decompress(bytes.AsMemory(MarkLength, content.Length - MarkLength)));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"The model's state holds no network: {error.Message}", error);
        }

        return !string.IsNullOrWhiteSpace(network.FeatureColumnName)
            ? network
            : throw new InvalidDataException("The model's state does not name its feature column.");
    }

    private static long MostJson(long compressed) => MostAtAnyRate + MostRatio * compressed;

    private static byte[] Compress(MemoryStream json, CompressionLevel level)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Mark);
        using (var deflate = new DeflateStream(bytes, level, leaveOpen: true))
        {
            json.Position = 0;
            json.CopyTo(deflate);
        }

        return bytes.ToArray();
    }

    private static ReadOnlyMemory<byte> Decompress(ReadOnlyMemory<byte> compressed)
    {
        using var source = new MemoryStream(compressed.ToArray());
        using var deflate = new DeflateStream(source, CompressionMode.Decompress);
        using var json = new MemoryStream();
        byte[] block = new byte[1 << 16];
        long most = MostJson(compressed.Length);
        for (int read; (read = deflate.Read(block)) > 0;)
        {
            json.Write(block, 0, read);
            if (json.Length > most)
                throw new InvalidDataException($"it expands to more than {most} bytes.");
        }

        return json.GetBuffer().AsMemory(0, (int)json.Length);
    }
}
