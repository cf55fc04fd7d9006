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
        while (written < buffer.Length && Read() is >= 0 and int next)
            buffer[written++] = (char)next;
        return written;
    }

    public override int Peek()
    {
        while (Fill() && !_isQuoted && _input[_position] is ' ' or '\t')
        {
            _position++;
            _owesSpace = !_atStart;
        }
        return _position == _available ? -1 : _owesSpace && _input[_position] is not ('\r' or '\n') ? ' ' : _input[_position];
    }

    public override int Read()
    {
        int next = Peek();
        if (next < 0)
            return next;
        bool wasOwed = _owesSpace && next == ' ';
        _owesSpace = false;
        if (wasOwed)
            return next;
        _position++;
        _atStart = !_isQuoted && next is '\r' or '\n';
        _isQuoted ^= hasQuotes && next == '"';
        return next;
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
