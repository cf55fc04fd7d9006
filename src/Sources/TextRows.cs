using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Sources;

/// <summary>Text files, such as CSV, as parts of rows, read by ML.NET's <see cref="TextLoader"/>.</summary>
/// <remarks>The loader takes a text in a column of numbers for a missing number, and says nothing. The files' first lines, where they are names
/// of columns, must be the same.</remarks>
public static class TextRows
{
    /// <summary>A part for each file.</summary>
    /// <param name="path">A file, or a pattern of files: <c>*</c> and <c>?</c> may stand in its last part. Files are taken in the ordinal order of their names.</param>
    /// <param name="options">How the text is written, and the columns.</param>
    /// <exception cref="ArgumentException">The options have no columns.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The files have other names of columns, or the same in another order.</exception>
    public static IReadOnlyList<RowPart> Files(string path, TextLoader.Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Columns is not { Length: > 0 })
            throw new ArgumentException("The options of the text loader have no columns; give each a name, a type and its place.", nameof(options));
        string[] files = SourceFiles.Find(path);
        if (options.HasHeader)
            CheckNames(files);
        return [.. files.Select(file => new TextPart(file, options))];
    }

    private static void CheckNames(string[] files)
    {
        string? first = FirstLine(files[0]);
        if (files.FirstOrDefault(file => FirstLine(file) != first) is { } other)
        {
            throw new InvalidDataException(
                $"{other} begins with the line '{FirstLine(other)}', and {files[0]} with '{first}'; files that are read together need the same columns in the same order.");
        }
    }

    private static string? FirstLine(string file)
    {
        using StreamReader reader = new(file);
        return reader.ReadLine();
    }

    private sealed class TextPart(string path, TextLoader.Options options) : RowPart
    {
        public override string Name => path;

        public override IDataView Load(MLContext context) => context.Data.CreateTextLoader(options).Load(path);
    }
}
