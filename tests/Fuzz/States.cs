using System.IO.Compression;
using System.Security.Cryptography;
using MlNetShallowNet.Persistence;

namespace MlNetShallowNet.Fuzz;

/// <summary>What an ML.NET model holds of a network, with a checksum that is right again: altered as it is compressed, or as JSON.</summary>
internal sealed class States : Target
{
    private const int Mark = 4;

    public override string Name => "states";

    public override int FullCount => 100_000;

    // The network's JSON; each is compressed, and then perhaps altered once more, where it is sealed.
    public override IReadOnlyList<byte[]> Seeds { get; } = [.. Examples.Networks.Select(network =>
    {
        byte[] state = StateText.Read(NetworkState.ToText(new NetworkDocument(network.Model.Trained, "Features")))!;
        return state[..^SHA256.HashSizeInBytes];
    })];

    public override byte[] Seal(byte[] altered, Random random)
    {
        if (random.Next(2) == 0)
        {
            using MemoryStream bytes = new(), json = new(Seeds[random.Next(Seeds.Count)][Mark..]), plain = new();
            using (DeflateStream inflate = new(json, CompressionMode.Decompress))
                inflate.CopyTo(plain);
            bytes.Write("MSN3"u8);
            using (DeflateStream deflate = new(bytes, CompressionLevel.Fastest, leaveOpen: true))
                deflate.Write(Mutation.Of(plain.ToArray(), random));
            altered = bytes.ToArray();
        }
        return [.. altered, .. SHA256.HashData(altered)];
    }

    public override void Read(byte[] bytes)
    {
        bool isWhole = Seeds.Any(seed => seed.AsSpan().SequenceEqual(bytes));
        NetworkDocument network = NetworkState.Parse(StateText.Write(isWhole ? [.. bytes, .. SHA256.HashData(bytes)] : bytes));
        network.Network.CreateScorer().Score(new Microsoft.ML.Data.VBuffer<float>(network.Network.FeatureCount, 0, [], []));
    }

    public override bool IsRefusal(Exception error) => error is InvalidDataException;
}
