using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Conformance;

/// <summary>Splits by sampling keys of every kind, orders of shuffles, and random numbers, as ML.NET gave them.</summary>
public class DataOperationsGoldenTests
{
    private static readonly JsonElement _golden = Golden.Read("data_operations.json");

    private readonly MLContext _ml = new(5);

    public static TheoryData<string> SplitKeys() => new(_golden.GetProperty("splits").EnumerateObject().Select(key => key.Name));

    [Theory]
    [MemberData(nameof(SplitKeys))]
    public void SplitsBySamplingKey(string key)
    {
        var expected = _golden.GetProperty("splits").GetProperty(key);
        var data = Rows(_ml);
        var split = _ml.Data.TrainTestSplit(data, 0.3, key);
        Assert.Equal(Integers(expected.GetProperty("test")), Ids(split.TestSet));
        Assert.Equal(Integers(expected.GetProperty("train")), Ids(split.TrainSet));
        Assert.Equal(Integers(expected.GetProperty("test with seed 3")), Ids(_ml.Data.TrainTestSplit(data, 0.3, key, 3).TestSet));
        var folds = _ml.Data.CrossValidationSplit(data, 4, key);
        Assert.Equal(expected.GetProperty("folds").EnumerateArray().Select(Integers), folds.Select(fold => Ids(fold.TestSet)));
    }

    [Fact]
    public void ShufflesInTheOrdersOfMlNet()
    {
        var expected = _golden.GetProperty("shuffles");
        var data = Rows(_ml);
        var cached = _ml.Data.Cache(data);
        Assert.Equal(Integers(expected.GetProperty("pool 5")), Ids(_ml.Data.ShuffleRows(data, 2, 5)));
        Assert.Equal(Integers(expected.GetProperty("pool 1")), Ids(_ml.Data.ShuffleRows(data, 2, 1)));
        Assert.Equal(Integers(expected.GetProperty("cached pool 5")), Ids(_ml.Data.ShuffleRows(cached, 2, 5)));
        Assert.Equal(Integers(expected.GetProperty("cached pool 1")), Ids(_ml.Data.ShuffleRows(cached, 2, 1)));
        Assert.Equal(Integers(expected.GetProperty("cached nosrc")), Ids(_ml.Data.ShuffleRows(cached, 2, 5, shuffleSource: false)));

        // Without a seed, the order comes from the context's random numbers.
        Assert.Equal(Integers(expected.GetProperty("null seed")), Ids(new MLContext(9).Data.ShuffleRows(data)));
    }

    [Fact]
    public void DrawsTheRandomNumbersOfMlNet()
    {
        var expected = _golden.GetProperty("random");
        var random = ((IHostEnvironment)new MLContext(11)).Register("Comp").Rand;
        Check("next", () => random.Next(), 6);
        Check("n", () => random.Next(100), 6);
        Check("d", () => random.NextDouble(), 3);
        Check("r", () => random.Next(-5, 5), 6);
        var bytes = new byte[5];
        random.NextBytes(bytes);
        Assert.Equal(expected.GetProperty("bytes").GetString(), string.Join(",", bytes));
        int[] numbers = [1, 2, 3, 4, 5, 6, 7];
        random.Shuffle(numbers);
        Assert.Equal(expected.GetProperty("shuffle").GetString(), string.Join(",", numbers));
        Check("seeded", () => ((IHostEnvironment)_ml).Register("c", 7).Rand.Next(), 3);
        Check("two", () => Second(), 1);
        Check("sub", () => ((IHostEnvironment)new MLContext(11)).Register("a").Register("b").Rand.Next(), 1);

        void Check(string name, Func<object> draw, int count) => Assert.Equal(
            expected.GetProperty(name).GetString(),
            string.Join(",", Enumerable.Range(0, count).Select(_ => Convert.ToString(draw(), CultureInfo.InvariantCulture))));

        static object Second()
        {
            var env = (IHostEnvironment)new MLContext(11);
            env.Register("a");
            return env.Register("b").Rand.Next();
        }
    }

    private static IDataView Rows(MLContext ml) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Row
    {
        Id = i,
        B = i % 3 == 0,
        I = (i % 7) - 3,
        L = i * 1000000007L,
        S = (short)((i % 5) - 2),
        U = (uint)(i % 6),
        U8 = (ulong)i * 123456789123UL,
        By = (byte)(i % 4),
        F = i % 9 == 8 ? float.NaN : i % 9 * 0.5f,
        D = i % 8 == 7 ? double.NaN : -i % 8 * 0.25,
        T = "ключ é " + (i % 5),
        T2 = i % 4 == 0 ? "" : "  x" + (i % 3) + " ",
        K = (uint)(i % 7),
        V = [i % 2, i % 3],
        VT = ["a" + (i % 2), "b"],
        When = new DateTime(2024, 1, 1 + (i % 5)),
    }));

    private static int[] Integers(JsonElement array) => array.EnumerateArray().Select(x => x.GetInt32()).ToArray();

    private int[] Ids(IDataView data) => _ml.Data.CreateEnumerable<IdOnly>(data, reuseRowObject: false).Select(row => row.Id).ToArray();

    private sealed class IdOnly
    {
        public int Id { get; set; }
    }

    private sealed class Row
    {
        public int Id { get; set; }

        public bool B { get; set; }

        public int I { get; set; }

        public long L { get; set; }

        public short S { get; set; }

        public uint U { get; set; }

        public ulong U8 { get; set; }

        public byte By { get; set; }

        public float F { get; set; }

        public double D { get; set; }

        public string T { get; set; } = "";

        public string T2 { get; set; } = "";

        [KeyType(6)]
        public uint K { get; set; }

        [VectorType(2)]
        public float[] V { get; set; } = [];

        public string[] VT { get; set; } = [];

        public DateTime When { get; set; }
    }
}
