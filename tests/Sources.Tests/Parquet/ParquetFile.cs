using ParquetSharp;

namespace MlNetShallowNet.SourcesTests.Parquet;

/// <summary>A Parquet file that a test writes: columns, and their values in one or several row groups.</summary>
internal static class ParquetFile
{
    /// <summary>A column with all its values.</summary>
    public sealed record Values(Column Column, Action<RowGroupWriter, int, int> Write);

    /// <summary>A column.</summary>
    public static Values Of<T>(string name, T[] values, LogicalType? type = null) => new(new Column<T>(name, type), (group, start, count) =>
    {
        using LogicalColumnWriter<T> writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(values.AsSpan(start, count));
    });

    /// <summary>Writes the file.</summary>
    public static string Write(string path, int rows, int rowsInGroup, params Values[] columns)
    {
        using ParquetFileWriter file = new(path, [.. columns.Select(column => column.Column)]);
        for (int start = 0; start < rows; start += rowsInGroup)
        {
            using RowGroupWriter group = file.AppendRowGroup();
            foreach (Values column in columns)
                column.Write(group, start, Math.Min(rowsInGroup, rows - start));
        }
        file.Close();
        return path;
    }
}
