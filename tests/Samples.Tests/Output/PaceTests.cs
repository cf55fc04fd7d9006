using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.SamplesTests.Output;

/// <summary>How fast a work is, and the time that is left.</summary>
public sealed class PaceTests
{
    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    [Fact]
    public void ItIsToldFromTheFirstReportOn()
    {
        Clock clock = new() { Seconds = 100 };
        Pace pace = new(clock);
        Assert.Equal("", pace.After(5000, 0.1)); // whatever came before
        clock.Seconds = 110;
        Assert.Equal(", 1,200 rows/s, 35 s left", pace.After(17_345, 0.3));
        clock.Seconds = 10_100;
        Assert.Equal(", 100,000 rows/s, 5 h 7 min left", pace.After(1e9 + 5000, 0.4 + 1.0 / 60));
        clock.Seconds = 400;
        Assert.Equal(", 3 min 20 s left", pace.After(5000, 0.64)); // nobody counts rows
        Assert.Equal(", 2 rows/s", pace.After(5600, 1));
    }

    [Fact]
    public void OfWorkersThatReportTogetherItIsToldOnceOneReportsAgain()
    {
        Clock clock = new() { Seconds = 100 };
        Pace pace = new(clock);
        Assert.Equal("", pace.After(1000, 1 / 16.0, worker: 2));
        clock.Seconds = 101;
        Assert.Equal("", pace.After(2000, 2 / 16.0, worker: 1));
        Assert.Equal("", pace.After(3000, 3 / 16.0, worker: 3));
        clock.Seconds = 130;
        Assert.Equal(", 100 rows/s, 2 min 0 s left", pace.After(4000, 4 / 16.0, worker: 2));
        Assert.Equal(", 130 rows/s, 1 min 23 s left", pace.After(5000, 5 / 16.0, worker: 1));
    }
}
