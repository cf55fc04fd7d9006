using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// An in-box logistic regression with the weight 1, the bias 0 and the probability 1 / (1 + e^-score): what it makes of a vector of one
/// score are the three outputs, with the annotations and in the places that ML.NET gives them, and the threshold that it lets such a model have.
/// </summary>
internal static class IdentityClassifier
{
    public static ITransformer Create(MLContext ml, string scoreColumnName, float threshold)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Example));
        definition[nameof(Example.Score)].ColumnName = scoreColumnName;
        // Both examples meet a score of 0, so each gradient is a half, and the two steps are 1/2 + 1/2 for the weight and 1/2 - 1/2 for the bias.
        Example[] examples = [new Example { Score = [1], Label = true }, new Example { Score = [-1], Label = false }];
        var steps = new SgdCalibratedTrainer.Options
        {
            LabelColumnName = nameof(Example.Label),
            FeatureColumnName = scoreColumnName,
            LearningRate = 1,
            L2Regularization = 0,
            NumberOfIterations = 1,
            NumberOfThreads = 1,
            Shuffle = false,
        };
        return ml.BinaryClassification.ChangeModelThreshold(
            ml.BinaryClassification.Trainers.SgdCalibrated(steps).Fit(ml.Data.LoadFromEnumerable(examples, definition)), threshold);
    }

    private sealed class Example
    {
        [VectorType(1)]
        public float[] Score { get; set; } = [];

        public bool Label { get; set; }
    }
}
