using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.OnnxTests;

/// <summary>The outputs of a row.</summary>
internal sealed class Scored
{
    private const float Tolerance = 1e-5f;

    public float Score { get; set; }

    public float Probability { get; set; }

    public bool PredictedLabel { get; set; }

    public static Scored[] Of(IDataView scored) => [.. new MLContext(0).Data.CreateEnumerable<Scored>(scored, reuseRowObject: false)];

    /// <summary>The outputs as ApplyOnnxModel gives them: vectors of one.</summary>
    public static Scored[] OfTensors(IDataView applied) =>
    [
        .. applied.GetColumn<float[]>("Score")
            .Zip(applied.GetColumn<float[]>("Probability"), applied.GetColumn<bool[]>("PredictedLabel"))
            .Select(row => new Scored { Score = row.First.Single(), Probability = row.Second.Single(), PredictedLabel = row.Third.Single() }),
    ];

    /// <summary>Asserts that scores and probabilities differ by 1e-5 at most and labels not at all.</summary>
    public static void AreAlike(Scored[] expected, Scored[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Score, actual[i].Score, Tolerance);
            Assert.Equal(expected[i].Probability, actual[i].Probability, Tolerance);
            Assert.Equal(expected[i].PredictedLabel, actual[i].PredictedLabel);
        }
    }
}
