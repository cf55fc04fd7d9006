using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Xunit;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;
using static Microsoft.ML.Transforms.OneHotEncodingEstimator;
using static Microsoft.ML.Transforms.ValueToKeyMappingEstimator;

namespace MlNetShallowNet.MlNetTests.Differential;

/// <summary>Transforms on columns of every type: conversions, keys, hashes, missing values, normalizers.</summary>
public class TypeDifferentialTests
{
    private static readonly string[] Columns = ["I1", "U1", "I2", "U2", "I4", "U4", "I8", "U8", "R4", "R8", "Flag", "Text", "Key", "Date",
        "Vector"];

    private static readonly Dictionary<string, Func<TransformsCatalog, IEnumerable<(string, IEstimator<ITransformer>)>>> Scenarios = new()
    {
        ["conversions"] = t => from column in Columns
            from kind in Enum.GetValues<DataKind>().Where(kind => (int)kind is <= 12 or 14)
            select ($"{column} to {kind}", (IEstimator<ITransformer>)t.Conversion.ConvertType("X", column, kind)),
        ["keys"] = t => from column in Columns
            from order in new[] { KeyOrdinality.ByOccurrence, KeyOrdinality.ByValue }
            from text in new[] { false, true }
            select ($"{column} {order} {text}", (IEstimator<ITransformer>)t.Conversion.MapValueToKey("X", column, keyOrdinality: order,
                addKeyValueAnnotationsAsText: text)),
        ["encodings"] = t => from column in Columns
            from kind in Enum.GetValues<OutputKind>()
            select ($"{column} {kind}", (IEstimator<ITransformer>)t.Categorical.OneHotEncoding("X", column, kind, maximumNumberOfKeys: 3)),
        ["hash encodings"] = t => from column in Columns
            from bits in new[] { 1, 5, 30 }
            select ($"{column} {bits}", (IEstimator<ITransformer>)t.Categorical.OneHotHashEncoding("X", column, OutputKind.Key, bits)),
        ["replacements"] = t => from column in new[] { "R4", "R8", "Vector", "I4", "Text" }
            from mode in Enum.GetValues<ReplacementMode>()
            from bySlot in new[] { false, true }
            select ($"{column} {mode} {bySlot}", (IEstimator<ITransformer>)t.ReplaceMissingValues("X", column, mode, bySlot)),
        ["normalizers"] = t => from column in new[] { "R4", "R8", "Vector", "I4" }
            from normalizer in Normalizers(t, column)
            select ($"{column} {normalizer.Item1}", normalizer.Item2),
    };

    public static TheoryData<string> Names => new(Scenarios.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Columns_of_every_type_are_transformed_as_by_the_package(string name)
    {
        var ml = new MLContext(1);
        var transcript = new Transcript();
        var data = TypedRows.Seen(ml);
        var unseen = TypedRows.Unseen(ml);
        foreach (var (what, estimator) in Scenarios[name](ml.Transforms))
        {
            transcript.Line($"== {what}");
            try
            {
                var transformer = estimator.Fit(data);
                foreach (var view in new[] { transformer.Transform(data), transformer.Transform(unseen) })
                    transcript.View(ml.Transforms.SelectColumns("X").Fit(view).Transform(view));
            }
            catch (Exception e)
            {
                transcript.Line($"{e.GetType().Name} {(e as ArgumentException)?.ParamName}");
            }
        }

        transcript.Compare("types-" + name.Replace(' ', '-'));
    }

    [Fact]
    public void Bins_of_many_values_end_where_those_of_the_package_do()
    {
        var ml = new MLContext(1);
        var transcript = new Transcript();
        var random = ((Microsoft.ML.Runtime.IHostEnvironment)ml).Register("values", 5).Rand;
        var rows = new Point[400];
        for (int i = 0; i < rows.Length; i++)
        {
            float x = random.Next(1, 40) * random.Next(-3, 4) * 0.25f;
            rows[i] = new Point { X = x, Y = MathF.Sin(x / 3) > 0 ^ i % 20 == 0 };
        }

        var data = ml.Data.LoadFromEnumerable(rows);
        foreach (int count in new[] { 2, 7, 16, 30 })
        {
            Show(ml.Transforms.NormalizeBinning("X", maximumBinCount: count, fixZero: false).Fit(data));
            Show(ml.Transforms.NormalizeSupervisedBinning("X", labelColumnName: "Y", maximumBinCount: count, mininimumExamplesPerBin: 2)
                .Fit(data));
        }

        transcript.Compare("types-many-values");

        void Show(NormalizingTransformer transformer)
        {
            var bins = (NormalizingTransformer.BinNormalizerModelParameters<float>)transformer.GetNormalizerModelParameters(0);
            transcript.Line($"{bins.UpperBounds.Length}: {string.Join(" ", bins.UpperBounds)}");
        }
    }

    private static IEnumerable<(string, IEstimator<ITransformer>)> Normalizers(TransformsCatalog t, string column)
    {
        yield return ("min-max", t.NormalizeMinMax("X", column));
        yield return ("min-max of 3 rows", t.NormalizeMinMax("X", column, maximumExampleCount: 3, fixZero: false));
        yield return ("mean and variance", t.NormalizeMeanVariance("X", column));
        yield return ("mean and variance, moving zero", t.NormalizeMeanVariance("X", column, fixZero: false));
        yield return ("mean and variance, probabilities", t.NormalizeMeanVariance("X", column, useCdf: true));
        yield return ("logarithms", t.NormalizeLogMeanVariance("X", column));
        yield return ("logarithms, no probabilities", t.NormalizeLogMeanVariance("X", column, useCdf: false));
        yield return ("logarithms, zero fixed", t.NormalizeLogMeanVariance("X", true, column, useCdf: false));
        yield return ("bins", t.NormalizeBinning("X", column));
        yield return ("few bins", t.NormalizeBinning("X", column, maximumBinCount: 3));
        yield return ("few bins, moving zero", t.NormalizeBinning("X", column, fixZero: false, maximumBinCount: 2));
        yield return ("bins by label", t.NormalizeSupervisedBinning("X", column, "Flag", maximumBinCount: 3, mininimumExamplesPerBin: 1));
        yield return ("robust", t.NormalizeRobustScaling("X", column));
        yield return ("robust, not centred", t.NormalizeRobustScaling("X", column, centerData: false, quantileMin: 10, quantileMax: 90));
    }

    private sealed class Point
    {
        public float X { get; set; }
        public bool Y { get; set; }
    }
}
