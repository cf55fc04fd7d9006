using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Factors for the weights of the rows of each class.</summary>
/// <param name="No">For rows whose label is no.</param>
/// <param name="Yes">For rows whose label is yes.</param>
internal readonly record struct ClassWeights(double No, double Yes)
{
    public static ClassWeights None => new(1, 1);

    /// <summary>Both classes together weigh as before, and each half of it. Without one of the classes nothing changes.</summary>
    public static ClassWeights Balanced(TrainingRows rows)
    {
        double yes = 0, all = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weights?[i] ?? 1;
            all += weight;
            yes += weight * rows.Labels[i];
        }

        return Balanced(yes, all);
    }

    /// <summary>The same from the weight of the yes rows and of all.</summary>
    public static ClassWeights Balanced(double yes, double all) =>
        yes > 0 && yes < all ? new ClassWeights(all / 2 / (all - yes), all / 2 / yes) : None;

    /// <summary>How much these weights raise the log-odds that are learnt; taken off again, probabilities have the true base rate.</summary>
    public double LogOddsShift => Math.Log(Yes / No);

    /// <summary>The same rows with their weights changed.</summary>
    public TrainingRows Weighted(TrainingRows rows)
    {
        if (this == None)
            return rows;
        float[] weights = new float[rows.Count];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (float)((rows.Weights?[i] ?? 1) * (rows.Labels[i] > 0 ? Yes : No));
        return rows is DenseRows dense
            ? new DenseRows(dense.FeatureCount, dense.Values, dense.Labels, weights)
            : rows is SparseRows sparse
                ? new SparseRows(sparse.FeatureCount, sparse.RowStarts, sparse.Indices, sparse.Values, sparse.Labels, weights)
                : throw new ArgumentException($"Rows of type {rows.GetType().Name} cannot be weighted.");
    }
}
