using System.Text;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Output;

/// <summary>The files that results go to: <see cref="SafeFile"/>, which leaves the old file or the new one, and devices, which are written to.</summary>
internal static class OutputFile
{
    /// <summary>As many as Linux follows; more lead in a circle.</summary>
    private const int MostLinks = 40;

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
            switch (Path.GetFullPath(path))
            {
                // As it is open: opened anew where it leads to a file, it would be written to from the file's start, over the messages there.
                case "/dev/stdout" or "/dev/fd/1":
                    write(Terminal.Bytes);
                    break;
                case "/dev/stderr" or "/dev/fd/2":
                    using (Stream errors = Console.OpenStandardError())
                        write(errors);
                    break;
                default:
                    using (FileStream device = new(path, FileMode.Open, FileAccess.ReadWrite))
                        write(device);
                    break;
            }
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

    private static string Real(string path)
    {
        int links = MostLinks;
        return Real(path, ref links);
    }

    // The file itself, behind links of its own and of its folders; of a path that leads nowhere, as far as it leads.
    private static string Real(string path, ref int links)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } folder)
            return full;
        full = Path.Join(Real(folder, ref links), Path.GetFileName(full));
        try
        {
            return links > 0 && File.ResolveLinkTarget(full, returnFinalTarget: false) is { } target && links-- > 0 ? Real(target.FullName, ref links) : full;
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
