using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Factors for the weights of the rows of each class.</summary>
/// <param name="Negative">For rows whose label is false.</param>
/// <param name="Positive">For rows whose label is true.</param>
internal readonly record struct ClassWeights(double Negative, double Positive)
{
    public static ClassWeights None => new(1, 1);

    /// <summary>Both classes together weigh as before, and each half of it. Without one of the classes nothing changes.</summary>
    /// <param name="positive">The weight of positive rows.</param>
    /// <param name="all">The weight of all rows.</param>
    public static ClassWeights Balanced(double positive, double all) =>
        positive > 0 && positive < all ? new ClassWeights(all / 2 / (all - positive), all / 2 / positive) : None;

    /// <summary>The weights of positive rows and of all, once these are applied.</summary>
    public (double Positive, double All) Applied(double positive, double all) => (positive * Positive, positive * Positive + (all - positive) * Negative);

    /// <summary>How much these weights raise the log-odds that are learnt; taken off again, probabilities have the true base rate.</summary>
    public double LogOddsShift => Math.Log(Positive / Negative);

    /// <summary>These in another unit.</summary>
    public ClassWeights Over(double unit) => new(Negative / unit, Positive / unit);

    /// <summary>The same rows with their weights changed.</summary>
    public TrainingRows Weighted(TrainingRows rows)
    {
        if (this == None)
            return rows;
        float[] weights = new float[rows.Count];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (float)((rows.Weights?[i] ?? 1) * (rows.Labels[i] > 0 ? Positive : Negative));
        return rows is DenseRows dense
            ? new DenseRows(dense.FeatureCount, dense.Values, dense.Labels, weights)
            : rows is SparseRows sparse
                ? new SparseRows(sparse.FeatureCount, sparse.RowStarts, sparse.Indices, sparse.Values, sparse.Labels, weights)
                : throw new ArgumentException($"Rows of type {rows.GetType().Name} cannot be weighted.");
    }
}
