using Microsoft.Win32.SafeHandles;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// The bytes of a table, held open so that every pass reads the same file. What can be read only once (standard input, a pipe) or only from
/// the start (gzip) is first copied to a temporary file without a name, of which nothing remains whatever happens to the program.
/// </summary>
internal sealed class TableBytes
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    private readonly SafeFileHandle _handle;
    private readonly bool _isCopy;
    private readonly FileState _state;

    private TableBytes(string name, SafeFileHandle handle, bool isCopy = false)
    {
        (Name, _handle, _isCopy, _state) = (name, handle, isCopy, FileState.Of(name, handle));
    }

    private TableBytes(string name, Stream source)
        : this(name, Copy(source), isCopy: true)
    {
    }

    /// <summary>What to call the table in messages.</summary>
    public string Name { get; }

    /// <summary>Opens a file, several, standard input, or a query's rows.</summary>
    /// <param name="source">Where the table is.</param>
    /// <param name="format">How it is written; for what is no text, how it is made to.</param>
    /// <exception cref="UserError">It can't be read.</exception>
    public static TableBytes Open(TableSource source, ref TextFormat format)
    {
        if (source.Query is { } query)
            return Copied(source.Path, SourceTable.OpenQuery(query, ref format));
        if (SourceTable.IsPattern(source.Path))
            return Copied(source.Path, SourceTable.OpenFiles(source.Path, ref format));
        TableBytes bytes = Open(source.Path);
        if (!SourceTable.IsParquet(bytes.Start(stackalloc byte[4])))
            return bytes;
        using SafeFileHandle file = bytes._handle;
        if (bytes._isCopy)
            throw new UserError($"{bytes.Name} holds a Parquet file, which can be read neither from a pipe nor compressed; give the file itself.");
        return Copied(source.Path, SourceTable.OpenParquet([source.Path], ref format));
    }

    private static TableBytes Copied(string name, Stream text) => Reading(name, () =>
    {
        using (text)
            return new TableBytes(name, text);
    });

    private static TableBytes Open(string path)
    {
        string name = path == StandardInput ? "standard input" : path;
        if (Directory.Exists(path))
            throw new UserError($"{path} is a directory, not a table.");
        return Reading(name, () =>
        {
            if (path == StandardInput)
                return new TableBytes(name, Console.OpenStandardInput());
            // Opened once only: of a pipe whose writer has gone, the second time would wait for another one.
            SafeFileHandle handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
            if (!CanSeek(handle))
            {
                using FileStream pipe = new(handle, FileAccess.Read);
                return new TableBytes(name, pipe);
            }
            TableBytes bytes = new(name, handle);
            return Gzip.IsStart(bytes.Start(stackalloc byte[3])) ? new TableBytes(name, bytes.OpenStream()) : bytes;
        });
    }

    /// <summary>Starts a pass over the bytes.</summary>
    /// <param name="from">How many of them to pass over.</param>
    public Pass OpenStream(int from = 0) => new(this, from);

    /// <summary>What reading gives; an error of the disk is the user's to know.</summary>
    /// <exception cref="UserError">Reading failed.</exception>
    public static T Reading<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"There is no file {name}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException
            or InvalidDataException)
        {
            throw new UserError($"{name} can't be read: {e.Message}", e);
        }
    }

    private static bool CanSeek(SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle) >= 0;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private ReadOnlySpan<byte> Start(Span<byte> buffer) => buffer[..RandomAccess.Read(_handle, buffer, 0)];

    private static SafeFileHandle Copy(Stream source)
    {
        string path = Path.GetTempFileName();
        SafeFileHandle handle = File.OpenHandle(
            path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        using BufferedStream buffered = new(source, 1 << 16);
        byte[] magic = new byte[3];
        int read = buffered.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        bool isGzip = Gzip.IsStart(magic.AsSpan(0, read));
        using Stream whole = new Joined(magic.AsMemory(0, read), buffered);
        using Stream content = isGzip ? new Gzip(whole) : whole;
        byte[] buffer = new byte[1 << 16];
        long position = 0;
        for (int count; (count = content.Read(buffer)) > 0; position += count)
        {
            StopRequest.ThrowIfAsked("the table was read");
            RandomAccess.Write(handle, buffer.AsSpan(0, count), position);
        }
        return handle;
    }

    /// <summary>A pass over the bytes, which at its end looks whether they are still those that were opened.</summary>
    public sealed class Pass(TableBytes bytes, int from) : ReadOnlyStream
    {
        private long _position = from;

        /// <summary>The share of the bytes that was read, 0 to 1.</summary>
        public double Share => Math.Min(1, _position / Math.Max(1.0, bytes._state.Length));

        public override int Read(Span<byte> buffer)
        {
            int count = RandomAccess.Read(bytes._handle, buffer, _position);
            _position += count;
            if (count == 0 || _position > bytes._state.Length)
                bytes._state.CheckIs(FileState.Of(bytes.Name, bytes._handle));
            return count;
        }
    }

    /// <summary>The first bytes, which were looked at, and the rest.</summary>
    private sealed class Joined(ReadOnlyMemory<byte> first, Stream rest) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _first = first;

        public override int Read(Span<byte> buffer)
        {
            if (_first.IsEmpty)
                return rest.Read(buffer);
            int count = Math.Min(buffer.Length, _first.Length);
            _first.Span[..count].CopyTo(buffer);
            _first = _first[count..];
            return count;
        }
    }
}
