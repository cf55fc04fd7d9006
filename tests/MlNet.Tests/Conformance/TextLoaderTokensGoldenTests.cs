using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Conformance;

/// <summary>
/// One token, read as every kind of data. The DateTime of "12:30" can't be reproduced whole: a time without a date is read as a time of the
/// day of reading, so its time of day alone is compared.
/// </summary>
public class TextLoaderTokensGoldenTests
{
    public static TheoryData<int, string> Cases()
    {
        var data = new TheoryData<int, string>();
        foreach (var (index, item) in Golden.Read("textloader_tokens.json").EnumerateArray().Index())
            data.Add(index, item.GetProperty("token").GetString()!);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ReadsAsMlNet(int index, string token)
    {
        var item = Golden.Read("textloader_tokens.json")[index];
        using var file = new TemporaryFile("token.csv", Encoding.UTF8.GetBytes($"x,{token},y\n"));
        foreach (var kind in Enum.GetValues<DataKind>().Where(kind => item.TryGetProperty(kind.ToString(), out _)))
        {
            var expected = item.GetProperty(kind.ToString());
            if (expected.ValueKind == JsonValueKind.Object)
            {
                var error = Assert.ThrowsAny<Exception>(() => Read(file.Path, kind));
                Assert.Equal(expected.GetProperty("throws").GetString(), error.GetType().Name);
            }
            else
            {
                var (wanted, actual) = (Expected(expected, kind), Read(file.Path, kind));
                if (token == "12:30" && kind == DataKind.DateTime)
                    (wanted, actual) = (((DateTime)wanted).TimeOfDay, ((DateTime)actual).TimeOfDay);
                Assert.Equal(wanted, actual);
            }
        }
    }

    private static object Read(string path, DataKind kind)
    {
        var options = new TextLoader.Options
        {
            AllowQuoting = true,
            UseThreads = false,
            Separators = [','],
            Columns = [new TextLoader.Column("X", kind, 1)],
        };
        var view = new MLContext(1).Data.LoadFromTextFile(path, options);
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = CellReader.Make(cursor, view.Schema[0]);
        Assert.True(cursor.MoveNext());
        return getter();
    }

    // Numbers are compared by their bits: -0 is not 0.
    private static object Expected(JsonElement value, DataKind kind) => kind switch
    {
        DataKind.Boolean => value.GetBoolean(),
        DataKind.Single => value.Single(),
        DataKind.Double => value.Double(),
        DataKind.Int32 => value.GetInt32(),
        DataKind.Byte => value.GetByte(),
        DataKind.UInt32 => value.GetUInt32(),
        DataKind.Int64 => value.GetInt64(),
        DataKind.String => value.GetString()!,
        _ => DateTime.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
    };
}
