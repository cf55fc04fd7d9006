using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Conformance;

/// <summary>Text files read as ML.NET read them: types, slot names, values, warnings, exceptions.</summary>
public class TextLoaderGoldenTests
{
    public static TheoryData<string> Cases() => Golden.Names(Golden.Read("textloader.json"), "name");

    [Theory]
    [MemberData(nameof(Cases))]
    public void ReadsAsMlNet(string name)
    {
        var item = Golden.Read("textloader.json").Case("name", name);
        using var file = new TemporaryFile("tl.csv", Encoding.UTF8.GetBytes(item.GetProperty("text").GetString()!));
        var ml = new MLContext(1);
        var warnings = new List<string>();
        ml.Log += (_, e) =>
        {
            if (e.Kind == ChannelMessageKind.Warning)
                warnings.Add(e.RawMessage.Replace(file.Path, "tl.csv"));
        };

        if (item.TryGetProperty("throws", out var throws))
        {
            var error = Assert.ThrowsAny<Exception>(() => Read(ml, file.Path, item));
            Assert.Equal(throws.GetString(), error.GetType().Name);
            Assert.Equal(item.GetProperty("message").GetString(), error.Message.Split('\n')[0].TrimEnd('\r'));
        }
        else
        {
            Assert.Equal(item.GetProperty("rows").EnumerateArray().Select(Show), Read(ml, file.Path, item));
        }

        var expected = item.TryGetProperty("warnings", out var list) ? list.EnumerateArray().Select(w => w.GetString()!).ToList() : [];
        Assert.Equal(expected, warnings);
    }

    private static List<string> Read(MLContext ml, string path, JsonElement item)
    {
        var view = ml.Data.LoadFromTextFile(path, Options(item));
        if (item.TryGetProperty("types", out var types))
            Assert.Equal(types.EnumerateArray().Select(t => t.GetString()), view.Schema.Select(c => $"{c.Name}:{c.Type}"));
        foreach (var column in view.Schema)
        {
            var hasNames = item.TryGetProperty($"slotNames:{column.Name}", out var names);
            Assert.Equal(hasNames, column.HasSlotNames());
            if (!hasNames)
                continue;
            VBuffer<ReadOnlyMemory<char>> actual = default;
            column.GetSlotNames(ref actual);
            Assert.Equal(names.EnumerateArray().Select(n => n.GetString()), actual.DenseValues().Select(n => n.ToString()));
        }

        var rows = new List<string>();
        using var cursor = view.GetRowCursor(view.Schema);
        var getters = view.Schema.Select(column => CellReader.Make(cursor, column)).ToArray();
        while (cursor.MoveNext())
            rows.Add("[" + string.Join(",", getters.Select(getter => Show(getter()))) + "]");
        return rows;
    }

    private static TextLoader.Options Options(JsonElement item)
    {
        var (name, given) = (item.GetProperty("name").GetString()!, item.GetProperty("options").GetString()!);

        // What the file's notes leave out: the basic cases are alike, and quotes were allowed where a header has them.
        var quotes = name is "header slot names"
            || (name.StartsWith("basic", StringComparison.Ordinal) && !given.Contains("!allowQuoting"));
        var options = new TextLoader.Options
        {
            HasHeader = (given.Contains("hasHeader") && !given.Contains("!hasHeader")) || name == "basic maxRows=3",
            AllowQuoting = (given.Contains("allowQuoting") && !given.Contains("!allowQuoting")) || quotes,
            AllowSparse = given.Contains("allowSparse"),
            TrimWhitespace = given.Contains("trimWhitespace"),
            ReadMultilines = given.Contains("readMultilines"),
            MissingRealsAsNaNs = given.Contains("missingRealsAsNaNs"),
            MaxRows = given.Contains("maxRows=3") ? 3 : null,
            UseThreads = false,
            Separators = given switch
            {
                "sep tab and comma" => ['\t', ','],
                _ when given.Contains("sep=';'") => [';'],
                _ when given.Contains("sep=' '") => [' '],
                _ => [','],
            },
        };
        if (given.Contains("escapeChar="))
            options.EscapeChar = '\\';
        if (given.Contains("decimalMarker=','"))
            options.DecimalMarker = ',';
        options.Columns = item.GetProperty("columns").GetString()!.Split("; ").Select(spec => Column(spec, given)).ToArray();
        return options;
    }

    private static TextLoader.Column Column(string spec, string given)
    {
        var parts = spec.Split(':');
        var ranges = parts[2].Split('+').Select(range =>
        {
            var ends = range.Split('-');
            var min = int.Parse(ends[0], CultureInfo.InvariantCulture);
            return ends.Length == 1 ? new TextLoader.Range(min)
                : ends[1] != "*" ? new TextLoader.Range(min, int.Parse(ends[1], CultureInfo.InvariantCulture))
                : given.Contains("variableEnd") ? new TextLoader.Range { Min = min, VariableEnd = true }
                : new TextLoader.Range { Min = min, AutoEnd = true };
        });
        return new TextLoader.Column(
            parts[0], Enum.Parse<DataKind>(parts[1]), ranges.ToArray(), given.Contains("KeyCount 3") ? new KeyCount(3) : null);
    }

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Show)) + "]",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => Show((object)value.GetSingle()),
    };

    private static string Show(object value) => value switch
    {
        float x => x.ToString("R", CultureInfo.InvariantCulture),
        bool x => x ? "true" : "false",
        string x => x,
        Array x => "[" + string.Join(",", x.Cast<object>().Select(Show)) + "]",
        DateTime x => x.ToString("O", CultureInfo.InvariantCulture),
        _ => Show(Convert.ToSingle(value, CultureInfo.InvariantCulture)),
    };
}
