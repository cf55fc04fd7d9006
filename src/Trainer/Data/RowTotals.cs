using Microsoft.ML.Data;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Optimization;

namespace MlNetShallowNet.Data;

/// <summary>What is kept of rows that are not kept: how many, of which class, and the moments of their features.</summary>
internal sealed class RowTotals
{
    private RowTotals(int featureCount, bool sparse) => (Moments, AreSparse) = (new FeatureMoments(featureCount), sparse);

    /// <summary>The features' moments, and with them the number of rows.</summary>
    public FeatureMoments Moments { get; }

    /// <summary>Whether the rows are better held as (index, value) pairs.</summary>
    public bool AreSparse { get; }

    /// <summary>The sum of all weights.</summary>
    public double Weight { get; private set; }

    /// <summary>The sum of the weights of rows whose label is true.</summary>
    public double PositiveWeight { get; private set; }

    /// <summary>The totals of rows in memory.</summary>
    public static RowTotals Of(TrainingRows rows)
    {
        var totals = new RowTotals(rows.FeatureCount, rows is SparseRows);
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows is DenseRows dense)
                totals.Moments.Add(dense.Values.AsSpan(i * rows.FeatureCount, rows.FeatureCount));
            else if (rows is SparseRows sparse)
                totals.Moments.Add(sparse.Indices.AsSpan(sparse.RowStarts[i]..sparse.RowStarts[i + 1]), sparse.Values.AsSpan(sparse.RowStarts[i]..sparse.RowStarts[i + 1]));
            totals.AddLabel(rows.Labels[i] > 0, rows.Weights?[i] ?? 1);
        }

        return totals;
    }

    /// <summary>Adds a row.</summary>
    public void Add(in VBuffer<float> features, bool label, float weight)
    {
        if (features.IsDense)
            Moments.Add(features.GetValues());
        else
            Moments.Add(features.GetIndices(), features.GetValues());
        AddLabel(label, weight);
    }

    private void AddLabel(bool label, float weight)
    {
        Weight += weight;
        PositiveWeight += label ? weight : 0;
    }
}
