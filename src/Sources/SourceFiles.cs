namespace MlNetShallowNet.Sources;

/// <summary>The files that a path with wildcards stands for.</summary>
internal static class SourceFiles
{
    /// <summary>The files, in the ordinal order of their names.</summary>
    /// <param name="path">A file, or a pattern whose last part has <c>*</c> or <c>?</c>.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string[] Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
            return [path];
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        string pattern = Path.GetFileName(path);
        if (!pattern.AsSpan().ContainsAny('*', '?'))
            throw new FileNotFoundException($"There is no file {path}.", path);
        string[] names = Directory.Exists(folder)
            ? [.. new DirectoryInfo(folder).EnumerateFiles(pattern).Select(file => file.Name).Order(StringComparer.Ordinal)]
            : [];
        return names.Length > 0
            ? [.. names.Select(name => folder == "." && !path.StartsWith('.') ? name : Path.Combine(folder, name))]
            : throw new FileNotFoundException($"No file is called like {path}; * and ? may stand in the name of the file, not in that of a folder.", path);
    }
}
