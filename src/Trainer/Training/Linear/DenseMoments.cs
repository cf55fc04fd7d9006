using System.Numerics;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Mean and standard deviation of every feature by weight, and how many rows are 0 in it.</summary>
/// <param name="Mean">The means.</param>
/// <param name="Deviation">The standard deviations; 0 where the values differ by no more than their rounding.</param>
/// <param name="Zeros">How many rows are 0.</param>
internal sealed record DenseMoments(double[] Mean, double[] Deviation, long[] Zeros)
{
    private const int RowsInBlock = 256; // so few that sums in single precision are good, and counts exact
    private const double SinglePrecision = 1.0 / (1 << 24);
    private const double LeastSquares = 1e-30; // less may be lost below the smallest numbers of single precision

    public static DenseMoments Of(DenseRows rows)
    {
        int D = rows.FeatureCount, n = rows.Count;
        double[] sums = new double[D], squares = new double[D];
        long[] zeros = new long[D];
        float[] blockSums = new float[D], blockSquares = new float[D], blockZeros = new float[D];
        ReadOnlySpan<float> first = n > 0 ? rows.Values.AsSpan(0, D) : []; // deviations from it are small numbers where the mean is large
        double all = 0;
        for (int from = 0; from < n; from += RowsInBlock)
        {
            Array.Clear(blockSums);
            Array.Clear(blockSquares);
            Array.Clear(blockZeros);
            for (int i = from; i < Math.Min(from + RowsInBlock, n); i++)
            {
                float weight = rows.Weights?[i] ?? 1;
                all += weight;
                Add(rows.Values.AsSpan(i * D, D), first, weight, blockSums, blockSquares, blockZeros);
            }

            for (int d = 0; d < D; d++)
            {
                sums[d] += blockSums[d];
                squares[d] += blockSquares[d];
                zeros[d] += (long)blockZeros[d];
            }
        }

        double[] mean = new double[D], deviation = new double[D];
        for (int d = 0; d < D; d++)
        {
            if (!double.IsFinite(squares[d]) || (squares[d] < LeastSquares && sums[d] != 0))
                (sums[d], squares[d]) = InDoublePrecision(rows, d, first[d]);
            double shift = sums[d] / all;
            mean[d] = first[d] + shift;
            double spread = Math.Sqrt(Math.Max(0, squares[d] / all - shift * shift));
            deviation[d] = spread > Math.Max(Math.Abs(mean[d]) * SinglePrecision, Standardizer.Smallest) ? spread : 0;
        }

        return new DenseMoments(mean, deviation, zeros);
    }

    // Of a feature in units so large or small that its squares are beyond single precision.
    private static (double Sum, double Squares) InDoublePrecision(DenseRows rows, int d, double first)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weights?[i] ?? 1, shifted = rows.Values[i * rows.FeatureCount + d] - first;
            sum += weight * shifted;
            squares += weight * shifted * shifted;
        }
        return (sum, squares);
    }

    private static void Add(ReadOnlySpan<float> row, ReadOnlySpan<float> first, float weight, float[] sums, float[] squares, float[] zeros)
    {
        int d = 0;
        for (; d <= row.Length - Vector<float>.Count; d += Vector<float>.Count)
        {
            var x = new Vector<float>(row[d..]);
            Vector<float> shifted = x - new Vector<float>(first[d..]), weighted = shifted * weight;
            (new Vector<float>(sums, d) + weighted).CopyTo(sums, d);
            (new Vector<float>(squares, d) + weighted * shifted).CopyTo(squares, d);
            (new Vector<float>(zeros, d) + Vector.ConditionalSelect(Vector.Equals(x, Vector<float>.Zero), Vector<float>.One, Vector<float>.Zero))
                .CopyTo(zeros, d);
        }

        for (; d < row.Length; d++)
        {
            float shifted = row[d] - first[d];
            sums[d] += weight * shifted;
            squares[d] += weight * shifted * shifted;
            zeros[d] += row[d] == 0 ? 1 : 0;
        }
    }
}
