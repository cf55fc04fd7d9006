using Microsoft.ML;
using MlNetShallowNet.Sources.Parquet;
using MlNetShallowNet.Sources.Views;

namespace MlNetShallowNet.Sources;

/// <summary>
/// Parquet files as parts of rows.
/// </summary>
/// <remarks>
/// <para>A data view of such a part has the file's columns by their names: floats as <c>Single</c>; integers, decimals and doubles as <c>Double</c>,
/// with a warning in <c>MLContext.Log</c> where that loses digits; booleans as <c>Boolean</c>; timestamps and dates as <c>DateTime</c>; times as
/// <c>TimeSpan</c>; strings, dictionary-encoded or not, words of a given list (<c>ENUM</c>) and identifiers as text. A number that is null is NaN, a string
/// that is null is empty; a null among booleans, dates or times, of which ML.NET has no missing value, is an <see cref="InvalidDataException"/> when it is
/// read, with its row; so is a date outside of the years 1 to 9999.</para>
/// <para>Columns that are nested or binary are refused by name; name the columns to read to leave them out. Columns that a cursor does not ask for
/// are not read.</para>
/// </remarks>
public static class ParquetRows
{
    /// <summary>A part for each file.</summary>
    /// <param name="path">A file, or a pattern of files: <c>*</c> and <c>?</c> may stand in its last part. Files are taken in the ordinal order of their names.</param>
    /// <param name="columns">The columns to read, in this order; none for all.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<RowPart> Files(string path, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return [.. SourceFiles.Find(path).Select(file => new ParquetPart(file, null, columns))];
    }

    /// <summary>A part for each row group of each file.</summary>
    /// <inheritdoc cref="Files"/>
    /// <exception cref="InvalidDataException">A file is no Parquet file.</exception>
    public static IReadOnlyList<RowPart> RowGroups(string path, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return
        [
            .. from file in SourceFiles.Find(path)
               from rowGroup in Enumerable.Range(0, ParquetRecords.RowGroups(file))
               select new ParquetPart(file, rowGroup, columns),
        ];
    }

    internal sealed class ParquetPart(string path, int? rowGroup, IReadOnlyList<string> columns) : RowPart
    {
        public string Path { get; } = path;

        public int? RowGroup { get; } = rowGroup;

        public IReadOnlyList<string> Columns { get; } = [.. columns];

        public override string Name => RowGroup is null ? Path : $"{Path}, row group {RowGroup}";

        public override IDataView Load(MLContext context) => new RecordView(new ParquetRecords(Path, RowGroup, Columns), context);
    }
}
