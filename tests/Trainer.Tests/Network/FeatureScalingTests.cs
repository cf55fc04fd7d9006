using MlNetShallowNet.Engine;
using MlNetShallowNet.Network;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Network;

public class FeatureScalingTests
{
    private static double[] HiddenInputs(double[] w1, double[] b1, double[] x) =>
        [.. b1.Select((b, h) => b + x.Select((value, d) => w1[h * x.Length + d] * value).Sum())];

    [Fact]
    public void FoldingIsExactUpToRounding()
    {
        var scaling = new FeatureScaling([3, -20, 0.5], [2, 0.01, 7], new bool[3]);
        double[] w1 = [0.3, -0.7, 1.1, 0.2, 0.9, -0.4], b1 = [0.1, -0.2], x = [2.5, -35, 0.7];
        double[] scaled = [.. x.Select((value, d) => (value - scaling.Offset[d]) * scaling.Scale[d])];
        double[] expected = HiddenInputs(w1, b1, scaled);
        double[] folded1 = [.. w1], foldedB = [.. b1];
        scaling.Fold(folded1, foldedB);
        double[] actual = HiddenInputs(folded1, foldedB, x);
        for (int h = 0; h < expected.Length; h++)
            Assert.Equal(expected[h], actual[h], 1e-14);

        scaling.Unfold(folded1, foldedB);
        for (int i = 0; i < w1.Length; i++)
            Assert.Equal(w1[i], folded1[i], 1e-15);
        for (int h = 0; h < b1.Length; h++)
            Assert.Equal(b1[h], foldedB[h], 1e-14);
    }

    [Fact]
    public void StandardizedDenseRowsHaveMeanZeroAndDeviationOne()
    {
        float[] values = [1, 5, 1e6f, 2, 5, 1e6f + 1, 6, 5, 1e6f + 5];
        var rows = new DenseRows(3, [.. values], [0, 1, 0]);
        FeatureScaling scaling = Standardizer.Measure(rows);
        Standardizer.Apply(scaling, rows);
        foreach (int d in new[] { 0, 2 })
        {
            float[] column = [rows.Values[d], rows.Values[3 + d], rows.Values[6 + d]];
            Assert.Equal(0, column.Average(), 1e-6f);
            Assert.Equal(1, Math.Sqrt(column.Average(v => v * v)), 1e-6);
        }

        Assert.Equal([false, true, false], scaling.IsConstant); // A constant says nothing.
        double[] w1 = [1, 2, 3, 4, 5, 6];
        scaling.LeaveOutConstants(w1);
        Assert.Equal([1, 0, 3, 4, 0, 6], w1);
    }

    [Fact]
    public void SparseRowsKeepTheirZeros()
    {
        // Column 0: 0, 2, 0, 4 has mean 1.5 and variance 2.75.
        var rows = new SparseRows(2, [0, 0, 1, 1, 3], [0, 0, 1], [2, 4, 3], [0, 1, 0, 1]);
        FeatureScaling scaling = Standardizer.Measure(rows);
        Assert.Equal([0, 0], scaling.Offset);
        Assert.Equal(1 / Math.Sqrt(2.75), scaling.Scale[0], 1e-12);
        Standardizer.Apply(scaling, rows);
        Assert.Equal((float)(2 / Math.Sqrt(2.75)), rows.Values[0]);
    }
}
