using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Examples;

/// <summary>A row of data/breast-cancer.csv: thirty measurements of cell nuclei, and whether the tumour is benign.</summary>
public sealed class Tumour
{
    /// <summary>The number of measurements.</summary>
    public const int Measurements = 30;

    /// <summary>Mean, standard error and worst value of ten measurements.</summary>
    [LoadColumn(0, Measurements - 1), VectorType(Measurements)]
    public float[] Features { get; set; } = [];

    /// <summary>Whether the tumour is benign.</summary>
    [LoadColumn(Measurements)]
    public bool Label { get; set; }
}
