using MlNetShallowNet.Training;

namespace MlNetShallowNet.Persistence;

/// <summary>State out of a stream.</summary>
/// <param name="stream">The stream.</param>
/// <param name="length">How many of its bytes are state.</param>
internal sealed class StateReader(Stream stream, long length) : StateExchange
{
    public override bool IsReading => true;

    protected override long Remaining => length - stream.Position;

    /// <summary>Says that nothing more is expected.</summary>
    public void End() => Check(Remaining == 0);

    protected override void Exchange(Span<byte> bytes)
    {
        Check(bytes.Length <= Remaining);
        stream.ReadExactly(bytes);
    }
}
