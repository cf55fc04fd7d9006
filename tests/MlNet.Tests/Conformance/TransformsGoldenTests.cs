using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Xunit;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;
using static Microsoft.ML.Transforms.OneHotEncodingEstimator;

namespace MlNetShallowNet.MlNetTests.Conformance;

/// <summary>Every case of <c>transforms.json</c> but the ones of <see cref="NotCovered"/>: type, slot names, annotations, rows or
/// exception.</summary>
public class TransformsGoldenTests
{
    private static readonly JsonElement File = Golden.Read("transforms.json");

    /// <summary>The cases that are not reproduced, each with its reason.</summary>
    private static readonly Dictionary<string, string> NotCovered = new()
    {
        ["FeaturizeText defaults (length only)"] = "FeaturizeText is not part of the subset: nothing in this project featurizes free text.",
    };

    private static readonly Dictionary<string, (string Column, Func<TransformsCatalog, IEstimator<ITransformer>> Make)> Estimators = new()
    {
        ["OneHotEncoding Bag"] = ("Out", t => t.Categorical.OneHotEncoding("Out", "Cat", OutputKind.Bag)),
        ["OneHotEncoding Indicator"] = ("Out", t => t.Categorical.OneHotEncoding("Out", "Cat")),
        ["OneHotEncoding Key"] = ("Out", t => t.Categorical.OneHotEncoding("Out", "Cat", OutputKind.Key)),
        ["OneHotEncoding Binary"] = ("Out", t => t.Categorical.OneHotEncoding("Out", "Cat", OutputKind.Binary)),
        ["OneHotEncoding Indicator ByValue"] = ("Out", t => t.Categorical.OneHotEncoding("Out", "Cat",
            keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)),
        ["OneHotEncoding Indicator maximumNumberOfKeys=2"] =
            ("Out", t => t.Categorical.OneHotEncoding("Out", "Cat", maximumNumberOfKeys: 2)),
        ["OneHotHashEncoding 4 bits"] = ("Out", t => t.Categorical.OneHotHashEncoding("Out", "Cat", numberOfBits: 4)),
        ["MapValueToKey"] = ("Out", t => t.Conversion.MapValueToKey("Out", "Cat")),
        ["ReplaceMissingValues scalar DefaultValue"] = Replace("A", ReplacementMode.DefaultValue),
        ["ReplaceMissingValues vector DefaultValue"] = Replace("V", ReplacementMode.DefaultValue),
        ["ReplaceMissingValues vector imputeBySlot=false DefaultValue"] = Replace("V", ReplacementMode.DefaultValue, bySlot: false),
        ["ReplaceMissingValues scalar Mean"] = Replace("A", ReplacementMode.Mean),
        ["ReplaceMissingValues vector Mean"] = Replace("V", ReplacementMode.Mean),
        ["ReplaceMissingValues vector imputeBySlot=false Mean"] = Replace("V", ReplacementMode.Mean, bySlot: false),
        ["ReplaceMissingValues scalar Minimum"] = Replace("A", ReplacementMode.Minimum),
        ["ReplaceMissingValues vector Minimum"] = Replace("V", ReplacementMode.Minimum),
        ["ReplaceMissingValues vector imputeBySlot=false Minimum"] = Replace("V", ReplacementMode.Minimum, bySlot: false),
        ["ReplaceMissingValues scalar Maximum"] = Replace("A", ReplacementMode.Maximum),
        ["ReplaceMissingValues vector Maximum"] = Replace("V", ReplacementMode.Maximum),
        ["ReplaceMissingValues vector imputeBySlot=false Maximum"] = Replace("V", ReplacementMode.Maximum, bySlot: false),
        ["ReplaceMissingValues scalar Mode"] = Replace("A", ReplacementMode.Mode),
        ["ReplaceMissingValues vector Mode"] = Replace("V", ReplacementMode.Mode),
        ["ReplaceMissingValues vector imputeBySlot=false Mode"] = Replace("V", ReplacementMode.Mode, bySlot: false),
        ["IndicateMissingValues vector"] = ("Out", t => t.IndicateMissingValues("Out", "V")),
        ["Concatenate A,V"] = ("Out", t => t.Concatenate("Out", "A", "V")),
        ["Concatenate A,onehot(Cat),V"] =
            ("Out", t => t.Categorical.OneHotEncoding("H", "Cat").Append(t.Concatenate("Out", "A", "H", "V"))),
        ["Concatenate single scalar"] = ("Out", t => t.Concatenate("Out", "A")),
        ["Concatenate of mixed types"] = ("Out", t => t.Concatenate("Out", "A", "B")),
        ["ConvertType bool->Single"] = ("Out", t => t.Conversion.ConvertType("Out", "B")),
        ["Concatenate A,A"] = ("Out", t => t.Concatenate("Out", "A", "A")),
    };

    public static TheoryData<string> Names => new(AllNames.Where(name => !NotCovered.ContainsKey(name)));

    private static IEnumerable<string> AllNames
        => File.GetProperty("cases").EnumerateArray().Select(item => item.GetProperty("case").GetString()!);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transform_gives_the_measured_columns(string name)
    {
        var golden = File.GetProperty("cases").Case("case", name);
        var (column, make) = Estimators[name];
        var ml = new MLContext(1);
        var train = Load(ml, "rows");
        if (golden.TryGetProperty("throws", out var type))
        {
            var thrown = Assert.ThrowsAny<Exception>(() => make(ml.Transforms).Fit(train).Transform(train));
            Assert.Equal(type.GetString(), thrown.GetType().Name);
            Assert.Equal(golden.GetProperty("message").GetString(), thrown.Message.Split('\n')[0].TrimEnd());
            return;
        }

        var transformer = make(ml.Transforms).Fit(train);
        var transformed = transformer.Transform(train);
        var output = transformed.Schema[column];
        Assert.Equal(golden.GetProperty("type").GetString(), output.Type.ToString());
        Assert.Equal(golden.GetProperty("annotations").GetString(),
            string.Join(",", output.Annotations.Schema.Select(a => $"{a.Name}:{a.Type}")));
        if (golden.TryGetProperty("slotNames", out var slotNames))
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            output.GetSlotNames(ref names);
            Assert.Equal(slotNames.Strings(), names.DenseValues().Select(slot => slot.ToString()));
        }

        Assert.Equal(golden.GetProperty("train").Rows(), transformed.Column(column));
        Assert.Equal(golden.GetProperty("unseen").Rows(), transformer.Transform(Load(ml, "unseen")).Column(column));
    }

    [Fact]
    public void Every_case_is_either_covered_or_listed_with_a_reason() =>
        Assert.Equal(AllNames.Order(), Estimators.Keys.Concat(NotCovered.Keys).Order());

    private static (string, Func<TransformsCatalog, IEstimator<ITransformer>>) Replace(string column, ReplacementMode mode,
        bool bySlot = true) =>
        ("Out", t => t.ReplaceMissingValues("Out", column, mode, bySlot));

    private static IDataView Load(MLContext ml, string rows) =>
        ml.Data.LoadFromEnumerable(File.GetProperty(rows).EnumerateArray().Select(row => new Row
        {
            Cat = row.GetProperty("Cat").Text(),
            A = row.GetProperty("A").Single(),
            V = row.GetProperty("V").Singles(),
            B = row.TryGetProperty("B", out var flag) && flag.GetBoolean(),
        }).ToArray());

    private sealed class Row
    {
        public string? Cat { get; set; }
        public float A { get; set; }
        [VectorType(3)]
        public float[] V { get; set; } = [];
        public bool B { get; set; }
    }
}
