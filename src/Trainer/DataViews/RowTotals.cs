using Microsoft.ML.Data;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>What is kept of rows that are not kept: how many, of which class, and the moments of their features.</summary>
internal sealed class RowTotals
{
    public RowTotals(int featureCount, bool sparse) => (Moments, AreSparse) = (new FeatureMoments(featureCount), sparse);

    /// <summary>The features' moments, and with them the number of rows.</summary>
    public FeatureMoments Moments { get; }

    /// <summary>Whether the rows are better held as (index, value) pairs.</summary>
    public bool AreSparse { get; }

    /// <summary>The sum of all weights.</summary>
    public double Weight { get; private set; }

    /// <summary>The sum of the weights of rows whose label is true.</summary>
    public double PositiveWeight { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(in VBuffer<float> features, bool label, float weight)
    {
        if (features.IsDense)
            Add(features.GetValues(), label, weight);
        else
            Add(features.GetIndices(), features.GetValues(), label, weight);
    }

    /// <summary>Adds a dense row.</summary>
    public void Add(ReadOnlySpan<float> features, bool label, float weight)
    {
        Moments.Add(features);
        AddLabel(label, weight);
    }

    /// <summary>Adds a sparse row.</summary>
    public void Add(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, bool label, float weight)
    {
        Moments.Add(indices, values);
        AddLabel(label, weight);
    }

    private void AddLabel(bool label, float weight)
    {
        Weight += weight;
        PositiveWeight += label ? weight : 0;
    }
}
