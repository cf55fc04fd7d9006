using MlNetShallowNet.Training;
using Xunit;
using static MlNetShallowNet.Tests.Options.PlanTests;

namespace MlNetShallowNet.Tests.Options;

/// <summary>What is decided of the trees and the line beside the networks.</summary>
public class PlanOfOtherMembersTests
{
    [Fact]
    public void OfFarMoreColumnsThanRowsTreesFindTheFewThatTellButNotAmongWords()
    {
        Assert.NotNull(Make(rows: new DataShape(60, 20_000, 20_000, false)).Trees);
        Assert.Null(Make(rows: new DataShape(60, 20_000, 50, true)).Trees);
    }

    [Fact]
    public void AmongManyColumnsTreesAreLargerAndSeeThemAllUpToAThousand()
    {
        TreePlan Trees(int features) => Make(rows: new DataShape(1_500, features, features, false)).Trees!;
        Assert.Equal((8, 0.5), (Trees(49).Leaves, Trees(49).FeatureShare));
        Assert.Equal((24, 1), (Trees(50).Leaves, Trees(1_000).FeatureShare));
        Assert.Equal((24, 0.25), (Trees(12_000).Leaves, Trees(12_000).FeatureShare));
        Assert.Equal((8, 32), (Trees(15_001).Leaves, Trees(15_001).Intervals));
    }

    [Fact]
    public void OnlyOfManyColumnsForTheRowsALineMaySelectSome()
    {
        LinearPlan Line(long count, int features) => Make(rows: new DataShape(count, features, features, false)).Line!;
        Assert.Empty(Line(1_500, 30).LassoShares);
        Assert.NotEmpty(Line(1_499, 30).LassoShares);
        Assert.Empty(Line(20_000, 1_000).LassoShares); // too many numbers to keep a second time
    }

    [Fact]
    public void TreesOfMoreThanTenThousandRowsAreLargerAndJudgedBesideTheNetworks()
    {
        DataShape few = new(10_000, 20, 20, false), more = few with { Count = 10_001 }, sparse = new(60_000, 500, 9, true);
        Assert.Equal((8, 0, 8), (Make(rows: few).Trees!.Leaves, Make(rows: few).Trees!.LeastGain, Make(rows: few).Trees!.Parts));
        Assert.Equal((16, 2e-3, 1), (Make(rows: more).Trees!.Leaves, Make(rows: more).Trees!.LeastGain, Make(rows: more).Trees!.Parts));
        Assert.Equal((20, 40), (Make(rows: more).Trees!.Patience, Make(rows: sparse).Trees!.Patience));
        Assert.Equal(2, Make(o => o.BagTrees = true, more).Trees!.Parts);
        Assert.Equal((0.8, 1), (Make(rows: more).Trees!.FeatureShare, Make(rows: sparse).Trees!.FeatureShare));
        foreach (DataShape without in (DataShape[])[sparse with { Features = 3_000 }, sparse with { Count = 9_000 }])
            Assert.Null(Make(rows: without).Trees);
        Assert.Null(Make(o => o.Activation = Activation.Tanh, more).Trees);
    }

    [Fact]
    public void TreesOfManyRowsAreGrownOnSomeOfThemAndOnlyAfterATrial()
    {
        DataShape fewer = new(99_999, 20, 20, false), many = new(2_000_000, 20, 20, false);
        TreePlan plan = Make(rows: many).Trees!, trial = plan.Trial!;
        Assert.Equal((32, 60, 2e-3, 1), (plan.Leaves, plan.Rounds, plan.LeastGain, plan.Parts));
        Assert.Equal((64, 20, 5e-4, 1), (trial.Leaves, trial.Rounds, trial.LeastGain, trial.Parts));
        Assert.Null(trial.Trial);
        Assert.Equal(trial, Make(o => o.BagTrees = true, many).Trees!.Trial);
        Assert.Equal((250_000, 40_000), (plan.MostRows, trial.MostRows));
        Assert.Equal((1 << 24) / 1000, Make(rows: many with { Features = 1000 }).Trees!.MostRows);
        Assert.Null(Make(rows: fewer).Trees!.Trial);
        Assert.Equal(int.MaxValue, Make(rows: fewer).Trees!.MostRows);
    }
}
