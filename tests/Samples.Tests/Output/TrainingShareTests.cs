using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.SamplesTests.Output;

/// <summary>How far a training is, told from what its members report.</summary>
public sealed class TrainingShareTests
{
    [Theory]
    [InlineData("1 2 3 1 2 3 1 2 3")]
    [InlineData("1 1 1 2 2 2 3 3 3")]
    [InlineData("1 1 2 3 1 3 3 2 2")]
    public void TheShareNeverFallsWhicheverMemberReports(string order)
    {
        List<double> shares = [];
        TrainingShare share = new((done, _) => shares.Add(done));
        int[] epochs = new int[3];
        foreach (int member in order.Split(' ').Select(int.Parse))
            share.Report(new TrainingProgress(++epochs[member - 1], 3, 0.5, null, TimeSpan.Zero) { Member = member, Members = 3 });
        Assert.Equal(Enumerable.Range(1, 9).Select(n => n / 9.0), shares, (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
