using Microsoft.ML.Data;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>What was counted of rows.</summary>
/// <param name="Moments">The features' moments, and with them the number of rows.</param>
/// <param name="Weight">The sum of the weights of rows whose label is true, and of all.</param>
internal sealed record RowCounts(FeatureMoments Moments, (double Positive, double All) Weight);

/// <summary>What is kept of rows that are not kept: how many, of which class, the moments of their features, and a sample.</summary>
/// <param name="featureCount">D.</param>
/// <param name="hasWeights">Whether rows have weights.</param>
/// <param name="sparse">Whether the rows are better held as (index, value) pairs.</param>
/// <param name="seed">Where the random numbers start by which the sample is drawn.</param>
/// <param name="mostBytes">How many bytes the sample may take.</param>
/// <param name="first">The number of the first row.</param>
internal sealed class RowTotals(int featureCount, bool hasWeights, bool sparse, int seed, long mostBytes, long first = 0)
{
    /// <summary>The features' moments, and with them the number of rows.</summary>
    public FeatureMoments Moments { get; } = new(featureCount);

    /// <summary>Some of the rows.</summary>
    public RowSample Sample { get; } = new(featureCount, hasWeights, sparse, seed, mostBytes);

    /// <summary>The sum of the weights of rows whose label is true, and of all.</summary>
    public (double Positive, double All) Weight { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(in VBuffer<float> features, bool label, float weight) =>
        Add(features.IsDense ? default : features.GetIndices(), features.GetValues(), features.IsDense, label, weight);

    /// <summary>Adds rows.</summary>
    public void Add(TrainingRows rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            float weight = rows.Weights?[i] ?? 1;
            if (rows is SparseRows sparse)
            {
                Range row = sparse.RowStarts[i]..sparse.RowStarts[i + 1];
                Add(sparse.Indices.AsSpan(row), sparse.Values.AsSpan(row), isDense: false, rows.Labels[i] > 0, weight);
            }
            else
            {
                Add(default, ((DenseRows)rows).Values.AsSpan(i * featureCount, featureCount), isDense: true, rows.Labels[i] > 0, weight);
            }
        }
    }

    /// <summary>Adds what was counted of other rows; their sample is added by itself.</summary>
    public void Add(RowCounts of)
    {
        Moments.Add(of.Moments);
        Weight = (Weight.Positive + of.Weight.Positive, Weight.All + of.Weight.All);
    }

    /// <summary>What is kept without the sample, which takes most of the memory.</summary>
    public RowCounts Counts => new(Moments, Weight);

    /// <summary>The rows as training data.</summary>
    /// <param name="rows">All of them, which are then the data's to dispose.</param>
    public StreamedData ToData(SpilledRows rows) => new(rows, Moments, Sample.ToRows(), Sample.Numbers, Sample.Bound, Weight);

    private void Add(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, bool isDense, bool label, float weight)
    {
        Sample.Offer(first + Moments.Count, indices, values, isDense, label, weight);
        if (isDense)
            Moments.Add(values);
        else
            Moments.Add(indices, values);
        Weight = (Weight.Positive + (label ? weight : 0), Weight.All + weight);
    }
}
