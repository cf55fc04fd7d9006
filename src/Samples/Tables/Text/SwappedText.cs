namespace MlNetShallowNet.Samples.Tables;

/// <summary>A text in which a character and the tab have changed places.</summary>
internal sealed class SwappedText(TextReader inner, char other) : TextReader
{
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        int count = inner.Read(buffer);
        foreach (ref char c in buffer[..count])
            c = c == other ? '\t' : c == '\t' ? other : c;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
