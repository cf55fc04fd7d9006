using System.Text;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.CodeGeneration;

/// <summary>The class of a table's rows, as C#: a property for each column that the model reads, under the column's own name in JSON.</summary>
internal static class RowClass
{
    // A class's own name, what every object has, and what the class's own code names.
    private static readonly string[] _taken =
    [
        "Row", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        "DateTime", "DateTimeOffset", "DateTimeKind", "CultureInfo", "NumberStyles", "NumberAsWord",
    ];

    /// <summary><see cref="NumberText.Category"/>, as it stands in the class.</summary>
    private static readonly string _numberAsWord = $$"""

            // A number among words is the same word however it is written: 75, 75.0, 075.
            private static string NumberAsWord(string word) =>
                word is { Length: > 0 and <= {{NumberText.DigitsKept}} } && (char.IsAsciiDigit(word[^1]) || word[^1] == '.')
                    && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    ? (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture)
                    : word;

        """;

    /// <param name="columns">The columns that the model reads.</param>
    /// <param name="known">The words that it knows, by column.</param>
    public static string Write(IEnumerable<ViewColumn> columns, IReadOnlyDictionary<string, IReadOnlySet<string>> known)
    {
        HashSet<string> ofNumbers = [.. known.Where(column => column.Value.Any(word => NumberText.TryParse(word, out _))).Select(column => column.Key)];
        var code = new StringBuilder("""
            using System.Globalization;
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
            Add(code, column, taken, ofNumbers.Contains(column.Name));
        }
        if (ofNumbers.Count > 0)
            code.Append(_numberAsWord);
        return code.Append("}\n").ToString();
    }

    private static void Add(StringBuilder code, ViewColumn column, HashSet<string> taken, bool hasNumbersAsWords)
    {
        SourceColumn source = column.Sources[0];
        string name = CSharpText.PropertyName(source.Name, taken);
        string ml = $"ColumnName({CSharpText.Literal(column.Name)})", json = $"JsonPropertyName({CSharpText.Literal(source.Name)})";
        if (column.Role is ColumnRole.Word or ColumnRole.Text)
        {
            code.Append($"    [{ml}, {json}]\n    public string {name} {{ get; set{(hasNumbersAsWords ? " => field = NumberAsWord(value)" : "")}; }} = \"\";\n");
        }
        else if (source.Format.IsDate())
        {
            string days = CSharpText.PropertyName($"{name} days", taken);
            code.Append($$"""
                    /// <summary>The date and time as they stand there; an offset from UTC is passed over.</summary>
                    [NoColumn, {{json}}]
                    public DateTimeOffset? {{name}}
                    {
                        get => double.IsNaN({{days}}) ? null : DateTime.SpecifyKind(DateTime.UnixEpoch.AddMicroseconds(double.Round({{days}} * 86_400_000_000)), DateTimeKind.Unspecified);
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
