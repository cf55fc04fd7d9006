using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Xunit;
using static Microsoft.ML.Transforms.OneHotEncodingEstimator;

namespace MlNetShallowNet.MlNetTests.Differential;

/// <summary>Schemas, annotations, values and exceptions of transforms, on rows seen and not seen in fitting.</summary>
public class TransformDifferentialTests
{
    private static readonly Dictionary<string, Func<TransformsCatalog, IEstimator<ITransformer>>> Scenarios = new()
    {
        ["columns"] = t => t.CopyColumns("Copy", "Vector").Append(t.Concatenate("Both", "Number", "Copy", "Number"))
            .Append(t.Concatenate("One", "Vector")).Append(t.DropColumns("Double", "Words"))
            .Append(t.SelectColumns("Both", "Text", "Copy", "One")),
        ["one-hot of text"] = t => t.Categorical.OneHotEncoding("Indicator", "Text")
            .Append(t.Categorical.OneHotEncoding("Bag", "Text", OutputKind.Bag))
            .Append(t.Categorical.OneHotEncoding("Binary", "Text", OutputKind.Binary))
            .Append(t.Categorical.OneHotEncoding("Text", outputKind: OutputKind.Key))
            .Append(t.Concatenate("All", "Number", "Indicator", "Vector", "Bag")),
        ["one-hot of vectors"] = t => t.Categorical.OneHotEncoding("Indicator", "Words")
            .Append(t.Categorical.OneHotEncoding("Bag", "Words", OutputKind.Bag))
            .Append(t.Categorical.OneHotEncoding("Binary", "Words", OutputKind.Binary)).Append(t.Concatenate("All", "Indicator", "Vector")),
        ["one-hot of numbers"] = t => t.Categorical.OneHotEncoding("Number").Append(t.Categorical.OneHotEncoding("Flag"))
            .Append(t.Categorical.OneHotEncoding("Double", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)),
        ["one-hot of several columns"] = t => t.Categorical.OneHotEncoding([new("A", "Text"), new("B", "Flag")])
            .Append(t.Concatenate("All", "A", "B")),
        ["hashes"] = t => t.Categorical.OneHotHashEncoding("A", "Text", OutputKind.Key, numberOfBits: 10)
            .Append(t.Categorical.OneHotHashEncoding("B", "Words", numberOfBits: 3))
            .Append(t.Categorical.OneHotHashEncoding("C", "Number", OutputKind.Key))
            .Append(t.Categorical.OneHotHashEncoding("D", "Vector", OutputKind.Key, numberOfBits: 8))
            .Append(t.Categorical.OneHotHashEncoding("E", "Words", OutputKind.Bag, numberOfBits: 3, useOrderedHashing: false)),
        ["keys and values"] = t => t.Conversion.MapValueToKey("A", "Text").Append(t.Conversion.MapKeyToValue("B", "A"))
            .Append(t.Conversion.MapValueToKey("C", "Words")).Append(t.Conversion.MapKeyToValue("D", "C"))
            .Append(t.Conversion.MapValueToKey("E", "Number", addKeyValueAnnotationsAsText: true))
            .Append(t.Conversion.MapValueToKey("F", "Key"))
            .Append(t.Conversion.MapValueToKey("G", "Double", maximumNumberOfKeys: 2)).Append(t.Conversion.MapKeyToValue("H", "G")),
        ["values by a table"] = t => t.Conversion.MapValue("A", [new KeyValuePair<string, float>("red", 2), new("blue", -1)], "Text")
            .Append(t.Conversion.MapValue("B", [new KeyValuePair<bool, string>(true, "yes"), new(false, "no")], "Flag"))
            .Append(t.Conversion.MapValue("C", [new KeyValuePair<string, bool>("a", true)], "Words")),
        ["types"] = t => t.Conversion.ConvertType("A", "Flag").Append(t.Conversion.ConvertType("B", "Double"))
            .Append(t.Conversion.ConvertType("C", "Vector", DataKind.Double))
            .Append(t.Conversion.ConvertType("D", "Number", DataKind.String)).Append(t.Conversion.ConvertType("E", "Key", DataKind.UInt64))
            .Append(t.Conversion.ConvertType("F", "Vector", DataKind.Boolean))
            .Append(t.Conversion.ConvertType("G", "Flag", DataKind.String)),
        ["several columns at once"] = t => t.IndicateMissingValues([new("A", "Number"), new("B", "Vector")])
            .Append(t.ReplaceMissingValues([new("C", "Double"), new("Number")], MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(t.Conversion.ConvertType([new("A"), new("B"), new("D", "Flag")], DataKind.Single)),
        ["missing values"] = t => t.ReplaceMissingValues("A", "Number", MissingValueReplacingEstimator.ReplacementMode.Mean)
            .Append(t.ReplaceMissingValues("B", "Double", MissingValueReplacingEstimator.ReplacementMode.Maximum))
            .Append(t.ReplaceMissingValues("C", "Vector", MissingValueReplacingEstimator.ReplacementMode.Minimum))
            .Append(t.ReplaceMissingValues([new("D", "Number"), new("E", "Number")])).Append(t.IndicateMissingValues("F", "Number"))
            .Append(t.IndicateMissingValues("G", "Vector")),
        ["normalizers of scalars"] = t => t.NormalizeMinMax("A", "Number", fixZero: false).Append(t.NormalizeMeanVariance("B", "Double"))
            .Append(t.NormalizeLogMeanVariance("C", "Number")).Append(t.NormalizeBinning("D", "Double", maximumBinCount: 3))
            .Append(t.NormalizeRobustScaling("E", "Number")).Append(t.NormalizeMeanVariance("F", "Double", useCdf: true)),
        ["normalizers of sparse vectors"] = t => t.Categorical.OneHotEncoding("H", "Text").Append(t.NormalizeMinMax("A", "H"))
            .Append(t.NormalizeMinMax("B", "H", fixZero: false))
            .Append(t.NormalizeMeanVariance("C", "H", fixZero: false)).Append(t.NormalizeBinning("D", "H"))
            .Append(t.NormalizeLpNorm("E", "H"))
            .Append(t.NormalizeMeanVariance("F", "H", useCdf: true)).Append(t.NormalizeGlobalContrast("G", "H")),
        ["supervised binning"] = t => t.Conversion.MapValueToKey("L", "Flag").Append(t.ReplaceMissingValues("N", "Number"))
            .Append(t.NormalizeSupervisedBinning("A", "N", "L", maximumBinCount: 3, mininimumExamplesPerBin: 1)),
    };

    public static TheoryData<string> Names => new(Scenarios.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pipeline_shows_what_it_showed_on_the_package(string name)
    {
        var ml = new MLContext(1);
        var transcript = new Transcript();
        var estimator = Scenarios[name](ml.Transforms);
        transcript.Shape(estimator.GetOutputSchema(ShapeOf(ml, Tables.Small(ml))));
        var transformer = estimator.Fit(Tables.Small(ml));
        transcript.View(transformer.Transform(Tables.Small(ml)));
        transcript.View(transformer.Transform(Tables.Small(ml, unseen: true)));
        transcript.Compare(name.Replace(' ', '-'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pipeline_is_the_same_after_saving_and_loading(string name)
    {
        var ml = new MLContext(1);
        var data = Tables.Small(ml);
        var before = Scenarios[name](ml.Transforms).Fit(data);
        using var stream = new MemoryStream();
        ml.Model.Save(before, data.Schema, stream);
        stream.Position = 0;
        var after = new MLContext().Model.Load(stream, out var schema);
        Assert.Equal(data.Schema.Select(column => (column.Name, column.Type)), schema.Select(column => (column.Name, column.Type)));
        var unseen = Tables.Small(ml, unseen: true);
        foreach (var (expected, actual) in Visible(before.Transform(unseen)).Zip(Visible(after.Transform(unseen))))
            Assert.Equal(expected, actual);
    }

    [Fact]
    public void Bad_input_throws_what_it_threw_on_the_package()
    {
        var ml = new MLContext(1);
        var t = ml.Transforms;
        var data = Tables.Small(ml);
        var transcript = new Transcript();
        void Try(string what, Func<IEstimator<ITransformer>> make)
        {
            transcript.Outcome($"{what}, made", () => make());
            transcript.Outcome($"{what}, fitted", () => make().Fit(data));
            transcript.Outcome($"{what}, used", () => make().Fit(data).Transform(data));
            transcript.Outcome($"{what}, shaped", () => make().GetOutputSchema(ShapeOf(ml, data)));
        }

        Try("Concatenate of a missing column", () => t.Concatenate("X", "Nowhere"));
        Try("Concatenate of two types", () => t.Concatenate("X", "Number", "Text"));
        Try("Concatenate of nothing", () => t.Concatenate("X"));
        Try("CopyColumns of a missing column", () => t.CopyColumns("X", "Nowhere"));
        Try("DropColumns of a missing column", () => t.DropColumns("Nowhere", "Text"));
        Try("SelectColumns of a missing column", () => t.SelectColumns("Nowhere"));
        Try("NormalizeMinMax of text", () => t.NormalizeMinMax("X", "Text"));
        Try("NormalizeMinMax of a missing column", () => t.NormalizeMinMax("X", "Nowhere"));
        Try("NormalizeMinMax of one example", () => t.NormalizeMinMax("X", "Number", maximumExampleCount: 1));
        Try("NormalizeBinning into one bin", () => t.NormalizeBinning("X", "Number", maximumBinCount: 1));
        Try("NormalizeLpNorm of a scalar", () => t.NormalizeLpNorm("X", "Number"));
        Try("NormalizeGlobalContrast scaled by zero", () => t.NormalizeGlobalContrast("X", "Vector", scale: 0));
        Try("NormalizeRobustScaling of sparse vectors",
            () => t.Categorical.OneHotEncoding("H", "Text").Append(t.NormalizeRobustScaling("H")));
        Try("ReplaceMissingValues of text", () => t.ReplaceMissingValues("X", "Text"));
        Try("ReplaceMissingValues of a key", () => t.ReplaceMissingValues("X", "Key"));
        Try("ReplaceMissingValues of a missing column", () => t.ReplaceMissingValues("X", "Nowhere"));
        Try("IndicateMissingValues of text", () => t.IndicateMissingValues("X", "Text"));
        Try("OneHotEncoding of a missing column", () => t.Categorical.OneHotEncoding("X", "Nowhere"));
        Try("OneHotEncoding of a key", () => t.Categorical.OneHotEncoding("X", "Key"));
        Try("IndicateMissingValues of a key", () => t.IndicateMissingValues("X", "Key"));
        Try("OneHotEncoding of no keys", () => t.Categorical.OneHotEncoding("X", "Text", maximumNumberOfKeys: 0));
        Try("OneHotHashEncoding of too many bits", () => t.Categorical.OneHotHashEncoding("X", "Text", numberOfBits: 32));
        Try("OneHotHashEncoding of a missing column", () => t.Categorical.OneHotHashEncoding("X", "Nowhere"));
        Try("MapKeyToValue of a number", () => t.Conversion.MapKeyToValue("X", "Number"));
        Try("MapKeyToValue of a key without values", () => t.Conversion.MapKeyToValue("X", "Key"));
        Try("ConvertType of a number to an integer", () => t.Conversion.ConvertType("X", "Number", DataKind.Int32));
        Try("ConvertType of a missing column", () => t.Conversion.ConvertType("X", "Nowhere"));
        Try("MapValue of another type", () => t.Conversion.MapValue("X", [new KeyValuePair<string, float>("a", 1)], "Number"));
        Try("an empty name", () => t.NormalizeMinMax(""));
        transcript.Outcome("no such normalizer parameters", () => t.NormalizeMinMax("Number").Fit(data).GetNormalizerModelParameters(1));
        transcript.Compare("bad-input");
    }

    /// <summary>The shape of a view's schema, which has no public constructor: an estimator that drops nothing passes it on.</summary>
    internal static SchemaShape ShapeOf(MLContext ml, IDataView data)
    {
        var probe = new ShapeProbe();
        ml.Transforms.CopyColumns(data.Schema[0].Name, data.Schema[0].Name).Append(probe).Fit(data);
        return probe.Shape!;
    }

    private static IEnumerable<string> Visible(IDataView view) => view.Schema.Where(column => !column.IsHidden)
        .Select(column => $"{column.Name} {column.Type} {string.Join(" | ", Values.Rows(view, column))}");

    private sealed class ShapeProbe : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public ITransformer Fit(IDataView input) => new MLContext().Transforms.CopyColumns("Probe", input.Schema[0].Name).Fit(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;
    }
}
