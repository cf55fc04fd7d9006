namespace MlNetShallowNet.Samples.Tables;

/// <summary>Where a table is.</summary>
/// <param name="Path">The file, or a pattern of files, or - for standard input; of a query what to call it.</param>
/// <param name="Query">The query, if the table is in a database.</param>
internal sealed record TableSource(string Path, DatabaseQuery? Query = null)
{
    /// <summary>A table that is a file, or several, or standard input.</summary>
    public static implicit operator TableSource(string path) => new(path);

    /// <summary>Opens the table.</summary>
    /// <inheritdoc cref="TableFile.Open"/>
    public TableFile Open(TextFormat format) => TableFile.Open(this, format);

    /// <summary>The files that are read; none for standard input or a query.</summary>
    /// <exception cref="UserError">No file is called like the pattern.</exception>
    public IReadOnlyList<string> Files() => Query is not null || Path == TableBytes.StandardInput ? [] : SourceTable.FilesOf(Path);
}
