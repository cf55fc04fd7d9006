namespace MlNetShallowNet.Samples.Tables;

/// <summary>Text files one after the other as one: of those behind the first, the line of names is left out, which must be the first file's.</summary>
internal sealed class JoinedTexts : ReadOnlyStream
{
    private const byte LineFeed = (byte)'\n';

    private readonly string[] _files;
    private readonly bool _hasHeader;
    private readonly byte[]? _header;
    private Stream _current;
    private FileState _before;
    private int _file;
    private byte _last = LineFeed;

    /// <param name="files">The files, compressed or not.</param>
    /// <param name="format">How they are written.</param>
    /// <exception cref="UserError">Their first lines differ, or they are written so that joining them would take lines for rows.</exception>
    public JoinedTexts(string[] files, TextFormat format)
    {
        if (format.SkippedLines is not null)
            throw new UserError("--skip-lines is for a single file; of several, each begins with its line of names.");
        (_files, _hasHeader) = (files, format.HasHeader);
        _before = FileState.Of(files[0]);
        _current = OpenFile(files[0]);
        if (_hasHeader)
            _header = FirstLine(files[0]);
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            int count = _current.Read(buffer);
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
            if (!_hasHeader && HasMark(_files[_file]))
                _current.ReadExactly(new byte[TextEncoding.Mark.Length]);
            if (_hasHeader && !FirstLine(_files[_file], _current).SequenceEqual(_header!))
                throw new UserError($"{_files[_file]} has another first line than {_files[0]}; files that are read together need the same names of columns in the same order.");
            if (_last == LineFeed)
                continue;
            (buffer[0], _last) = (LineFeed, LineFeed);
            return 1;
        }
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

    private static byte[] FirstLine(string path)
    {
        using Stream file = OpenFile(path);
        return FirstLine(path, file);
    }

    /// <summary>Reads the first line, without its end and without a byte-order mark.</summary>
    private static byte[] FirstLine(string path, Stream file)
    {
        List<byte> line = [];
        for (int next; (next = file.ReadByte()) is not (-1 or LineFeed);)
            line.Add((byte)next);
        ReadOnlySpan<byte> bytes = [.. line];
        bytes = bytes.StartsWith(TextEncoding.Mark) ? bytes[TextEncoding.Mark.Length..] : bytes;
        return bytes.StartsWith("sep="u8)
            ? throw new UserError($"{path} begins with a line that names the separator; of several files that are read together each begins with its names of columns; say --separator.")
            : bytes.TrimEnd((byte)'\r').ToArray();
    }
}
