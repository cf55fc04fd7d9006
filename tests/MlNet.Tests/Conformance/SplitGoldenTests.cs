using System.Text.Json;
using Microsoft.ML;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Conformance;

/// <summary>Splits and shuffles give the very rows that ML.NET gave.</summary>
public class SplitGoldenTests
{
    public static TheoryData<int, string> Cases()
    {
        var data = new TheoryData<int, string>();
        var index = 0;
        foreach (var item in Golden.Read("splits.json").GetProperty("cases").EnumerateArray())
        {
            var key = item.TryGetProperty("samplingKey", out var name) ? name.ToString() : "";
            data.Add(index++,
                $"{item.GetProperty("op")} context {item.GetProperty("contextSeed")} seed {item.GetProperty("seed")} key {key}");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesTheRowsOfMlNet(int index, string name)
    {
        var item = Golden.Read("splits.json").GetProperty("cases")[index];
        var ml = new MLContext(item.GetProperty("contextSeed").GetInt32());
        int? seed = item.GetProperty("seed").ValueKind == JsonValueKind.Null ? null : item.GetProperty("seed").GetInt32();
        var key = item.TryGetProperty("samplingKey", out var k) ? k.GetString() : null;
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => new Row { Id = i, Key = $"k{i % 9}", Num = i % 9 }));
        switch (item.GetProperty("op").GetString())
        {
            case "TrainTestSplit":
                var split = ml.Data.TrainTestSplit(data, item.GetProperty("testFraction").GetDouble(), key, seed);
                var test = Integers(item.GetProperty("test"));
                Assert.Equal(test, Ids(ml, split.TestSet));
                Assert.Equal(Enumerable.Range(0, 50).Except(test), Ids(ml, split.TrainSet));
                Assert.Equal(item.GetProperty("trainCount").GetInt32(), Ids(ml, split.TrainSet).Length);
                Assert.Equal(item.GetProperty("columns").GetString(), string.Join(",", split.TrainSet.Schema.Select(c => c.Name)));
                break;
            case "CrossValidationSplit":
                var folds = ml.Data.CrossValidationSplit(data, item.GetProperty("folds").GetInt32(), key, seed);
                var expected = item.GetProperty("testPerFold").EnumerateArray().Select(Integers);
                Assert.Equal(expected, folds.Select(fold => Ids(ml, fold.TestSet)));
                Assert.All(folds, fold => Assert.Equal(Enumerable.Range(0, 50).Except(Ids(ml, fold.TestSet)), Ids(ml, fold.TrainSet)));
                break;
            case "ShuffleRows":
                Assert.Equal(Integers(item.GetProperty("ids")), Ids(ml, ml.Data.ShuffleRows(data, seed)));
                break;
            case "ShuffleRows cached":
                Assert.Equal(Integers(item.GetProperty("ids")), Ids(ml, ml.Data.ShuffleRows(ml.Data.Cache(data), seed)));
                break;
            default:
                Assert.Fail($"'{name}' is a case that this test doesn't know.");
                break;
        }
    }

    private static int[] Integers(JsonElement array) => array.EnumerateArray().Select(x => x.GetInt32()).ToArray();

    private static int[] Ids(MLContext ml, IDataView data)
        => ml.Data.CreateEnumerable<IdOnly>(data, reuseRowObject: false).Select(row => row.Id).ToArray();

    private sealed class Row
    {
        public int Id { get; set; }

        public string Key { get; set; } = "";

        public float Num { get; set; }
    }

    private sealed class IdOnly
    {
        public int Id { get; set; }
    }
}
