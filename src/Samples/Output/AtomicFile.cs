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
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }

    /// <summary>Devices such as /dev/stdout are written to, never replaced.</summary>
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    private static string Beside(string target) => $"{target}.{Guid.NewGuid():N}.tmp";

    private static bool IsFileError(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static UserError CannotWrite(string path, string beside, Exception e) =>
        new($"{path} can't be written: {e.Message.Replace(beside, Path.GetFullPath(path))}", e);
}
