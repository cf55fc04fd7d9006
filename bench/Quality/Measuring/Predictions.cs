using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Quality.Measuring;

/// <summary>A model's outputs on rows, with their labels.</summary>
internal sealed record Predictions(float[] Scores, float[] Probabilities, bool[] PredictedLabels, bool[] Labels)
{
    private const double LeastProbability = 1e-15;

    public static Predictions Of(IDataView scored, bool[] labels) => new(
        [.. scored.GetColumn<float>("Score")], [.. scored.GetColumn<float>("Probability")], [.. scored.GetColumn<bool>("PredictedLabel")], labels);

    /// <summary>The probability given to a row's label.</summary>
    public double OfLabel(int row) => Labels[row] ? Probabilities[row] : 1 - (double)Probabilities[row];

    /// <summary>A row's log loss, at most that of a probability of 1e-15.</summary>
    public double LogLoss(int row) => -Math.Log(Math.Max(OfLabel(row), LeastProbability));
}
