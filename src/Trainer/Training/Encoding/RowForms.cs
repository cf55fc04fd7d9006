using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>From one form of rows to another.</summary>
internal static class RowForms
{
    /// <summary>The same rows in arrays of their own, as far as preparing changes them where they stand.</summary>
    public static TrainingRows Copy(this TrainingRows rows) => rows is SparseRows sparse
        ? new SparseRows(rows.FeatureCount, sparse.RowStarts, sparse.Indices, [.. sparse.Values], rows.Labels, rows.Weights)
        : new DenseRows(rows.FeatureCount, [.. ((DenseRows)rows).Values], rows.Labels, rows.Weights);

    /// <summary>The rows as dense ones; themselves where they are.</summary>
    public static DenseRows ToDense(this TrainingRows rows)
    {
        if (rows is DenseRows dense)
            return dense;
        var sparse = (SparseRows)rows;
        int D = rows.FeatureCount;
        float[] values = new float[checked(rows.Count * D)];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int k = sparse.RowStarts[i]; k < sparse.RowStarts[i + 1]; k++)
                values[i * D + sparse.Indices[k]] = sparse.Values[k];
        }

        return new DenseRows(D, values, rows.Labels, rows.Weights);
    }
}
