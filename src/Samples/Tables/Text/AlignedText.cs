namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// A text whose fields are separated by any number of spaces or tabs, read as if there were exactly one space: none at the ends of a line,
/// and none changed within quotes.
/// </summary>
internal sealed class AlignedText(TextReader inner, bool hasQuotes) : TextReader
{
    private readonly char[] _input = new char[1 << 14];
    private bool _atStart = true;
    private bool _owesSpace;
    private bool _isQuoted;
    private int _position;
    private int _available;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        int written = 0;
        while (written + 1 < buffer.Length && Fill())
        {
            char c = _input[_position++];
            if (!_isQuoted && c is ' ' or '\t')
            {
                _owesSpace = !_atStart;
                continue;
            }
            bool endsLine = !_isQuoted && c is '\r' or '\n';
            if (_owesSpace && !endsLine)
                buffer[written++] = ' ';
            _owesSpace = false;
            _atStart = endsLine;
            _isQuoted ^= hasQuotes && c == '"';
            buffer[written++] = c;
        }
        return written;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        if (_position < _available)
            return true;
        (_position, _available) = (0, inner.Read(_input, 0, _input.Length));
        return _available > 0;
    }
}
