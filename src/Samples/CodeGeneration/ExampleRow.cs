using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.ML;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.CodeGeneration;

/// <summary>The first row of a view as JSON: the columns that the model reads, without missing values.</summary>
internal static class ExampleRow
{
    /// <summary>Dates are rounded to microseconds: that far days in double precision tell them apart.</summary>
    private const double MicrosecondsPerDay = 86_400_000_000;

    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TableView rows, IReadOnlyList<ViewColumn> columns, Stream stream)
    {
        DataViewSchema.Column[] read = [.. columns.Select(column => rows.Schema[column.Name])];
        using Utf8JsonWriter json = new(stream, _options);
        using DataViewRowCursor cursor = rows.GetRowCursor(read);
        json.WriteStartObject();
        if (cursor.MoveNext())
        {
            for (int c = 0; c < read.Length; c++)
                Write(json, columns[c], cursor, read[c]);
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ViewColumn column, DataViewRowCursor cursor, DataViewSchema.Column read)
    {
        SourceColumn source = column.Sources[0];
        if (column.Role is ColumnRole.Word or ColumnRole.Text)
        {
            ReadOnlyMemory<char> text = default;
            cursor.GetGetter<ReadOnlyMemory<char>>(read)(ref text);
            if (!text.IsEmpty)
                json.WriteString(source.Name, text.Span);
            return;
        }
        double number = 0;
        cursor.GetGetter<double>(read)(ref number);
        if (double.IsNaN(number))
            return;
        if (source.Format.IsDate())
            json.WriteString(source.Name, DateTime.SpecifyKind(DateTime.UnixEpoch.AddMicroseconds(Math.Round(number * MicrosecondsPerDay)), DateTimeKind.Unspecified));
        else
            json.WriteNumber(source.Name, number);
    }
}
