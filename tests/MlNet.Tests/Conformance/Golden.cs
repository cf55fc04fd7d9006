using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Conformance;

/// <summary>Reads the golden files: numbers, and the columns they are compared with.</summary>
internal static class Golden
{
    public static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", file)));
        return document.RootElement.Clone();
    }

    public static JsonElement Case(this JsonElement cases, string key, string name) =>
        cases.EnumerateArray().Single(item => item.GetProperty(key).GetString() == name);

    /// <summary>The names of a file's cases, as an xunit data source.</summary>
    public static TheoryData<string> Names(JsonElement cases, string key) =>
        new(cases.EnumerateArray().Select(item => item.GetProperty(key).GetString()!));

    public static float Single(this JsonElement number) =>
        number.ValueKind == JsonValueKind.String ? float.Parse(number.GetString()!, CultureInfo.InvariantCulture) : number.GetSingle();

    public static double Double(this JsonElement number) =>
        number.ValueKind == JsonValueKind.String ? double.Parse(number.GetString()!, CultureInfo.InvariantCulture) : number.GetDouble();

    public static float[] Singles(this JsonElement array) => [.. array.EnumerateArray().Select(Single)];

    public static string[] Strings(this JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>A text column's value, as <c>null</c> when the file has null.</summary>
    public static string? Text(this JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetString();

    /// <summary>Every row of a column in the files' notation: a number or an array of numbers, booleans as they are.</summary>
    public static List<string> Column(this IDataView data, string name)
    {
        var column = data.Schema[name];
        return column.Type switch
        {
            VectorDataViewType { ItemType: BooleanDataViewType }
                => Rows<VBuffer<bool>>(data, column, v => Join(v.DenseValues().Select(Show))),
            VectorDataViewType => Rows<VBuffer<float>>(data, column, v => Join(v.DenseValues().Select(Show))),
            KeyDataViewType => Rows<uint>(data, column, v => v.ToString(CultureInfo.InvariantCulture)),
            BooleanDataViewType => Rows<bool>(data, column, Show),
            _ => Rows<float>(data, column, Show),
        };
    }

    /// <summary>The file's rows in the same notation as <see cref="Column"/>.</summary>
    public static List<string> Rows(this JsonElement rows) => [.. rows.EnumerateArray().Select(Show)];

    private static List<string> Rows<T>(IDataView data, DataViewSchema.Column column, Func<T, string> show)
    {
        var rows = new List<string>();
        using var cursor = data.GetRowCursor([column]);
        var getter = cursor.GetGetter<T>(column);
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            rows.Add(show(value));
        }

        return rows;
    }

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => Join(value.EnumerateArray().Select(Show)),
        JsonValueKind.True => Show(true),
        JsonValueKind.False => Show(false),
        _ => Show(value.Single()),
    };

    // Adding a positive zero turns -0 into 0: the files write both as 0.
    private static string Show(float value) => (value + 0f).ToString("R", CultureInfo.InvariantCulture);

    private static string Show(bool value) => value ? "true" : "false";

    private static string Join(IEnumerable<string> items) => "[" + string.Join(",", items) + "]";
}
