using MlNetShallowNet.Engine;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>Bounds for features, so that an outlier counts no more than a value a few standard deviations from the mean.</summary>
internal static class ClippedInputs
{
    /// <summary>The bounds at this many standard deviations from each feature's mean, as the model keeps them.</summary>
    public static InputEncoding Measure(TrainingRows rows, double deviations)
    {
        DenseRows dense = rows.ToDense();
        int D = rows.FeatureCount;
        FeatureScaling scaling = Standardizer.Measure(dense);
        float[] lower = new float[D], upper = new float[D];
        for (int d = 0; d < D; d++)
        {
            // A constant feature has scale 0: it has no spread to measure by, and no weight.
            double width = scaling.Scale[d] == 0 ? double.PositiveInfinity : deviations / scaling.Scale[d];
            (lower[d], upper[d]) = ((float)(scaling.Offset[d] - width), (float)(scaling.Offset[d] + width));
        }

        return new InputEncoding(lower, upper, [.. Enumerable.Range(0, D).Select(_ => new float[1])]);
    }

    /// <summary>Rows as the model's encoding sees them, dense.</summary>
    public static DenseRows Encode(InputEncoding encoding, TrainingRows rows)
    {
        DenseRows dense = rows.ToDense();
        float[] values = new float[(long)rows.Count * encoding.ColumnCount];
        for (int i = 0; i < rows.Count; i++)
        {
            encoding.Encode(
                dense.Values.AsSpan(i * dense.FeatureCount, dense.FeatureCount), values.AsSpan(i * encoding.ColumnCount, encoding.ColumnCount));
        }

        return new DenseRows(encoding.ColumnCount, values, rows.Labels, rows.Weights);
    }
}
