using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Xunit;
using static Microsoft.ML.Transforms.NormalizingTransformer;

namespace MlNetShallowNet.MlNetTests.Conformance;

/// <summary>Every case of <c>normalizers.json</c>: outputs of seen and unseen rows, fitted parameters and the annotation, all
/// exactly.</summary>
public class NormalizersGoldenTests
{
    private const string Column = "Features";

    private static readonly JsonElement File = Golden.Read("normalizers.json");

    private static readonly Dictionary<string, Func<TransformsCatalog, IEstimator<ITransformer>>> Estimators = new()
    {
        ["NormalizeMinMax fixZero=true"] = t => t.NormalizeMinMax(Column),
        ["NormalizeMinMax fixZero=false"] = t => t.NormalizeMinMax(Column, fixZero: false),
        ["NormalizeMinMax fixZero=true maximumExampleCount=3"] = t => t.NormalizeMinMax(Column, maximumExampleCount: 3),
        ["NormalizeMeanVariance fixZero=true useCdf=false"] = t => t.NormalizeMeanVariance(Column),
        ["NormalizeMeanVariance fixZero=false useCdf=false"] = t => t.NormalizeMeanVariance(Column, fixZero: false),
        ["NormalizeMeanVariance fixZero=false useCdf=true"] = t => t.NormalizeMeanVariance(Column, fixZero: false, useCdf: true),
        ["NormalizeMeanVariance fixZero=true useCdf=true"] = t => t.NormalizeMeanVariance(Column, useCdf: true),
        ["NormalizeLogMeanVariance useCdf=true"] = t => t.NormalizeLogMeanVariance(Column),
        ["NormalizeLogMeanVariance useCdf=false"] = t => t.NormalizeLogMeanVariance(Column, useCdf: false),
        ["NormalizeLogMeanVariance fixZero=true useCdf=false"] = t => t.NormalizeLogMeanVariance(Column, fixZero: true, useCdf: false),
        ["NormalizeBinning fixZero=true maximumBinCount=1024"] = t => t.NormalizeBinning(Column),
        ["NormalizeBinning fixZero=false maximumBinCount=1024"] = t => t.NormalizeBinning(Column, fixZero: false),
        ["NormalizeBinning fixZero=false maximumBinCount=4"] = t => t.NormalizeBinning(Column, fixZero: false, maximumBinCount: 4),
        ["NormalizeBinning fixZero=true maximumBinCount=4"] = t => t.NormalizeBinning(Column, maximumBinCount: 4),
        ["NormalizeRobustScaling centerData=true 25-75"] = t => t.NormalizeRobustScaling(Column),
        ["NormalizeRobustScaling centerData=false 25-75"] = t => t.NormalizeRobustScaling(Column, centerData: false),
        ["NormalizeRobustScaling centerData=true 10-90"] = t => t.NormalizeRobustScaling(Column, quantileMin: 10, quantileMax: 90),
        ["NormalizeSupervisedBinning fixZero=false bins=4 minPerBin=1"] =
            t => t.NormalizeSupervisedBinning(Column, fixZero: false, maximumBinCount: 4, mininimumExamplesPerBin: 1),
        ["NormalizeLpNorm L2"] = t => t.NormalizeLpNorm(Column),
        ["NormalizeGlobalContrast"] = t => t.NormalizeGlobalContrast(Column),
    };

    public static TheoryData<string> Names => Golden.Names(File.GetProperty("cases"), "case");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_normalizer_gives_the_measured_rows_and_parameters(string name)
    {
        var golden = File.GetProperty("cases").Case("case", name);
        var ml = new MLContext(1);
        var train = Load(ml, "train");
        var transformer = Estimators[name](ml.Transforms).Fit(train);

        Assert.Equal(golden.GetProperty("train").Rows(), transformer.Transform(train).Column(Column));
        Assert.Equal(golden.GetProperty("extra").Rows(), transformer.Transform(Load(ml, "extra")).Column(Column));
        if (!golden.TryGetProperty("parameters", out var parameters))
            return;
        CompareParameters(parameters, ((NormalizingTransformer)transformer).GetNormalizerModelParameters(0));
        Assert.True(golden.GetProperty("isNormalizedAnnotation").GetBoolean());
        Assert.True(transformer.Transform(train).Schema[Column].IsNormalized());
    }

    private static void CompareParameters(JsonElement golden, NormalizerModelParametersBase parameters)
    {
        Assert.Equal(golden.GetProperty("type").GetString(), parameters.GetType().Name);
        switch (parameters)
        {
            case AffineNormalizerModelParameters<ImmutableArray<float>> affine:
                Same(golden.GetProperty("Scale"), affine.Scale);
                Same(golden.GetProperty("Offset"), affine.Offset);
                break;
            case CdfNormalizerModelParameters<ImmutableArray<float>> cdf:
                Same(golden.GetProperty("Mean"), cdf.Mean);
                Same(golden.GetProperty("StandardDeviation"), cdf.StandardDeviation);
                Assert.Equal(golden.GetProperty("UseLog").GetBoolean(), cdf.UseLog);
                break;
            case BinNormalizerModelParameters<ImmutableArray<float>> bin:
                var bounds = golden.GetProperty("UpperBounds").EnumerateArray().ToArray();
                Assert.Equal(bounds.Length, bin.UpperBounds.Length);
                for (int slot = 0; slot < bounds.Length; slot++)
                    Same(bounds[slot], bin.UpperBounds[slot]);
                Same(golden.GetProperty("Density"), bin.Density);
                Same(golden.GetProperty("Offset"), bin.Offset);
                break;
            default:
                Assert.Fail($"No comparison is written for {parameters.GetType()}.");
                break;
        }
    }

    // No offsets at all is an empty list in the file, and a default array in the library.
    private static void Same(JsonElement golden, ImmutableArray<float> actual) =>
        Assert.Equal(golden.Singles(), actual.IsDefault ? [] : actual.ToArray());

    private static IDataView Load(MLContext ml, string rows)
    {
        var label = File.GetProperty("label").Singles();
        return ml.Data.LoadFromEnumerable(File.GetProperty(rows).EnumerateArray()
            .Select((row, i) => new Row { Features = row.Singles(), Label = label[i] }).ToArray());
    }

    private sealed class Row
    {
        [VectorType(8)]
        public float[] Features { get; set; } = [];
        public float Label { get; set; }
    }
}
