using System.Text;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Output;

/// <summary>The files that results go to: <see cref="SafeFile"/>, which leaves the old file or the new one, and devices, which are written to.</summary>
internal static class OutputFile
{
    /// <summary>Finds out, before the work, whether its results can be written, each to a file of its own and none over what is read.</summary>
    /// <param name="outputs">The options that name them; those without a path are not asked for.</param>
    /// <param name="table">The table that is read, if there is one.</param>
    /// <param name="others">Other files that are read.</param>
    /// <exception cref="UserError">One can't.</exception>
    public static void Check(IReadOnlyList<(string Option, string? Path)> outputs, TableSource? table, params string?[] others)
    {
        string[] inputs = [.. table?.Files() ?? [], .. others.OfType<string>()];
        var given = new List<(string Option, string Path)>();
        foreach ((string option, string? path) in outputs)
        {
            if (path is null)
                continue;
            CheckWritable(path);
            if (inputs.FirstOrDefault(input => Real(input) == Real(path)) is { } read)
                throw new UserError($"{option} is {read} itself, which would be overwritten.");
            given.Add((option, path));
        }
        for (int i = 0; i < given.Count; i++)
        {
            for (int j = i + 1; j < given.Count; j++)
            {
                if (Real(given[i].Path) == Real(given[j].Path))
                    throw new UserError($"{given[i].Option} and {given[j].Option} both say {given[i].Path}; give two different files.");
            }
        }
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="UserError">It can't be written; what was there is unharmed.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            if (!IsDevice(path))
            {
                SafeFile.Write(path, write);
                StopRequest.NoteWritten();
                return;
            }
            StopRequest.NoteWritten(); // what has come to a device stays there
            using FileStream device = new(path, FileMode.Open, FileAccess.ReadWrite);
            write(device);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw CannotWrite(path, e);
        }
    }

    /// <summary>Writes a text, in UTF-8.</summary>
    /// <exception cref="UserError">It can't be written; what was there is unharmed.</exception>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Devices such as /dev/stdout are written to, never replaced; in /dev/shm Linux keeps files, in memory.</summary>
    public static bool IsDevice(string path) => !OperatingSystem.IsWindows() && Path.GetFullPath(path) is var full
        && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static void CheckWritable(string path)
    {
        try
        {
            if (!IsDevice(path))
                SafeFile.CheckWritable(path);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw CannotWrite(path, e);
        }
    }

    // The file itself, behind links; of a path that leads nowhere, the path.
    private static string Real(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception e) when (IsFileError(e))
        {
            return full;
        }
    }

    private static bool IsFileError(Exception e) =>
        (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException) && UserError.Within(e) is null;

    private static UserError CannotWrite(string path, Exception e)
    {
        string start = $"{path} can't be written: ";
        return new(e.Message.StartsWith(start, StringComparison.Ordinal) ? e.Message : start + e.Message, e);
    }
}
