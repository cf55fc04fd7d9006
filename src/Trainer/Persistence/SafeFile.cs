using System.Security.Cryptography;
using System.Text;
using MlNetShallowNet.Persistence;

namespace MlNetShallowNet;

/// <summary>
/// Writes files so that at the path there is always the old file or the new one, whole: written beside, flushed to the disk, then renamed. The
/// permissions and (where the system lets it) the owner of a file that is replaced are kept, links are followed, and what a killed run left beside
/// is cleared by the next.
/// </summary>
/// <example>
/// <code>
/// SafeFile.CheckWritable("model.zip"); // before the work, not after it
/// SafeFile.Write("model.zip", stream => ml.Model.Save(model, schema, stream));
/// </code>
/// </example>
public static class SafeFile
{
    /// <summary>Finds out, before the work whose result is to be written, whether it can be.</summary>
    /// <param name="path">The file, which may be there already.</param>
    /// <exception cref="IOException">It cannot; the message says why in one sentence.</exception>
    public static void CheckWritable(string path)
    {
        string target = Target(path);
        using TemporaryFile temporary = TemporaryFile.Beside(target, path);
    }

    /// <summary>Writes a file. When <paramref name="write"/> throws, the old file stays and nothing is left beside it.</summary>
    /// <param name="path">The file, which may be there already.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written; the message says why in one sentence.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = Target(path);
        using TemporaryFile temporary = TemporaryFile.Beside(target, path);
        temporary.Write(write);
        temporary.Replace(target);
    }

    /// <summary>The file itself, behind links: a rename would replace the link.</summary>
    private static string Target(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string target;
        try
        {
            target = Path.GetFullPath(path);
            var file = new FileInfo(target);
            if (file.LinkTarget is not null)
                target = file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw TemporaryFile.CannotWrite(path, "its links lead in a circle, or its name is none that a file can have", error);
        }

        if (Directory.Exists(target))
            throw TemporaryFile.CannotWrite(path, "it is a directory");
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw TemporaryFile.CannotWrite(path, $"there is no directory {Path.GetDirectoryName(target)}");
        if (FileOwner.Of(target) is { IsRegular: false } || IsAmongDevices(target))
            throw TemporaryFile.CannotWrite(path, "it is a device or a pipe, not a file");
        try
        {
            using FileStream _ = File.Open(target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (PathTooLongException error)
        {
            throw TemporaryFile.CannotWrite(path, "its name is longer than the file system takes", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is not there yet, or is not ours to read: neither keeps it from being written.
        }

        return target;
    }

    // Linux keeps files in memory under /dev/shm.
    private static bool IsAmongDevices(string target) => !OperatingSystem.IsWindows()
        && target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);

    /// <summary>A mark for the temporary files of a target, whose own name may be as long as names can be.</summary>
    internal static string Mark(string target) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(target))).AsSpan(0, 6));
}
