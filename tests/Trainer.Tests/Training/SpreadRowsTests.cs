using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class SpreadRowsTests
{
    [Theory]
    [InlineData(10, 5)]
    [InlineData(1001, 300)]
    [InlineData(2_000_000_000, 1000)]
    public void OneRowOfEachStretch(int count, int most)
    {
        int[] which = SpreadRows.Of(count, most)!;
        Assert.Equal(most, which.Length);
        Assert.All(which.Index(), pair => Assert.InRange(pair.Item, (long)pair.Index * count / most, (long)(pair.Index + 1) * count / most - 1));
    }

    [Fact]
    public void FewRowsAreAll()
    {
        Assert.Null(SpreadRows.Of(5, 5));
        Assert.Null(SpreadRows.Of(0, 5));
    }

    // Whatever the period of a table, each of its places has its share: within five standard deviations of a binomial one.
    [Fact]
    public void NoPeriodOfTheTableIsSeen()
    {
        foreach (int every in (int[])[2, 3, 10])
        {
            int[] which = SpreadRows.Of(20_000 * every, 20_000)!;
            foreach (int period in (int[])[2, every, 7, 24, 5 * every])
            {
                double expected = 20_000.0 / period, bound = 5 * Math.Sqrt(expected);
                int[] counts = new int[period];
                foreach (int row in which)
                    counts[row % period]++;
                Assert.All(counts, count => Assert.InRange(count, expected - bound, expected + bound));
            }
        }
    }
}
