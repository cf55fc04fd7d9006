using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class RowSubsetTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RowsAreSpreadOverAllWithTheirLabelsAndWeights(bool isSparse)
    {
        SparseRows sparse = MadeUpRows.Sparse(1000, 20, 1);
        float[] weights = [.. Enumerable.Range(0, 1000).Select(i => (float)i)];
        DenseRows dense = new(20, sparse.ToDense().Values, sparse.Labels, weights);
        TrainingRows rows = isSparse ? new SparseRows(20, sparse.RowStarts, sparse.Indices, sparse.Values, sparse.Labels, weights) : dense;
        RowSubset some = RowSubset.Spread(rows, 300);
        Assert.Equal(300, some.Rows.Count);
        Assert.All(some.Which!.Index(), pair => Assert.InRange(pair.Item, pair.Index * 10 / 3, (pair.Index + 1) * 10 / 3 - 1)); // one of each stretch
        Assert.Equal(some.Which!.Select(i => dense.Labels[i]), some.Rows.Labels);
        Assert.Equal(some.Which!.Select(i => weights[i]), some.Rows.Weights!);
        float[] values = (some.Rows as DenseRows ?? ((SparseRows)some.Rows).ToDense()).Values;
        Assert.Equal(some.Which!.SelectMany(i => dense.Values.AsSpan(i * 20, 20).ToArray()), values);
    }

    [Fact]
    public void AllRowsAreTheRowsThemselves()
    {
        DenseRows rows = MadeUpRows.Dense(100, 1);
        HeldOutParts parts = MembersByHand.Parts(rows, 4, 1);
        foreach (RowSubset all in new[] { RowSubset.Spread(rows, 100), RowSubset.Around(0, rows, parts, 75) })
        {
            Assert.Same(rows, all.Rows);
            Assert.Same(parts, all.Of(parts));
            Assert.Null(all.Which);
        }
    }

    [Fact]
    public void APartIsWholeAmongOthersThatAreChosen()
    {
        DenseRows rows = MadeUpRows.Dense(1000, 1);
        HeldOutParts parts = MembersByHand.Parts(rows, 8, 1);
        RowSubset some = RowSubset.Around(2, rows, parts, 200);
        Assert.Equal(325, some.Rows.Count);
        Assert.Equal(parts.RowsOf(2), some.Which!.Where(i => parts.PartOf[i] == 2));
        Assert.Equal(some.Which!.Order(), some.Which!);
        Assert.Equal(some.Which!.Select(i => parts.PartOf[i]), some.Of(parts).PartOf);
    }

    [Fact]
    public void ScoresGoToTheSubsetsNumbersAndBack()
    {
        DenseRows rows = MadeUpRows.Dense(10, 1);
        RowSubset some = new(rows.Only([0, 2, 4, 6, 8]), [0, 2, 4, 6, 8]);
        OutOfFoldScores scores = some.Of(new OutOfFoldScores([1, 2, 5, 8, 9], [1, 2, 1, 2, 1], [.1, .2, .5, .8, .9], [0, 1, 0, 1, 1], [1, 2, 3, 4, 5]));
        Assert.Equal([1, 4], scores.Rows);
        Assert.Equal([.2, .8], scores.Scores);
        Assert.Equal([2, 2], scores.Counts);
        Assert.Equal([1.0, 1.0], scores.Labels);
        Assert.Equal([2.0, 4.0], scores.Weights);
        double[] back = some.Spread([.1, .2, .3, .4, .5], 10);
        Assert.Equal([.1, double.NaN, .2, double.NaN, .3, double.NaN, .4, double.NaN, .5, double.NaN], back);
    }

    [Fact]
    public void AllThatIsLeftOutIsOnePartTogether()
    {
        var parts = new HeldOutParts([0, 3, 1, 2, 1], 2);
        HeldOutParts together = parts.Together();
        Assert.Equal([0, 2, 4], together.RowsOf(0));
        Assert.Equal(1, together.Count);
        Assert.Equal(0, new HeldOutParts([0, 1], 0).Together().Count);
    }
}
