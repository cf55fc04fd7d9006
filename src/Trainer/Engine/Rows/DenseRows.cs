namespace MlNetShallowNet.Engine;

/// <summary>
/// Dense rows: <see cref="Values"/> holds row after row, each of <see cref="TrainingRows.FeatureCount"/> numbers (so it is Xᵀ of the
/// course).
/// </summary>
internal sealed class DenseRows : TrainingRows
{
    public DenseRows(int featureCount, float[] values, float[] labels, float[]? weights = null)
        : base(featureCount, labels, weights)
    {
        if (values.Length < (long)featureCount * labels.Length)
        {
            throw new ArgumentException(
                $"{labels.Length} rows of {featureCount} features need {(long)featureCount * labels.Length} numbers; " +
                $"found {values.Length}.");
        }
        Values = values;
    }

    public float[] Values { get; }
}
