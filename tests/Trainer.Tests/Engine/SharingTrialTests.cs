using System.Diagnostics;
using MlNetShallowNet.Engine;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>Steps are shared as long as that is faster, and it is found out when that changes.</summary>
public class SharingTrialTests
{
    [Fact]
    public void WhatIsFasterIsDoneMostOfTheTime()
    {
        var trial = new SharingTrial();
        Assert.Equal(0, Alone(shared: 60, alone: 100), 0.02);
        Assert.Equal(1, Alone(shared: 200, alone: 100), 0.02);
        Assert.Equal(0, Alone(shared: 60, alone: 100), 0.02);

        // The share of steps done alone in whole periods, if a row takes so many nanoseconds; every third step is interrupted for long.
        double Alone(long shared, long alone)
        {
            int count = 0;
            const int steps = 8 * 1024;
            for (int step = 0; step < steps; step++)
            {
                count += trial.IsAlone ? 1 : 0;
                int rows = step % 7 == 0 ? 100 : 256;
                long nanoseconds = (trial.IsAlone ? alone : shared) * rows + (step % 3 == 0 ? 1_000_000 : 0);
                trial.Add(nanoseconds * Stopwatch.Frequency / 1_000_000_000, rows);
            }
            return (double)count / steps;
        }
    }

    [Fact]
    public void LongStepsAreAlwaysShared()
    {
        var trial = new SharingTrial();
        for (int step = 0; step < 3000; step++)
        {
            Assert.False(trial.IsAlone);
            trial.Add(Stopwatch.Frequency / 100, 1000);
        }
    }
}
