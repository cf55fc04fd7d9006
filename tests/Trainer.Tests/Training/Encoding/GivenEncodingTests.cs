using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class GivenEncodingTests
{
    [Fact]
    public void SparseRowsAreEncodedAsDenseOnes()
    {
        // Knots around 0, a column less 0, one less 2, none, knots beyond 0; and products.
        float[][] knots = [[-1, 0, 1], [0], [2], [], [1, 2, 4]];
        var encoding = new InputEncoding(
            [-1, -5, float.NegativeInfinity, 0, 1], [1, 5, float.PositiveInfinity, 0, 4], knots, [new FeatureCross(0, 1, 1, 2), new FeatureCross(1, 1, 4, 1)]);
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, 200 * 5).Select(_ => random.Next(2) * (float)(random.NextDouble() * 6 - 2))];
        var dense = new DenseRows(5, values, new float[200]);
        SparseRows sparse = EngineProblem.Sparse(5, values, new float[200], null);
        var inputs = new GivenEncoding(encoding, Standardizer.Measure(dense));
        SparseRows expected = (SparseRows)inputs.Prepare(dense), found = (SparseRows)inputs.Prepare(sparse);
        Assert.Equal(expected.RowStarts, found.RowStarts);
        Assert.Equal(expected.Indices, found.Indices);
        Assert.Equal(expected.Values, found.Values);
    }

    /// <summary>As dense rows, these would be 6,000 million numbers.</summary>
    [Fact]
    public void RowsOfManyFeaturesStaySparse()
    {
        const int features = 200_000, count = 30_000;
        var encoding = new InputEncoding(
            [.. Enumerable.Repeat(float.NegativeInfinity, features)], [.. Enumerable.Repeat(float.PositiveInfinity, features)], [.. Enumerable.Repeat<float[]>([0], features)]);
        int[] indices = [.. Enumerable.Range(0, count).Select(i => i * 5)];
        var rows = new SparseRows(features, [.. Enumerable.Range(0, count + 1)], indices, [.. indices.Select(_ => 1f)], new float[count]);
        var encoded = (SparseRows)new GivenEncoding(encoding, null).Prepare(rows);
        Assert.Equal(indices, encoded.Indices);
    }
}
