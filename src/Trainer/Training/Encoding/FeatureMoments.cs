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

    /// <summary>D.</summary>
    public int FeatureCount => featureCount;

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

    /// <summary>Adds the rows that other moments are of (Chan, Golub and LeVeque, 1979).</summary>
    public void Add(FeatureMoments other)
    {
        Count += other.Count;
        for (int d = 0; d < _mean.Length; d++)
        {
            if (other._present[d] == 0)
                continue;
            double here = _present[d], there = other._present[d], apart = other._mean[d] - _mean[d];
            _present[d] += other._present[d];
            _mean[d] = here == 0 ? other._mean[d] : _mean[d] + apart * there / (here + there);
            _squares[d] += other._squares[d] + apart * apart * here * there / (here + there);
        }
    }

    /// <summary>A feature's mean and standard deviation over all rows, with the zeros of sparse ones.</summary>
    public (double Mean, double Deviation) Of(int feature)
    {
        (double mean, double squares) = WithZeros(feature);
        return (mean, Math.Sqrt(squares / Count));
    }

    /// <summary>The scaling to mean 0 (not where rows are trained on as sparse ones, whose zeros must stay) and standard deviation 1.</summary>
    public FeatureScaling ToScaling(bool centred)
    {
        double[] mean = new double[_mean.Length], squares = new double[_mean.Length];
        for (int d = 0; d < mean.Length; d++)
            (mean[d], squares[d]) = WithZeros(d);
        return Standardizer.Scaling(centred ? mean : new double[mean.Length], mean, squares, Count);
    }

    private (double Mean, double Squares) WithZeros(int d)
    {
        double present = _present[d], zeros = Count - present;
        return (_mean[d] * present / Count, _squares[d] + _mean[d] * _mean[d] * present * zeros / Count);
    }

    private void Add(int d, float value)
    {
        double deviation = value - _mean[d];
        _mean[d] += deviation / ++_present[d];
        _squares[d] += deviation * (value - _mean[d]);
    }
}
