using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Conformance;

/// <summary>Every case of <c>binary_metrics.json</c>: all metrics to 1e-12 relative, and the same exceptions.</summary>
public class BinaryMetricsGoldenTests
{
    private static readonly JsonElement Cases = Golden.Read("binary_metrics.json");

    public static TheoryData<string> Names => Golden.Names(Cases, "name");

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_gives_the_measured_metrics(string name)
    {
        var (ml, data, golden) = Load(name);
        Compare(golden.GetProperty("Evaluate"), () => ml.BinaryClassification.Evaluate(data));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EvaluateNonCalibrated_gives_the_measured_metrics(string name)
    {
        var (ml, data, golden) = Load(name);
        Compare(golden.GetProperty("EvaluateNonCalibrated"), () => ml.BinaryClassification.EvaluateNonCalibrated(data));
    }

    private static (MLContext Ml, IDataView Data, JsonElement Golden) Load(string name)
    {
        var golden = Cases.Case("name", name);
        var score = golden.GetProperty("score").Singles();
        var probability = golden.GetProperty("probability").Singles();
        var label = golden.GetProperty("label").Singles();
        var predicted = golden.GetProperty("predictedLabel").Singles();
        var ml = new MLContext(1);
        var rows = score.Select((s, i) => new Scored { Label = label[i] > 0, Score = s, Probability = probability[i],
            PredictedLabel = predicted[i] > 0 });
        return (ml, ml.Data.LoadFromEnumerable(rows), golden);
    }

    private static void Compare(JsonElement golden, Func<BinaryClassificationMetrics> evaluate)
    {
        if (golden.TryGetProperty("throws", out var type))
        {
            var thrown = Assert.ThrowsAny<Exception>(evaluate);
            Assert.Equal(type.GetString(), thrown.GetType().Name);
            Assert.Equal(golden.GetProperty("message").GetString(), thrown.Message.Split('\n')[0].TrimEnd());
            return;
        }

        var metrics = evaluate();
        foreach (var property in golden.EnumerateObject().Where(p => p.Name != "ConfusionMatrix"))
            Near(property.Value.Double(), (double)metrics.GetType().GetProperty(property.Name)!.GetValue(metrics)!, property.Name);

        var matrix = golden.GetProperty("ConfusionMatrix");
        Assert.Equal(matrix.GetProperty("NumberOfClasses").GetInt32(), metrics.ConfusionMatrix.NumberOfClasses);
        for (int actual = 0; actual < 2; actual++)
        {
            Near(matrix.GetProperty("PerClassPrecision")[actual].Double(), metrics.ConfusionMatrix.PerClassPrecision[actual], "precision");
            Near(matrix.GetProperty("PerClassRecall")[actual].Double(), metrics.ConfusionMatrix.PerClassRecall[actual], "recall");
            for (int predicted = 0; predicted < 2; predicted++)
            {
                double count = matrix.GetProperty("Counts")[actual][predicted].Double();
                Assert.Equal(count, metrics.ConfusionMatrix.Counts[actual][predicted]);
                Assert.Equal(count, metrics.ConfusionMatrix.GetCountForClassPair(predicted, actual));
            }
        }
    }

    private static void Near(double expected, double actual, string what)
    {
        // An infinity minus itself is NaN, so equal values are settled first.
        if (!expected.Equals(actual))
            Assert.True(Math.Abs(actual - expected) <= 1e-12 * Math.Abs(expected), $"{what}: expected {expected:R}, got {actual:R}");
    }

    private sealed class Scored
    {
        public bool Label { get; set; }
        public float Score { get; set; }
        public float Probability { get; set; }
        public bool PredictedLabel { get; set; }
    }
}
