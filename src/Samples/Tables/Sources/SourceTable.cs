using MlNetShallowNet.Sources;
using MlNetShallowNet.Sources.Parquet;
using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>Tables that are no single text: Parquet files, files whose names have a pattern, and queries of a database.</summary>
internal static class SourceTable
{
    /// <summary>Whether a path stands for the files whose names are like it.</summary>
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?') && !File.Exists(path);

    /// <summary>The files whose names are like a pattern; of a plain path, that.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public static string[] FilesOf(string path) => IsPattern(path) ? Told(() => SourceFiles.Find(path)) : [path];

    /// <summary>Whether a file that begins so is a Parquet file.</summary>
    public static bool IsParquet(ReadOnlySpan<byte> start) => start.StartsWith("PAR1"u8);

    /// <summary>Several files as one table: all Parquet, or all text with the same first line.</summary>
    /// <param name="pattern">What their names are like.</param>
    /// <param name="format">How they are written; what Parquet files are made to if they are such.</param>
    /// <exception cref="UserError">There is none, or they are of different kinds, or of different columns.</exception>
    public static Stream OpenFiles(string pattern, ref TextFormat format)
    {
        string[] files = FilesOf(pattern);
        bool[] areParquet = [.. files.Select(IsParquetFile)];
        if (areParquet.Contains(false) && areParquet.Contains(true))
        {
            throw new UserError(
                $"{files[Array.IndexOf(areParquet, true)]} is a Parquet file and {files[Array.IndexOf(areParquet, false)]} is none; files that are read together must be of one kind.");
        }
        return areParquet[0] ? OpenParquet(files, ref format) : new JoinedTexts(files, format);
    }

    /// <summary>Parquet files of the same columns as one table.</summary>
    /// <inheritdoc cref="OpenFiles"/>
    public static Stream OpenParquet(IReadOnlyList<string> files, ref TextFormat format)
    {
        TextFormat given = format;
        format = RecordText.Format;
        return Told(() =>
        {
            CheckIsPlain(given, files[0]);
            FileState[] before = [.. files.Select(file => FileState.Of(file))];
            RecordSource[] sources = [.. files.Select(file => new ParquetRecords(file, null, []))];
            int other = Array.FindIndex(sources, source => !source.Columns.SequenceEqual(sources[0].Columns));
            if (other >= 0)
                throw new UserError($"{files[other]} has the columns {Columns(sources[other])} and {files[0]} has {Columns(sources[0])}; files that are read together need the same in the same order.");
            return new RecordText(sources, () => Array.ForEach(before, state => state.CheckIs(FileState.Of(state.Name))));
        });
    }

    /// <summary>A query's rows as a table.</summary>
    /// <inheritdoc cref="OpenFiles"/>
    public static Stream OpenQuery(DatabaseQuery query, ref TextFormat format)
    {
        TextFormat given = format;
        format = RecordText.Format;
        return Told(() =>
        {
            CheckIsPlain(given, query.Name);
            return new RecordText([query.Open()]);
        });
    }

    private static bool IsParquetFile(string path) => TableBytes.Reading(path, () =>
    {
        using FileStream file = File.OpenRead(path);
        byte[] start = new byte[4];
        return IsParquet(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
    });

    private static void CheckIsPlain(TextFormat given, string name)
    {
        if (given != new TextFormat())
            throw new UserError($"{name} is no text, so --separator, --no-header, --no-quotes and --skip-lines say nothing of it; leave them out.");
    }

    private static string Columns(RecordSource source) => string.Join(", ", source.Columns.Select(column => $"{column.Name} ({column.Kind})"));

    /// <summary>Errors of sources are the user's: they are told as they are.</summary>
    private static T Told<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new UserError(e.Message, e);
        }
    }
}
