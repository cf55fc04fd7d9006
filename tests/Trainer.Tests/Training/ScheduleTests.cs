using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class ScheduleTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void ConstantStays() =>
        Assert.All(Enumerable.Range(1, 100), step => Assert.Equal(1, LearningRateSchedule.Constant.Factor(step, 100)));

    [Fact]
    public void CosineFallsFromOneToNearZero()
    {
        double[] factors = [.. Enumerable.Range(1, 100).Select(step => LearningRateSchedule.Cosine.Factor(step, 100))];
        Assert.Equal(1, factors[0], Tolerance);
        Assert.Equal(0.5, factors[50], Tolerance); // half way, cos(π/2)
        Assert.Equal((1 - Math.Cos(Math.PI / 100)) / 2, factors[99], Tolerance);
        Assert.All(factors.Zip(factors.Skip(1)), pair => Assert.True(pair.Second < pair.First));
    }

    [Fact]
    public void StepsBeyondTheLastKeepItsFactor() =>
        Assert.Equal(LearningRateSchedule.Cosine.Factor(100, 100), LearningRateSchedule.Cosine.Factor(107, 100));
}
