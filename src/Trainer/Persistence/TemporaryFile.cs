using System.Collections.Concurrent;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// The file beside a target that becomes it. It is open, and thereby locked, until it has its final name: so another run can tell it from what a
/// killed one left.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private static readonly ConcurrentDictionary<string, bool> _unfinished = [];

    private readonly string _path, _named;
    private readonly FileStream _stream;
    private bool _isPlaced;

    // A program that ends in the middle of writing runs no finally.
    static TemporaryFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (string path in _unfinished.Keys)
            File.Delete(path);
    };

    private TemporaryFile(string path, string named, FileStream stream)
    {
        (_path, _named, _stream) = (path, named, stream);
        _unfinished[path] = true;
    }

    /// <param name="target">The file to replace, no link.</param>
    /// <param name="named">What the user calls it.</param>
    /// <exception cref="IOException">There can be no file in its directory.</exception>
    public static TemporaryFile Beside(string target, string named)
    {
        string directory = Path.GetDirectoryName(target)!, mark = SafeFile.Mark(target);
        ClearAbandoned(directory, mark);
        string path = Path.Combine(directory, $".{mark}.{Guid.NewGuid():N}.tmp");
        try
        {
            var temporary = new TemporaryFile(path, named, new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete));
            temporary.TakeAfter(target);
            return temporary;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(path);
            throw CannotWrite(named, Reason(error, path, named), error);
        }
    }

    public void Write(Action<Stream> write)
    {
        try
        {
            write(_stream);
            _stream.Flush(flushToDisk: true);
        }
        catch (IOException error) when (error.Message.Contains(_path, StringComparison.Ordinal))
        {
            throw CannotWrite(_named, Reason(error, _path, _named), error);
        }
    }

    public void Replace(string target)
    {
        try
        {
            File.Move(_path, target, overwrite: true);
            _isPlaced = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(_named, Reason(error, _path, _named), error);
        }
        Announce(target);
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_isPlaced)
            File.Delete(_path);
        _unfinished.TryRemove(_path, out _);
    }

    public static IOException CannotWrite(string path, string reason, Exception? inner = null) =>
        new($"{path} can't be written: {reason}.", inner);

    // Who watches a file for changes, as ML.NET's pool of prediction engines does, is told of a new time of writing, and of a rename is not.
    private void Announce(string target)
    {
        _stream.Dispose(); // whoever is told can open it
        try
        {
            File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The file is whole and in its place.
        }
    }

    private void TakeAfter(string target)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(target))
            return;
        FileOwner.Of(target)?.GiveTo(_path);
        File.SetUnixFileMode(_stream.SafeFileHandle, File.GetUnixFileMode(target)); // last: a new owner takes bits away
    }

    private static void ClearAbandoned(string directory, string mark)
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(directory, $".{mark}.*.tmp"))
            {
                using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    // Nobody has it open.
                }

                File.Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another run is writing it now, or it is not ours to delete.
        }
    }

    private static string Reason(Exception error, string path, string named) =>
        error.Message.Replace(path, named, StringComparison.Ordinal).TrimEnd('.');
}
