using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace MlNetShallowNet.Training;

/// <summary>
/// A temporary file of numbers that has no name while it is in use (on Windows one that vanishes with its handle): so nothing is left of it,
/// however the run ends, and nobody else can read it.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream; // owns the handle
    private readonly SafeFileHandle _handle;

    private SpillFile(string path, FileStream stream) => (_path, _stream, _handle) = (path, stream, stream.SafeFileHandle);

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <param name="folder">Where; null for the system's folder for temporary files.</param>
    /// <exception cref="IOException">There can be none; the message says why and what to do.</exception>
    public static SpillFile Create(string? folder = null)
    {
        string path = Path.Combine(folder ?? Path.GetTempPath(), $"shallownet-rows-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
            options.Options = FileOptions.DeleteOnClose;
        else
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            var stream = new FileStream(path, options);
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return new SpillFile(path, stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, 0, error);
        }
    }

    /// <summary>Writes numbers behind those that are there.</summary>
    /// <exception cref="IOException">They cannot be written; the message says why and what to do.</exception>
    public void Append<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers);
        try
        {
            RandomAccess.Write(_handle, bytes, Length);
        }
        catch (Exception error) when (error is IOException or ArgumentOutOfRangeException) // what .NET makes of a file beyond a limit of sizes
        {
            throw CannotWrite(_path, Length, error);
        }
        Length += bytes.Length;
    }

    /// <summary>Reads numbers.</summary>
    /// <param name="at">The byte at which the first begins; afterwards, the one behind the last.</param>
    /// <param name="numbers">Where they go.</param>
    public void Read<T>(ref long at, Span<T> numbers)
        where T : unmanaged
    {
        Span<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers);
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_handle, bytes, at);
            if (read == 0)
                throw new IOException($"The temporary file of rows ends at byte {at}, where {bytes.Length} more bytes were written; is the disk sound?");
            at += read;
            bytes = bytes[read..];
        }
    }

    public void Dispose() => _stream.Dispose();

    private static IOException CannotWrite(string path, long written, Exception error)
    {
        string folder = Path.GetDirectoryName(path)!;
        string reason = error is ArgumentOutOfRangeException ? "files there can't be larger" : error.Message.Replace($" : '{path}'", "", StringComparison.Ordinal).Replace(path, folder, StringComparison.Ordinal).TrimEnd('.');
        string megabytes = (written / (double)(1 << 20)).ToString("0.#", CultureInfo.InvariantCulture);
        return new IOException(
            $"The rows exceed the memory budget, and the temporary file for them in {folder} can't be written after {megabytes} MB " +
            $"({reason}); make room there, name another folder in {(OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR")}, or raise the memory budget.", error);
    }
}
