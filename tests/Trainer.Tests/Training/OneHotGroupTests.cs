using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class OneHotGroupTests
{
    // Two columns of three categories and two, a number between them, two flags that are 1 together.
    private static readonly DenseRows _rows = new(
        8, [
            1, 0, 0, 0.5f, 1, 0, 1, 1,
            0, 1, 0, 0, 0, 1, 0, 0,
            0, 0, 1, 1, 1, 0, 0, 0,
            0, 0, 0, 2, 0, 0, 0, 1,
        ], [0, 1, 0, 1]);

    private static (int, int)[] Found(TrainingRows rows, Func<int, bool> mayBe) => [.. OneHotGroup.Find(rows, mayBe).Select(g => (g.First, g.Count))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NeighboursOfWhichARowHasOneAreAGroup(bool sparse)
    {
        TrainingRows rows = sparse ? Sparse() : _rows;
        // The first flag is 1 in a row that has the first category; a column of them may be none in some rows.
        Assert.Equal([(0, 3), (4, 2), (6, 1), (7, 1)], Found(rows, _ => true));
        Assert.Equal([(0, 1), (2, 1), (4, 2), (6, 1), (7, 1)], Found(rows, d => d != 1));
        Assert.Equal([], Found(rows, _ => false));
    }

    private static SparseRows Sparse()
    {
        int[][] present = [.. Enumerable.Range(0, _rows.Count).Select(i => Enumerable.Range(0, 8).Where(d => _rows.Values[8 * i + d] != 0).ToArray())];
        int[] starts = [0, .. present.Select((_, i) => present.Take(i + 1).Sum(row => row.Length))];
        return new SparseRows(8, starts, [.. present.SelectMany(row => row)], [.. present.SelectMany((row, i) => row.Select(d => _rows.Values[8 * i + d]))], _rows.Labels);
    }
}
