using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class ScheduleTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void ConstantStays() =>
        Assert.All(Enumerable.Range(1, 100), step => Assert.Equal(1, Schedule.Constant.Factor(step, 100, 10)));

    [Fact]
    public void StepFallsAfterItsEpochs()
    {
        var schedule = new Schedule(LearningRateSchedule.Step, StepEpochs: 2, StepFactor: 0.5);
        // Three steps an epoch: epochs 1 and 2 are steps 1 to 6.
        Assert.Equal(1, schedule.Factor(6, 30, 3), Tolerance);
        Assert.Equal(0.5, schedule.Factor(7, 30, 3), Tolerance);
        Assert.Equal(0.5, schedule.Factor(12, 30, 3), Tolerance);
        Assert.Equal(0.25, schedule.Factor(13, 30, 3), Tolerance);
    }

    [Fact]
    public void InverseScalingFallsWithThePowerOfTheEpoch()
    {
        var schedule = new Schedule(LearningRateSchedule.InverseScaling, Power: 0.5);
        Assert.Equal(1, schedule.Factor(3, 30, 3), Tolerance);
        Assert.Equal(1 / Math.Sqrt(2), schedule.Factor(4, 30, 3), Tolerance);
        Assert.Equal(0.5, schedule.Factor(10, 30, 3), Tolerance);
    }

    [Fact]
    public void CosineFallsFromOneToNearZero()
    {
        var schedule = new Schedule(LearningRateSchedule.Cosine);
        double[] factors = [.. Enumerable.Range(1, 100).Select(step => schedule.Factor(step, 100, 10))];
        Assert.Equal(1, factors[0], Tolerance);
        Assert.Equal(0.5, factors[50], Tolerance); // half way, cos(π/2)
        Assert.Equal((1 - Math.Cos(Math.PI / 100)) / 2, factors[99], Tolerance);
        Assert.All(factors.Zip(factors.Skip(1)), pair => Assert.True(pair.Second < pair.First));
    }

    [Fact]
    public void WarmUpRisesFirst()
    {
        var schedule = new Schedule(LearningRateSchedule.Constant, WarmUp: 0.1);
        Assert.Equal(0.1, schedule.Factor(1, 100, 10), Tolerance);
        Assert.Equal(0.9, schedule.Factor(9, 100, 10), Tolerance);
        Assert.Equal(1, schedule.Factor(10, 100, 10), Tolerance);
    }
}
