using Microsoft.Win32.SafeHandles;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>A file as it was before it was read, to notice what is written to it meanwhile.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Written">When it was written to.</param>
internal readonly record struct FileState(string Name, long Length, DateTime Written)
{
    /// <summary>The state of an open file, whatever its path leads to by now.</summary>
    public static FileState Of(string name, SafeFileHandle handle) => new(name, RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));

    /// <summary>The state of what is at a path.</summary>
    public static FileState Of(string path)
    {
        FileInfo file = new(path);
        return new(path, file.Exists ? file.Length : 0, file.LastWriteTimeUtc);
    }

    /// <summary>Compares with what the file is now.</summary>
    /// <exception cref="UserError">It was written to.</exception>
    public void CheckIs(FileState now)
    {
        if (now.Length == Length && now.Written == Written)
            return;
        string how = now.Length == Length ? "was rewritten" : now.Length > Length ? "grew" : "shrank";
        throw new UserError($"{Name} {how} while it was read ({Length} bytes, now {now.Length}); read it once it is complete.");
    }
}
