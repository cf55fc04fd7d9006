using System.Security.Cryptography;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Persistence;

/// <summary>State into a stream, with a checksum at the end.</summary>
internal sealed class StateWriter(Stream stream) : StateExchange, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool IsReading => false;

    protected override long Remaining => long.MaxValue;

    /// <summary>Writes the checksum.</summary>
    public void End() => stream.Write(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    protected override void Exchange(Span<byte> bytes)
    {
        stream.Write(bytes);
        _hash.AppendData(bytes);
    }
}
