using MlNetShallowNet.Engine;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>Where a row is found among the non-zeros of all.</summary>
public class SparseRowsTests
{
    [Theory]
    [InlineData(2, new[] { 0, 2, 4, 6 })]
    [InlineData(0, new[] { 0, 0, 0 })]
    [InlineData(-1, new[] { 0, 2, 4, 5 })]
    [InlineData(-1, new[] { 0, 0, 0, 2 })]
    [InlineData(-1, new[] { 1, 3, 5 })]
    [InlineData(-1, new[] { 0, 3, 4, 6 })]
    public void EachRowIsWhereItStarts(int ofEach, int[] starts)
    {
        int[] indices = [.. starts.Zip(starts.Skip(1), (from, to) => Enumerable.Range(0, to - from)).SelectMany(i => i)];
        var rows = new SparseRows(3, starts, [.. new int[starts[0]], .. indices], new float[starts[^1]], new float[starts.Length - 1]);

        Assert.Equal(ofEach, rows.OfEach);
        for (int i = 0; i < rows.Count; i++)
            Assert.Equal((starts[i], starts[i + 1] - starts[i]), rows.Row(i));
    }
}
