namespace Microsoft.ML;

/// <summary>Reading and writing text files.</summary>
public static class TextLoaderSaverCatalog
{
    /// <summary>A loader of the given columns.</summary>
    public static TextLoader CreateTextLoader(
        this DataOperationsCatalog catalog, TextLoader.Column[] columns, char separatorChar = '\t', bool hasHeader = false,
        IMultiStreamSource dataSample = null, bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false)
        => new(catalog.Environment, MakeOptions(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    /// <summary>A loader with options; the sample gives the names of slots, and the number of columns where that matters.</summary>
    public static TextLoader CreateTextLoader(this DataOperationsCatalog catalog, TextLoader.Options options,
        IMultiStreamSource dataSample = null) => new(catalog.Environment, options, dataSample);

    /// <summary>A loader for the members of a class.</summary>
    public static TextLoader CreateTextLoader<TInput>(
        this DataOperationsCatalog catalog, char separatorChar = '\t', bool hasHeader = false, IMultiStreamSource dataSample = null,
        bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false) => TextLoader.Create<TInput>(
            catalog.Environment, MakeOptions(null, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    /// <summary>A file as a view of the given columns.</summary>
    public static IDataView LoadFromTextFile(
        this DataOperationsCatalog catalog, string path, TextLoader.Column[] columns, char separatorChar = '\t', bool hasHeader = false,
        bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false) => catalog.CreateTextLoader(
            columns, separatorChar, hasHeader, null, allowQuoting, trimWhitespace, allowSparse).Load(OpenSource(path));

    /// <summary>A file as a view, with options.</summary>
    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options options = null)
    {
        var source = OpenSource(path);
        return catalog.CreateTextLoader(options, source).Load(source);
    }

    /// <summary>A file as a view of a class's members, which say with <see cref="LoadColumnAttribute"/> where they come from.</summary>
    public static IDataView LoadFromTextFile<TInput>(
        this DataOperationsCatalog catalog, string path, char separatorChar = '\t', bool hasHeader = false, bool allowQuoting = false,
        bool trimWhitespace = false, bool allowSparse = false) => catalog.CreateTextLoader<TInput>(
            separatorChar, hasHeader, null, allowQuoting, trimWhitespace, allowSparse).Load(OpenSource(path));

    /// <summary>A file as a view whose columns are the members of a class, with options.</summary>
    public static IDataView LoadFromTextFile<TInput>(this DataOperationsCatalog catalog, string path, TextLoader.Options options)
        => TextLoader.Create<TInput>(catalog.Environment, options, null).Load(OpenSource(path));

    /// <summary>Writes visible columns as text; with <paramref name="schema"/> after a comment with options to read it back.</summary>
    public static void SaveAsText(
        this DataOperationsCatalog catalog, IDataView data, Stream stream, char separatorChar = '\t', bool headerRow = true,
        bool schema = true, bool keepHidden = false, bool forceDense = false)
        => new TextSaver(Contracts.CheckValue(data), separatorChar, keepHidden, forceDense)
            .Save(Contracts.CheckValue(stream), headerRow, schema);

    private static TextLoader.Options MakeOptions(
        TextLoader.Column[] columns, char separatorChar, bool hasHeader, bool allowQuoting, bool trimWhitespace, bool allowSparse) => new()
        {
            Columns = columns, Separators = [separatorChar], HasHeader = hasHeader, AllowQuoting = allowQuoting,
            TrimWhitespace = trimWhitespace, AllowSparse = allowSparse,
        };

    private static MultiFileSource OpenSource(string path)
    {
        Contracts.CheckNonEmpty(path);
        Contracts.CheckParam(File.Exists(path), nameof(path), $"File or directory does not exist at path: {path}");
        return new MultiFileSource(path);
    }
}
