using System.Text;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.CodeGeneration;

/// <summary>The class of a table's rows, as C#: a property for each column that the model reads, under the column's own name in JSON.</summary>
internal static class RowClass
{
    // A class's own name, and what every object has.
    private static readonly string[] _taken = ["Row", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    public static string Write(IEnumerable<ViewColumn> columns)
    {
        var code = new StringBuilder("""
            using System.Text.Json.Serialization;
            using Microsoft.ML.Data;

            namespace Scoring;

            /// <summary>A row of the table, without its label. What is not set is a missing value.</summary>
            [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
            public sealed class Row
            {
            """).Append('\n');
        HashSet<string> taken = new(_taken, StringComparer.Ordinal);
        string separator = "";
        foreach (ViewColumn column in columns)
        {
            code.Append(separator);
            separator = "\n";
            Add(code, column, taken);
        }
        return code.Append("}\n").ToString();
    }

    private static void Add(StringBuilder code, ViewColumn column, HashSet<string> taken)
    {
        SourceColumn source = column.Sources[0];
        string name = CSharpText.PropertyName(source.Name, taken);
        string ml = $"ColumnName({CSharpText.Literal(column.Name)})", json = $"JsonPropertyName({CSharpText.Literal(source.Name)})";
        if (column.Role is ColumnRole.Word or ColumnRole.Text)
        {
            code.Append($"    [{ml}, {json}]\n    public string {name} {{ get; set; }} = \"\";\n");
        }
        else if (source.Format.IsDate())
        {
            string days = CSharpText.PropertyName($"{name} days", taken);
            code.Append($$"""
                    /// <summary>The date and time as they stand there; an offset from UTC is passed over.</summary>
                    [NoColumn, {{json}}]
                    public DateTimeOffset? {{name}}
                    {
                        get => double.IsNaN({{days}}) ? null : DateTime.SpecifyKind(DateTime.UnixEpoch.AddDays({{days}}), DateTimeKind.Unspecified);
                        set => {{days}} = value is { } date ? (date.DateTime - DateTime.UnixEpoch).TotalDays : double.NaN;
                    }

                    /// <summary>The same as the model reads it: days since 1 January 1970.</summary>
                    [{{ml}}, JsonIgnore]
                    public double {{days}} { get; set; } = double.NaN;

                """);
        }
        else
        {
            if (source.Format.Describe() is { } written)
                code.Append($"    /// <summary>A number; the table has {written}.</summary>\n");
            code.Append($"    [{ml}, {json}]\n    public double {name} {{ get; set; }} = double.NaN;\n");
        }
    }
}
