using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class PlattScalingTests
{
    private static (double[] Scores, double[] Labels) Draw(int count, double slope, double offset, int seed = 3)
    {
        var random = new Random(seed);
        double[] scores = new double[count], labels = new double[count];
        for (int i = 0; i < count; i++)
        {
            scores[i] = random.NextDouble() * 8 - 4;
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-(slope * scores[i] + offset))) ? 1 : 0;
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
    public void LeavesCalibratedScoresAlone()
    {
        // By chance one in a hundred gets a scaling; of twenty fixed draws none or one.
        int scaled = Enumerable.Range(0, 20).Count(seed =>
        {
            (double[] scores, double[] labels) = Draw(500, 1, 0, seed);
            return PlattScaling.Fit(scores, labels, Ones(500)) is not null;
        });
        Assert.InRange(scaled, 0, 1);
    }

    [Fact]
    public void ScoresThatPartTheClassesDoNotCallForCertainty()
    {
        double[] scores = [.. Enumerable.Range(0, 40).Select(i => (i - 19.5) / 10)];
        double[] labels = [.. scores.Select(s => s > 0 ? 1.0 : 0)];
        PlattScaling? found = PlattScaling.Fit(scores, labels, Ones(40));
        Assert.True(found is null || found.Slope < 20, $"The slope is {found?.Slope}.");
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
