using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Rows as the encoding of a network to go on from sees them.</summary>
internal static class ClippedInputs
{
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
