using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// A checkpoint as a file: a mark, what the training is of (name and value of each thing on which its bits depend), the state, and a SHA-256
/// checksum over all of it. Written safely, so that a kill while it is written leaves the one before.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="between">How long to wait from one to the next.</param>
/// <param name="origin">What the training is of.</param>
internal sealed class CheckpointFile(string path, TimeSpan between, IReadOnlyDictionary<string, string> origin) : ICheckpoint
{
    private const int MostShown = 80;

    private static readonly byte[] _mark = "MSNCHK1\n"u8.ToArray();

    private Stopwatch _since = Stopwatch.StartNew();

    public bool IsDue => _since.Elapsed >= between;

    public void Write(Action<StateExchange> exchange)
    {
        SafeFile.Write(path, stream =>
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
        });
        _since = Stopwatch.StartNew();
    }

    public void Read(Action<StateExchange> exchange)
    {
        if (!File.Exists(path))
            return;
        using FileStream stream = File.OpenRead(path);
        try
        {
            var reader = new StateReader(stream, WholeLength(stream));
            if (!reader.Array<byte>([]).AsSpan().SequenceEqual(_mark))
                throw new InvalidDataException("it is something else, or of another version of MlNetShallowNet.");
            CheckOrigin(reader);
            exchange(reader);
            reader.End();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(
                $"{path} is no checkpoint of this training: {error.Message.TrimEnd('.')}; train on the same rows with the same options, or delete it to train from the start.", error);
        }
    }

    // How much there is before the checksum, which is that of all of it.
    private static long WholeLength(FileStream stream)
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

    private void CheckOrigin(StateReader reader)
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
