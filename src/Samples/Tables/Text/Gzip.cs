using System.IO.Compression;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>What compressed bytes stand for. Where they end too early, or do not match their checksum, reading fails.</summary>
internal sealed class Gzip(Stream compressed) : ReadOnlyStream
{
    private readonly GZipStream _content = new(compressed, CompressionMode.Decompress);

    /// <summary>Whether what begins so is compressed.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) => start.StartsWith<byte>([0x1f, 0x8b, 8]);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _content.Read(buffer); // that an early end is an error is a setting in the project file
        }
        catch (InvalidDataException e)
        {
            throw new IOException("its compressed content is cut short or damaged; write or copy it anew.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }
}
