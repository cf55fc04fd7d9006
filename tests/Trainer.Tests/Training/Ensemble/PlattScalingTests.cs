using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class PlattScalingTests
{
    private static (double[] Scores, double[] Labels) Draw(int count, double slope, double offset, int seed = 3, double at = 0)
    {
        var random = new Random(seed);
        double[] scores = new double[count], labels = new double[count];
        for (int i = 0; i < count; i++)
        {
            double score = random.NextDouble() * 8 - 4;
            scores[i] = at + score;
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-(at + slope * score + offset))) ? 1 : 0;
        }

        return (scores, labels);
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    [Theory]
    [InlineData(0.5, 0.3)]
    [InlineData(2, -1)]
    public void FindsTheSlopeAndOffsetThatScoresNeed(double slope, double offset)
    {
        (double[] scores, double[] labels) = Draw(20_000, slope, offset);
        PlattScaling found = PlattScaling.Fit(scores, labels, Ones(20_000))!;
        // Four standard errors: about 1 / √(rows * p (1-p) * spread).
        Assert.Equal(slope, found.Slope, 4 * 0.03);
        Assert.Equal(offset, found.Offset, 4 * 0.04);
    }

    [Fact]
    public void ScoresThatNeedNoneKeepNearlyTheirSlope()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (double[] scores, double[] labels) = Draw(500, 1, 0, seed);
            PlattScaling found = PlattScaling.Fit(scores, labels, Ones(500))!;
            // Four standard errors: the mean of p (1-p) score² is 0.33 here; that of p (1-p) is 0.24.
            Assert.Equal(1, found.Slope, 4 / Math.Sqrt(500 * 0.33));
            Assert.Equal(0, found.Offset, 4 / Math.Sqrt(500 * 0.24));
        }
    }

    [Fact]
    public void ScoresOfARareClassAreSpreadAroundItsBaseRate()
    {
        // The scores stand half as far from log(1/99) as they should.
        double centre = Math.Log(1 / 99.0);
        (double[] scores, double[] labels) = Draw(60_000, 2, 0, at: centre);
        PlattScaling found = PlattScaling.Fit(scores, labels, Ones(60_000))!;
        Assert.Equal(2, found.Slope, 0.1);
        Assert.Equal(centre, found.Slope * centre + found.Offset, 0.1);
    }

    [Fact]
    public void ScoresThatPartTheClassesDoNotCallForCertainty()
    {
        double[] scores = [.. Enumerable.Range(0, 40).Select(i => (i - 19.5) / 10)];
        double[] labels = [.. scores.Select(s => s > 0 ? 1.0 : 0)];
        Assert.InRange(PlattScaling.Fit(scores, labels, Ones(40))!.Slope, 1, 3);
    }

    [Fact]
    public void ScoresThatAreWorseThanChanceCountForLittleButAreNotTurnedRound()
    {
        double[] scores = [.. Enumerable.Range(0, 400).Select(i => (i - 199.5) / 50)];
        double[] labels = [.. scores.Select(s => s < 0 ? 1.0 : 0)];
        Assert.InRange(PlattScaling.Fit(scores, labels, Ones(400))!.Slope, 1e-12, 0.01);
    }

    [Fact]
    public void TheScaleOfWeightsSaysNothing()
    {
        (double[] scores, double[] labels) = Draw(400, 0.4, 0);
        PlattScaling one = PlattScaling.Fit(scores, labels, Ones(400))!;
        PlattScaling thousand = PlattScaling.Fit(scores, labels, [.. Enumerable.Repeat(1000.0, 400)])!;
        Assert.Equal(one.Slope, thousand.Slope, 1e-6);
    }

    [Fact]
    public void OneClassAloneIsLeftAlone() =>
        Assert.Null(PlattScaling.Fit([3, 4, 5], [1, 1, 1], Ones(3)));
}
