using System.Collections.Concurrent;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Files that are written beside their place and put there once complete: a failure leaves what was there before.</summary>
internal static class AtomicFile
{
    private static readonly ConcurrentDictionary<string, bool> _unfinished = new();

    /// <summary>
    /// Finds out, before the work whose result is to be written, whether it can be: makes an empty file beside and deletes it.
    /// </summary>
    /// <exception cref="UserError">The path is a directory, in no directory, or can't be written.</exception>
    public static void CheckWritable(string path)
    {
        if (IsDevice(path))
            return;
        string target = Target(path);
        string beside = Beside(target);
        try
        {
            File.Create(beside).Dispose();
            File.Delete(beside);
            // The target's own name may be too long, which shows in asking for it.
            if (!File.Exists(target))
                File.OpenHandle(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw CannotWrite(path, beside, e);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="UserError">It can't be written; what was there is unharmed.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = IsDevice(path) ? path : Target(path);
        string beside = IsDevice(path) ? path : Beside(target);
        try
        {
            if (!IsDevice(path))
                _unfinished[beside] = true;
            using (FileStream stream = new(beside, IsDevice(path) ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite))
                write(stream);
            if (!IsDevice(path))
                File.Move(beside, target, overwrite: true);
        }
        catch (Exception e) when (IsFileError(e) && UserError.Within(e) is null)
        {
            throw CannotWrite(path, beside, e);
        }
        finally
        {
            if (!IsDevice(path))
            {
                File.Delete(beside);
                _unfinished.TryRemove(beside, out _);
            }
        }
    }

    /// <summary>Deletes what has been begun and not been put in its place, as the program is about to end.</summary>
    public static void DeleteUnfinished()
    {
        foreach (string beside in _unfinished.Keys)
            File.Delete(beside);
    }

    /// <summary>Whether two paths name the same file, as far as their text tells.</summary>
    public static bool IsSame(string a, string b) => Target(a) == Target(b);

    /// <summary>The file itself, behind links: a rename would replace the link.</summary>
    private static string Target(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new UserError($"{path} can't be written: it is a directory.");
        string? directory = Path.GetDirectoryName(full);
        if (!Directory.Exists(directory))
            throw new UserError($"{path} can't be written: there is no directory {directory}.");
        try
        {
            return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException e)
        {
            throw new UserError($"{path} can't be written: {e.Message}", e); // links that lead in a circle
        }
    }

    /// <summary>Devices such as /dev/stdout are written to, never replaced.</summary>
    public static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    /// <summary>A name of its own, for one that adds to the file's may be too long.</summary>
    private static string Beside(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}.tmp");

    private static bool IsFileError(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static UserError CannotWrite(string path, string beside, Exception e) =>
        new($"{path} can't be written: {e.Message.Replace(beside, Path.GetFullPath(path))}", e);
}
