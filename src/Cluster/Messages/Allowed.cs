using System.Data.Common;

namespace MlNetShallowNet.Cluster.Messages;

/// <summary>What a worker may read: files in its folders, and databases that it has a connection string of.</summary>
internal static class Allowed
{
    private const int MostLinks = 40; // as many as Linux follows

    /// <summary>The file, with links followed.</summary>
    /// <exception cref="UnauthorizedAccessException">It is outside the folders, or behind too many links.</exception>
    public static string File(string path, ClusterTrainingOptions options)
    {
        string file = Real(path);
        return options.Folders.Any(folder => IsWithin(file, Real(folder)))
            ? file
            : throw new UnauthorizedAccessException(
                $"{path} is in none of the worker's folders ({string.Join(", ", options.Folders)}); allow its folder to the worker, or put the file there.");
    }

    /// <summary>What makes connections of a name.</summary>
    /// <exception cref="UnauthorizedAccessException">The worker does not know the name.</exception>
    public static Func<DbConnection> Connection(string name, ClusterTrainingOptions options) => options.Connections.TryGetValue(name, out Func<DbConnection>? connect)
        ? connect
        : throw new UnauthorizedAccessException($"The worker has no connection '{name}' (it has {(options.Connections.Count == 0 ? "none" : string.Join(", ", options.Connections.Keys))}); give it one of that name.");

    private static bool IsWithin(string file, string folder) =>
        file.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path without links in any of its parts, nor in those of what links lead to.</summary>
    private static string Real(string path)
    {
        int links = 0;
        return Real(path, ref links);
    }

    private static string Real(string path, ref int links)
    {
        string full = Path.GetFullPath(path);
        string real = Path.GetPathRoot(full)!;
        foreach (string part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if ((Directory.Exists(real) ? Directory.ResolveLinkTarget(real, false) : System.IO.File.ResolveLinkTarget(real, false)) is not { } target)
                continue;
            if (++links > MostLinks)
                throw new UnauthorizedAccessException($"{path} leads through more than {MostLinks} links; name the file itself.");
            real = Real(target.FullName, ref links);
        }
        return real;
    }
}
