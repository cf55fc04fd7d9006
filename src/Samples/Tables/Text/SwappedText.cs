namespace MlNetShallowNet.Samples.Tables;

/// <summary>A text in which a character and the tab have changed places.</summary>
internal sealed class SwappedText(TextReader inner, char other) : TextReader
{
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        int count = inner.Read(buffer);
        Swap(buffer[..count], other);
        return count;
    }

    public override int Peek() => Swapped(inner.Peek(), other);

    public override int Read() => Swapped(inner.Read(), other);

    /// <summary>Lets the character and the tab change places.</summary>
    public static void Swap(Span<char> text, char other)
    {
        foreach (ref char c in text)
            c = (char)Swapped(c, other);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private static int Swapped(int c, char other) => c == other ? '\t' : c == '\t' ? other : c;
}
