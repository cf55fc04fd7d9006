using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>Features whose numbers, in every row, are so small that single precision has few digits for them or none.</summary>
internal static class TinyFeatures
{
    /// <summary>The features that have such numbers and no larger ones.</summary>
    public static IReadOnlyList<int> Find(TrainingRows rows)
    {
        bool[] areTiny = new bool[rows.FeatureCount];
        if (rows is SparseRows sparse)
        {
            bool[] areLarge = new bool[rows.FeatureCount];
            for (int k = sparse.RowStarts[0]; k < sparse.RowStarts[rows.Count]; k++)
            {
                areTiny[sparse.Indices[k]] |= sparse.Values[k] != 0;
                areLarge[sparse.Indices[k]] |= !IsTiny(sparse.Values[k]);
            }
            return [.. Enumerable.Range(0, areTiny.Length).Where(d => areTiny[d] && !areLarge[d])];
        }
        var dense = (DenseRows)rows;
        for (int d = 0; d < areTiny.Length; d++)
        {
            bool any = false;
            int i = 0;
            for (; i < rows.Count && IsTiny(dense.Values[i * areTiny.Length + d]); i++)
                any |= dense.Values[i * areTiny.Length + d] != 0;
            areTiny[d] = any && i == rows.Count;
        }
        return [.. Enumerable.Range(0, areTiny.Length).Where(d => areTiny[d])];
    }

    private static bool IsTiny(float value) => Math.Abs(value) < Standardizer.Smallest;
}
