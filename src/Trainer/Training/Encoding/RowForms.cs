using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>From one form of rows to another.</summary>
internal static class RowForms
{
    /// <summary>The same rows in arrays of their own, as far as preparing changes them where they stand.</summary>
    public static TrainingRows Copy(this TrainingRows rows) => rows is SparseRows sparse
        ? new SparseRows(rows.FeatureCount, sparse.RowStarts, sparse.Indices, [.. sparse.Values], rows.Labels, rows.Weights)
        : new DenseRows(rows.FeatureCount, [.. ((DenseRows)rows).Values], rows.Labels, rows.Weights);

    /// <summary>Some of the rows, in arrays of their own.</summary>
    public static TrainingRows Only(this TrainingRows rows, int[] which)
    {
        float[] labels = [.. which.Select(i => rows.Labels[i])];
        float[]? weights = rows.Weights is { } all ? [.. which.Select(i => all[i])] : null;
        if (rows is DenseRows dense)
        {
            int D = rows.FeatureCount;
            float[] values = new float[checked(which.Length * D)];
            for (int i = 0; i < which.Length; i++)
                dense.Values.AsSpan(which[i] * D, D).CopyTo(values.AsSpan(i * D));
            return new DenseRows(D, values, labels, weights);
        }

        var sparse = (SparseRows)rows;
        int[] starts = new int[which.Length + 1];
        for (int i = 0; i < which.Length; i++)
            starts[i + 1] = starts[i] + sparse.Row(which[i]).Count;
        int[] indices = new int[starts[^1]];
        float[] present = new float[starts[^1]];
        for (int i = 0; i < which.Length; i++)
        {
            (int start, int count) = sparse.Row(which[i]);
            sparse.Indices.AsSpan(start, count).CopyTo(indices.AsSpan(starts[i]));
            sparse.Values.AsSpan(start, count).CopyTo(present.AsSpan(starts[i]));
        }

        return new SparseRows(rows.FeatureCount, starts, indices, present, labels, weights);
    }

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
