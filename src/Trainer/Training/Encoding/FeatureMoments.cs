using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// Mean and squared deviations of every feature over rows that pass once (Welford, 1962): exact to rounding also where the mean is large.
/// Of sparse rows only the values that are there cost work; the zeros are counted in at the end.
/// </summary>
internal sealed class FeatureMoments(int featureCount)
{
    private readonly double[] _mean = new double[featureCount];
    private readonly double[] _squares = new double[featureCount];
    private readonly long[] _present = new long[featureCount];

    /// <summary>How many rows have passed.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row with all its values.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        Count++;
        for (int d = 0; d < row.Length; d++)
            Add(d, row[d]);
    }

    /// <summary>Adds a row by its values that are not zero.</summary>
    public void Add(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        Count++;
        for (int k = 0; k < indices.Length; k++)
            Add(indices[k], values[k]);
    }

    /// <summary>The scaling to mean 0 (not where rows are trained on as sparse ones, whose zeros must stay) and standard deviation 1.</summary>
    public FeatureScaling ToScaling(bool centred)
    {
        double[] mean = new double[_mean.Length], squares = new double[_mean.Length];
        for (int d = 0; d < mean.Length; d++)
        {
            double present = _present[d], zeros = Count - present;
            mean[d] = _mean[d] * present / Count;
            squares[d] = _squares[d] + _mean[d] * _mean[d] * present * zeros / Count;
        }

        return Standardizer.Scaling(centred ? mean : new double[mean.Length], mean, squares, Count);
    }

    private void Add(int d, float value)
    {
        double deviation = value - _mean[d];
        _mean[d] += deviation / ++_present[d];
        _squares[d] += deviation * (value - _mean[d]);
    }
}
