namespace MlNetShallowNet.Engine;

/// <summary>Rows read into memory for training: features (dense or sparse), labels and weights. Row i of each belongs together.</summary>
internal abstract class TrainingRows
{
    protected TrainingRows(int featureCount, float[] labels, float[]? weights)
    {
        FeatureCount = featureCount;
        Labels = labels;
        Weights = weights;
    }

    /// <summary>D, the length of a row.</summary>
    public int FeatureCount { get; }

    /// <summary>m, the number of rows.</summary>
    public int Count => Labels.Length;

    /// <summary>y of each row: 0 or 1.</summary>
    public float[] Labels { get; }

    /// <summary>w of each row, not negative; null where every row weighs 1.</summary>
    public float[]? Weights { get; }
}
