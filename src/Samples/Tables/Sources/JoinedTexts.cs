namespace MlNetShallowNet.Samples.Tables;

/// <summary>Text files one after the other as one: of those behind the first, the line of names is left out, which must be the first file's, and what stands before it.</summary>
internal sealed class JoinedTexts : ReadOnlyStream
{
    private const byte LineFeed = (byte)'\n', CarriageReturn = (byte)'\r';

    private readonly string[] _files;
    private readonly TextFormat _format;
    private readonly byte[]? _names;
    private Stream _current;
    private FileState _before;
    private int _file;
    private byte _last = LineFeed;
    private int _held = -1;

    /// <param name="files">The files, compressed or not.</param>
    /// <param name="format">How they are written.</param>
    /// <exception cref="UserError">Their first lines differ, or they are written so that joining them would take lines for rows.</exception>
    public JoinedTexts(string[] files, TextFormat format)
    {
        if (format.SkippedLines is not null)
            throw new UserError("--skip-lines is for a single file; of several, each begins with its line of names.");
        (_files, _format) = (files, format);
        _before = FileState.Of(files[0]);
        _current = OpenFile(files[0]);
        if (!format.HasHeader)
            return;
        _names = TableBytes.Reading(files[0], ReadNames);
        _current.Dispose();
        (_current, _held) = (OpenFile(files[0]), -1);
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            int count = ReadCurrent(buffer);
            if (count > 0)
            {
                _last = buffer[count - 1];
                return count;
            }
            _before.CheckIs(FileState.Of(_files[_file]));
            if (_file + 1 == _files.Length)
                return 0;
            StopRequest.ThrowIfAsked($"{_files[_file]} was read");
            _current.Dispose();
            _before = FileState.Of(_files[++_file]);
            _current = OpenFile(_files[_file]);
            if (_names is null && HasMark(_files[_file]))
                _current.ReadExactly(new byte[TextEncoding.Mark.Length]);
            if (_names is not null && !ReadNames().SequenceEqual(_names))
                throw new UserError($"{_files[_file]} has another first line than {_files[0]}; files that are read together need the same names of columns in the same order.");
            if (_last == LineFeed)
                continue;
            (buffer[0], _last) = (LineFeed, LineFeed);
            return 1;
        }
    }

    private int ReadCurrent(Span<byte> buffer)
    {
        if (_held < 0)
            return _current.Read(buffer);
        (buffer[0], _held) = ((byte)_held, -1);
        return 1;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _current.Dispose();
        base.Dispose(disposing);
    }

    private static BufferedStream OpenFile(string path)
    {
        BufferedStream file = new(File.OpenRead(path), 1 << 16);
        byte[] start = new byte[3];
        int count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (count >= 2 && (start[0], start[1]) is (0xFE, 0xFF) or (0xFF, 0xFE))
        {
            file.Dispose();
            throw new UserError($"{path} is UTF-16; of several files that are read together each must be UTF-8 or another text of single bytes.");
        }
        return Gzip.IsStart(start.AsSpan(0, count)) ? new BufferedStream(new Gzip(file), 1 << 16) : file;
    }

    private static bool HasMark(string path)
    {
        using Stream file = OpenFile(path);
        Span<byte> start = stackalloc byte[TextEncoding.Mark.Length];
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)].SequenceEqual(TextEncoding.Mark);
    }

    /// <summary>Reads the line of names and what stands before it: what does in a single file, and blank lines.</summary>
    private byte[] ReadNames()
    {
        using StreamReader text = new(OpenFile(_files[_file]));
        long before = TableFile.LinesBefore(text, _format);
        while (ReadLine() is { } line)
        {
            ReadOnlySpan<byte> names = line.AsSpan().StartsWith(TextEncoding.Mark) ? line.AsSpan(TextEncoding.Mark.Length) : line;
            if (before-- <= 0 && names.ContainsAnyExcept((byte)' ', (byte)'\t'))
                return names.ToArray();
        }
        return [];
    }

    /// <summary>Reads a line, without its end; null behind the last one.</summary>
    private byte[]? ReadLine()
    {
        int next = _held >= 0 ? _held : _current.ReadByte();
        _held = -1;
        if (next < 0)
            return null;
        List<byte> line = [];
        for (; next is not (-1 or LineFeed or CarriageReturn); next = _current.ReadByte())
            line.Add((byte)next);
        if (next == CarriageReturn && (next = _current.ReadByte()) != LineFeed)
            _held = next; // the next line's first
        return [.. line];
    }
}
