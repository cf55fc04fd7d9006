using MlNetShallowNet.Engine;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>Measures the mean and spread of every feature and scales rows by them, in double precision.</summary>
internal static class Standardizer
{
    /// <summary>The smallest number that has all digits of single precision: below are few or none, and none of the weights on the features as they are.</summary>
    public const float Smallest = 1.1754944e-38f;

    /// <summary>The scaling that gives these rows mean 0 (dense rows only) and standard deviation 1.</summary>
    public static FeatureScaling Measure(TrainingRows rows) => rows switch
    {
        DenseRows dense => MeasureDense(dense),
        SparseRows sparse => MeasureSparse(sparse),
        _ => throw new ArgumentException($"Rows of type {rows.GetType().Name} cannot be scaled."),
    };

    /// <summary>Scales the rows where they stand.</summary>
    public static void Apply(FeatureScaling scaling, TrainingRows rows)
    {
        (double[] offset, double[] scale) = (scaling.Offset, scaling.Scale);
        if (rows is DenseRows dense)
        {
            int D = dense.FeatureCount;
            for (int start = 0; start < dense.Values.Length; start += D)
            {
                Span<float> row = dense.Values.AsSpan(start, D);
                for (int d = 0; d < row.Length; d++)
                    row[d] = (float)((row[d] - offset[d]) * scale[d]);
            }
        }
        else if (rows is SparseRows sparse)
        {
            for (int k = 0; k < sparse.Values.Length; k++)
                sparse.Values[k] = (float)((sparse.Values[k] - offset[sparse.Indices[k]]) * scale[sparse.Indices[k]]);
        }
    }

    // Two passes, because sums of squares lose the spread of features whose mean is large.
    private static FeatureScaling MeasureDense(DenseRows rows)
    {
        int D = rows.FeatureCount;
        double[] mean = new double[D];
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = rows.Values.AsSpan(i * D, D);
            for (int d = 0; d < row.Length; d++)
                mean[d] += row[d];
        }

        for (int d = 0; d < D; d++)
            mean[d] /= rows.Count;

        double[] squares = new double[D];
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = rows.Values.AsSpan(i * D, D);
            for (int d = 0; d < row.Length; d++)
                squares[d] += (row[d] - mean[d]) * (row[d] - mean[d]);
        }

        return Scaling(mean, mean, squares, rows.Count);
    }

    // Zeros stay zeros: the scale makes up for the spread around the mean, but the mean is not taken off.
    private static FeatureScaling MeasureSparse(SparseRows rows)
    {
        int D = rows.FeatureCount;
        double[] mean = new double[D];
        long[] present = new long[D];
        for (int k = 0; k < rows.Values.Length; k++)
        {
            mean[rows.Indices[k]] += rows.Values[k];
            present[rows.Indices[k]]++;
        }

        for (int d = 0; d < D; d++)
            mean[d] /= rows.Count;

        double[] squares = new double[D];
        for (int k = 0; k < rows.Values.Length; k++)
        {
            double deviation = rows.Values[k] - mean[rows.Indices[k]];
            squares[rows.Indices[k]] += deviation * deviation;
        }

        for (int d = 0; d < D; d++)
            squares[d] += (rows.Count - present[d]) * mean[d] * mean[d];
        return Scaling(new double[D], mean, squares, rows.Count);
    }

    /// <summary>The scaling by these offsets, of constants by their value, and the standard deviations that sums of squared deviations give. A spread below the rounding of
    /// the mean is a constant's: its feature says nothing and gets weight 0.</summary>
    public static FeatureScaling Scaling(double[] offset, double[] mean, double[] squares, long count)
    {
        double[] scale = new double[squares.Length];
        bool[] isConstant = new bool[squares.Length];
        for (int d = 0; d < scale.Length; d++)
        {
            double deviation = Math.Sqrt(squares[d] / count);
            isConstant[d] = !(deviation > Math.Max(Math.Abs(mean[d]) * SinglePrecision, Smallest));
            scale[d] = isConstant[d] ? 1 : 1 / deviation;
            if (isConstant[d])
                offset[d] = (float)mean[d]; // the value itself, so that nothing is left of it, also of sparse rows, which all have it
        }
        return new FeatureScaling(offset, scale, isConstant);
    }

    // Half a unit in the last place of a float, relative to its value.
    private const double SinglePrecision = 1.0 / (1 << 24);
}
