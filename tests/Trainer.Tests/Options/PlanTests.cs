using MlNetShallowNet.Options;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Options;

/// <summary>What is decided from options and the rows' shape: a pure function, so that rows need not be there.</summary>
public class PlanTests
{
    private static readonly DataShape _rows = new(1_000, 20, 20, false);

    internal static TrainingSettings Make(Action<ShallowNetworkTrainer.Options>? change = null, DataShape? rows = null, (int, IActivation, int)? initial = null)
    {
        var options = new ShallowNetworkTrainer.Options();
        change?.Invoke(options);
        return Plan.Make(options, rows ?? _rows, initial, seed: 5);
    }

    [Fact]
    public void TheSameOptionsAndShapeGiveTheSamePlan() => Assert.Equal(Make(), Make());

    public static TheoryData<int?, int> Asked()
    {
        var data = new TheoryData<int?, int>();
        foreach (int? members in new int?[] { null, 1, 2, 3, 8, 24 })
        {
            foreach (int units in new[] { 1, 5, 8, 15, 16, 23, 64, 65, 100, 1000 })
                data.Add(members, units);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Asked))]
    public void HiddenUnitsThatAreAskedForAreThoseOfTheResult(int? members, int units)
    {
        TrainingSettings plan = Make(o => (o.Members, o.HiddenUnits) = (members, units));
        Assert.Equal(members ?? plan.Members, plan.Members);
        if (units >= plan.Members)
            Assert.InRange(plan.Members * plan.HiddenUnits, units - plan.Members + 1, units);
        else
            Assert.Equal(1, plan.HiddenUnits); // a member has one at least
        if (members is null && units >= 8)
            Assert.InRange(plan.HiddenUnits, 8, int.MaxValue);
        if (members is null or 1)
            Assert.True(Plan.Gives(new() { Members = members, HiddenUnits = units }, plan.Members * plan.HiddenUnits));
    }

    [Theory]
    [InlineData(Solver.GradientDescent)]
    [InlineData(Solver.Lbfgs)]
    [InlineData(Solver.Sgd)]
    public void TheCoursesSolversArePlain(Solver solver) => AssertPlain(Make(o => o.Solver = solver));

    [Fact]
    public void GradientDescentHasNoPenalty()
    {
        TrainingSettings plan = Make(o => o.Solver = Solver.GradientDescent);
        Assert.Equal(0, plan.L2);
        Assert.False(plan.StartsAtBaseRate);
        Assert.Equal(WeightInitialization.Auto, plan.Initialization);
    }

    [Theory]
    [InlineData(Solver.Adam)]
    [InlineData(Solver.GradientDescent)]
    public void AnInitialModelIsPlainAndGivesItsShape(Solver solver)
    {
        TrainingSettings plan = Make(o => (o.Solver, o.FeatureEncoding) = (solver, FeatureEncoding.PiecewiseLinear), initial: (7, Activation.Elu, 0));
        AssertPlain(plan);
        Assert.Equal((7, Activation.Elu), (plan.HiddenUnits, plan.Activation));
    }

    [Fact]
    public void SteepUnitsOfAnInitialModelAreMovedAsMuchLess()
    {
        foreach ((Solver solver, double rate, double steep) in new[] { (Solver.Adam, 0.003, 0.003 / 256), (Solver.Sgd, 0.05, 0.05 / (5 * 16_384)), (Solver.GradientDescent, 1.2, 1.2 / (5 * 16_384)) })
        {
            Assert.Equal(rate, Make(o => o.Solver = solver, initial: (7, Activation.Gelu, 0)).LearningRate, 1e-12);
            TrainingSettings plan = Make(o => o.Solver = solver, initial: (7, Activation.Gelu, 5));
            Assert.Equal(steep, plan.LearningRate, 1e-12);
            Assert.Equal(0, plan.L2);
            Assert.Equal(0.5, Make(o => (o.Solver, o.LearningRate) = (solver, 0.5), initial: (7, Activation.Gelu, 5)).LearningRate);
        }
    }

    private static void AssertPlain(TrainingSettings plan)
    {
        Assert.Equal(1, plan.Members);
        Assert.Equal(0, plan.EncodingIntervals);
        Assert.Equal(0, plan.HiddenDropout);
        Assert.Equal(0, plan.ValidationFraction);
        Assert.Equal(LearningRateSchedule.Constant, plan.Schedule);
        Assert.Equal(int.MaxValue, plan.Patience);
    }

    [Fact]
    public void WhatIsAskedForIsDone()
    {
        TrainingSettings plan = Make(o =>
        {
            (o.Solver, o.Members, o.HiddenUnits, o.FeatureEncoding, o.EncodingIntervals) = (Solver.Sgd, 3, 12, FeatureEncoding.PiecewiseLinear, 5);
            (o.L2Regularization, o.HiddenDropout, o.ValidationFraction, o.LearningRate) = (0.5, 0.1, 0.2, 0.7);
            (o.LearningRateSchedule, o.Patience, o.NumberOfIterations, o.BatchSize) = (LearningRateSchedule.Cosine, 4, 9, 33);
        });
        Assert.Equal((Solver.Sgd, 3, 4, 5), (plan.Solver, plan.Members, plan.HiddenUnits, plan.EncodingIntervals));
        Assert.Equal((0.5, 0.1, 0.2, 0.7), (plan.L2, plan.HiddenDropout, plan.ValidationFraction, plan.LearningRate));
        Assert.Equal((LearningRateSchedule.Cosine, 4, 9, 33), (plan.Schedule, plan.Patience, plan.Epochs, plan.BatchSize));
    }

    [Fact]
    public void UnscaledFeaturesAreNotEncodedUnlessAskedFor()
    {
        Assert.True(Make().EncodingIntervals > 0);
        Assert.Equal(0, Make(o => o.InputScaling = InputScaling.None).EncodingIntervals);
        Assert.True(Make(o => (o.InputScaling, o.FeatureEncoding) = (InputScaling.None, FeatureEncoding.PiecewiseLinear)).EncodingIntervals > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(32)]
    public void MembersAndTheirStepsShareTheThreads(int threads)
    {
        foreach (int members in new[] { 1, 2, 5, 8, 24 })
        {
            TrainingSettings plan = Make(o => (o.Members, o.NumberOfThreads) = (members, threads));
            Assert.InRange(plan.MembersAtOnce, 1, members);
            Assert.InRange(plan.MembersAtOnce * plan.Threads, 1, threads);
            Assert.True(plan.MembersAtOnce == members || plan.Threads == 1, "As many members as can be work side by side.");
        }
        Assert.Equal(Make(o => o.NumberOfThreads = threads).Seed, Make().Seed);
    }

    [Fact]
    public void ThreadsChangeNothingElse() =>
        Assert.Equal(Make(o => o.NumberOfThreads = 1), Make(o => o.NumberOfThreads = 8) with { Threads = 1, MembersAtOnce = 1 });

    [Fact]
    public void MembersHaveSeedsOfTheirOwnAndASingleOneThatOfTheOptions()
    {
        TrainingSettings eight = Make(), one = Make(o => o.Members = 1);
        Assert.Equal(8, Enumerable.Range(0, 8).Select(k => eight.Of(k).Seed).Distinct().Count());
        Assert.Equal(5, one.Of(0).Seed);
    }

    public static TheoryData<long, int> Sizes => new()
    {
        { 1, 1 }, { 30, 3 }, { 500, 8 }, { 1_999, 9 }, { 20_000, 30 }, { 30_000, 28 }, { 30_000, 300 }, { 200_000, 300 }, { 50_000_000, 28 }, { 3_000, 100_000 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void DefaultsAreWithinTheirRangesForAnyShape(long count, int features)
    {
        foreach (bool sparse in new[] { false, true })
        {
            TrainingSettings plan = Make(rows: new DataShape(count, features, sparse ? Math.Max(1, features / 50.0) : features, sparse));
            bool isFarWider = features > 10 * count;
            Assert.Equal(isFarWider ? 4 : count < 2_000 ? 8 : count < 20_000 ? 6 : count < 200_000 ? 4 : 3, plan.Members);
            Assert.InRange(plan.HiddenUnits, isFarWider ? 4 : 8, isFarWider ? 4 : 192);
            Assert.InRange(plan.Epochs, !isFarWider ? 5 : sparse ? 12 : 6, !isFarWider ? 200 : sparse ? 12 : 6);
            Assert.InRange(plan.BatchSize, 1, Math.Min(count, 1024));
            Assert.InRange(plan.L2 * (sparse ? count : Math.Min(count, 300_000)), 0, 64 * (1 + 1e-12) + 0.035 * features);
            Assert.InRange(plan.LearningRate, 0.002, 0.016 * Math.Sqrt(8));
            Assert.InRange(plan.Patience, 4, plan.Epochs);
            Assert.InRange(plan.RampScale, 1, 3);
        }
    }

    [Fact]
    public void MoreThanTenThousandRowsHaveARoundActivation()
    {
        DataShape few = new(10_000, 20, 20, false), more = few with { Count = 10_001 }, text = new(12_000, 200_000, 50, true);
        Assert.Equal((Activation.ReLU, true), (Make(rows: few).Activation, Make(rows: few).Trees is not null));
        Assert.Equal((Activation.Gelu, true), (Make(rows: more).Activation, Make(rows: more).Trees is not null));
        Assert.Equal(Activation.Gelu, Make(o => o.Members = 1, more).Activation);
        Assert.Equal(Activation.Gelu, Make(rows: text with { Features = 5_000 }).Activation);
        Assert.Equal(Activation.ReLU, Make(rows: text).Activation);
        Assert.Equal(Activation.ReLU, Make(o => o.Solver = Solver.GradientDescent, more).Activation);
        Assert.Equal(Activation.ReLU, Make(o => o.Activation = Activation.ReLU, more).Activation);
        Assert.Equal(Activation.Tanh, Make(rows: more, initial: (7, Activation.Tanh, 0)).Activation);
    }

    [Fact]
    public void ThePenaltyIsDividedAfterTheFirstEpochAndOfManyRowsAfterTwoThirdsOfThem()
    {
        DataShape few = new(99_999, 20, 20, false), many = few with { Count = 100_000 };
        Assert.Equal(1, Make(rows: few).PenaltyDividedFrom);
        Assert.Equal((7, 5), (Make(o => o.NumberOfIterations = 7, many).Epochs, Make(o => o.NumberOfIterations = 7, many).PenaltyDividedFrom));
        Assert.Equal(1, Make(o => o.NumberOfIterations = 1, many).PenaltyDividedFrom);
        foreach (Action<ShallowNetworkTrainer.Options> without in new Action<ShallowNetworkTrainer.Options>[]
            { o => o.DivideL2 = false, o => o.FeatureEncoding = FeatureEncoding.None, o => o.Solver = Solver.Lbfgs })
            Assert.Equal(int.MaxValue, Make(without, few).PenaltyDividedFrom);
        Assert.Equal(int.MaxValue, Make(rows: few, initial: (7, Activation.Tanh, 0)).PenaltyDividedFrom);
    }

    [Fact]
    public void UnitsGoByTheFeaturesOfARowAndFrom300000RowsOnThereAreMore()
    {
        int Units(long count, int features) => Make(rows: new DataShape(count, features, features, false)).HiddenUnits;
        Assert.Equal((64, 64, 72, 72, 80), (Units(2_000, 28), Units(19_999, 28), Units(100_000, 28), Units(300_000, 28), Units(300_001, 28)));
        Assert.Equal((160, 40, 32), (Units(240_000, 7), Units(240_000, 50), Units(240_000, 500)));
    }

    [Fact]
    public void WhereFewAreOfTheRarerClassCapacityIsThatOfFewRows()
    {
        (int Members, int Units, int Intervals, int Epochs) Of(long count, double rarer)
        {
            TrainingSettings plan = Make(rows: new DataShape(count, 10, 10, false, RarerShare: rarer));
            return (plan.Members, plan.HiddenUnits, plan.EncodingIntervals, plan.Epochs);
        }

        Assert.Equal((3, 160, 32, 8), Of(200_000, 0.5));
        Assert.Equal(Of(200_000, 0.5), Of(200_000, 0.025)); // 5,000 rows
        Assert.Equal((6, 32, 32, 8), Of(200_000, 0.0249));
        Assert.Equal((6, 32, 8, 8), Of(200_000, 0.012));
        Assert.Equal((8, 32, 8, 8), Of(200_000, 0.001));
        Assert.Equal((8, 64, 8), (Of(5_000, 0.09).Members, Of(5_000, 0.09).Units, Of(5_000, 0.09).Intervals));
        Assert.Equal(Of(5_000, 0.5), Of(5_000, 0.11));
    }

    [Fact]
    public void ThePenaltyOfDenseRowsFallsNoFurtherBeyond300000()
    {
        double L2(long count) => Make(rows: new DataShape(count, 28, 28, false)).L2;
        Assert.Equal(1.5, L2(200_000) / L2(300_000), 1e-9);
        Assert.Equal(L2(300_000), L2(3_000_000));
    }

    [Fact]
    public void ColumnsAsManyAsSparseRowsHaveALargerPenalty()
    {
        double Sum(long count, int features, double active) => Make(rows: new DataShape(count, features, active, true)).L2 * count;
        Assert.Equal(20, Sum(60_000, 65_000, 12), 1e-9);
        Assert.Equal(0.035 * 12, Sum(600_000, 600, 12), 1e-9);
        Assert.Equal(0, Sum(1_300, 150_000, 4));
    }

    [Fact]
    public void ManyShortRowsHaveLargerBatches()
    {
        long Batch(long count, double active) => Make(rows: new DataShape(count, 500, active, true)).BatchSize;
        Assert.Equal((128, 128, 512), (Batch(19_999, 7), Batch(99_999, 10), Batch(20_000, 7)));
        Assert.Equal((512, 1024, 512), (Batch(100_000, 10), Batch(100_000, 7), Batch(287_999, 10)));
        Assert.Equal((640, 1024, 1024), (Batch(300_000, 10), Batch(460_800, 10), Batch(10_000_000, 10)));

        long OfDense(long count) => Make(rows: new DataShape(count, 28, 28, false)).BatchSize;
        Assert.Equal((128, 256, 256, 512), (OfDense(19_999), OfDense(20_000), OfDense(99_999), OfDense(100_000)));
    }

    [Fact]
    public void ShortRowsAreGoneThroughMoreOftenButNotForever()
    {
        int Epochs(long count, double active) => Make(rows: new DataShape(count, 500, active, true)).Epochs;
        Assert.Equal((10, 10, 6), (Epochs(240_000, 7), Epochs(240_000, 3), Epochs(240_000, 14)));
        Assert.Equal((15, 15, 7), (Epochs(60_000, 7), Epochs(60_000, 14), Epochs(60_000, 28)));
        Assert.Equal(49, Epochs(16_000, 16));
    }

    [Fact]
    public void WideDenseRowsAreGoneThroughLessOften()
    {
        int Epochs(long count, int features) => Make(rows: new DataShape(count, features, features, false)).Epochs;
        Assert.Equal((60, 60, 20, 10, 6), (Epochs(500, 1_000), Epochs(4_600, 57), Epochs(2_000, 5_000), Epochs(10_000, 60_000), Epochs(2_000, 60_000)));
    }

    [Fact]
    public void WhereFeaturesAreReadTogetherThereAreFewerEpochsAndUnits()
    {
        (int, int) Of(long count, bool hasCrosses, bool crosses = true, FeatureEncoding encoding = FeatureEncoding.PiecewiseLinear)
        {
            TrainingSettings plan = Make(o => (o.CrossFeatures, o.FeatureEncoding) = (crosses, encoding), new DataShape(count, 460, 7, true, hasCrosses));
            Assert.Equal(hasCrosses && crosses && encoding != FeatureEncoding.None, plan.CrossFeatures);
            return (plan.HiddenUnits, plan.Epochs);
        }

        Assert.Equal(((160, 10), (64, 7)), (Of(240_000, false), Of(240_000, true)));
        Assert.Equal(((144, 15), (144, 7)), (Of(60_000, false), Of(60_000, true)));
        Assert.Equal(Of(240_000, false), Of(240_000, true, crosses: false));
        Assert.Equal(Of(240_000, false, encoding: FeatureEncoding.None), Of(240_000, true, encoding: FeatureEncoding.None));
    }

    [Fact]
    public void ATimeBudgetIsPlannedFor()
    {
        DataShape many = new(300_000, 28, 28, false);
        TrainingSettings without = Make(o => o.NumberOfThreads = 2, many);
        Assert.Equal(without, Make(o => (o.NumberOfThreads, o.TimeBudgetSeconds) = (2, 1_000), many));
        double all = TimePlan.Seconds(many, without.Members, without.HiddenUnits, without.Epochs);
        TrainingSettings fewer = Make(o => (o.NumberOfThreads, o.TimeBudgetSeconds) = (2, 0.9 * all), many);
        Assert.Equal(without.Members, fewer.Members);
        Assert.InRange(fewer.Epochs, 4, without.Epochs - 1);
        TrainingSettings hardly = Make(o => (o.NumberOfThreads, o.TimeBudgetSeconds) = (2, all / 10), many);
        Assert.InRange(hardly.Members, 1, without.Members - 1);
        TrainingSettings asked = Make(o => (o.NumberOfThreads, o.TimeBudgetSeconds, o.Members) = (2, all / 5, 4), many);
        Assert.Equal(4, asked.Members);
        Assert.InRange(asked.Epochs, 1, 5);
        Assert.Equal(7, Make(o => (o.NumberOfThreads, o.TimeBudgetSeconds, o.NumberOfIterations) = (2, all / 10, 7), many).Epochs);
        foreach (TrainingSettings plan in (TrainingSettings[])[fewer, hardly, asked])
            Assert.InRange(TimePlan.Seconds(many, plan.Members, plan.HiddenUnits, plan.Epochs) / 2, 0, all * (plan == fewer ? 0.9 : plan == asked ? 0.2 : 0.1));
        Assert.Equal(1, Make(o => o.TimeBudgetSeconds = 1e-6, many).Epochs);
    }
}
