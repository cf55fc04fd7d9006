using MathNet.Numerics.LinearAlgebra;
using Microsoft.Extensions.Time.Testing;
using Microsoft.ML;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Options;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>The ensemble that is trained when nothing is set.</summary>
public class EnsembleTests
{
    private readonly MLContext _ml = new(1);

    private static ShallowNetworkTrainer.Options Small(Action<ShallowNetworkTrainer.Options>? change = null)
    {
        var options = new ShallowNetworkTrainer.Options { Members = 8, HiddenUnits = 8 * 6, NumberOfIterations = 6, Seed = 11 };
        change?.Invoke(options);
        return options;
    }

    private ShallowNetworkModelParameters Fit(ShallowNetworkTrainer.Options options, IDataView? data = null, IDataView? validation = null) =>
        _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(data ?? TestRows.View(_ml), validation, null).Model;

    private static float[] All(ShallowNetworkModelParameters model) => [.. model.W1, .. model.B1, .. model.W2, model.B2];

    private static double Accuracy(ShallowNetworkModelParameters model) =>
        TestRows.Rows(1000, seed: 5).Average(r => model.Score(r.Features) > 0 == r.Label ? 1.0 : 0);

    [Fact]
    public void NothingSetMeansAnEnsembleOnEncodedFeatures()
    {
        ShallowNetworkModelParameters model = Fit(new());
        Assert.InRange(model.HiddenUnits, 8 * 64, 8 * 64 + 2 + 40 * 8); // and those of a line and of trees
        Assert.NotNull(model.Encoding);
        Assert.Equal(8, model.History.Members.Count);
        Assert.Equal(200, model.Estimate!.Rows);
        Assert.InRange(Accuracy(model), 0.9, 1);
        // What it expects of itself is what it gets, within three standard errors of either.
        double loss = TestRows.Rows(1000, seed: 5).Average(r => Math.Log(1 + Math.Exp(r.Label ? -model.Score(r.Features) : model.Score(r.Features))));
        Assert.Equal(loss, model.Estimate.LogLoss, 3 * model.Estimate.LogLossStandardError);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(23, 2)]
    [InlineData(64, 8)]
    [InlineData(80, 8)]
    public void HiddenUnitsAreDividedAmongMembersOfEightAtLeast(int asked, int members)
    {
        ShallowNetworkModelParameters model = Fit(new() { HiddenUnits = asked, NumberOfIterations = 2 });
        Assert.InRange(model.HiddenUnits, asked - members + 1, asked);
        Assert.NotNull(model.Encoding);
        Assert.Equal(members == 1 ? 0 : members, model.History.Members.Count);
        Assert.Equal(Math.Min(members, 8) * 200 / 8, model.Estimate!.Rows);
    }

    [Theory]
    [InlineData(FeatureEncoding.PiecewiseLinear)]
    [InlineData(FeatureEncoding.None)]
    public void AnyNumberOfThreadsGivesTheSameBits(FeatureEncoding encoding)
    {
        float[] with(int threads) => All(Fit(Small(o => (o.NumberOfThreads, o.FeatureEncoding) = (threads, encoding))));
        float[] one = with(1);
        Assert.Equal(one, with(2));
        Assert.Equal(one, with(5));
    }

    [Fact]
    public void AnotherSeedGivesAnotherNetwork() => Assert.NotEqual(All(Fit(Small())), All(Fit(Small(o => o.Seed = 12))));

    [Fact]
    public void TheScoreIsTheMeanOfTheMembersScores()
    {
        NetworkParameters[] members = [.. Enumerable.Range(0, 5).Select(k => new EngineProblem(1, 4, 6, Activation.Gelu, seed: k + 1).Network)];
        NetworkParameters joined = MemberJoin.Join(members);
        Assert.Equal(5 * 6, joined.HiddenUnits);
        Matrix<double> X = new EngineProblem(50, 4, 1, Activation.Gelu, seed: 9).X;
        Matrix<double> mean = members.Select(n => TextbookNetwork.Forward(n, X).Z2).Aggregate((a, b) => a + b) / 5;
        // Sums of 30 numbers of size 1 in double precision, in another order.
        Assert.InRange((mean - TextbookNetwork.Forward(joined, X).Z2).InfinityNorm(), 0, 50 * 1e-14);
    }

    [Fact]
    public void HistoriesAreJoinedByTheirMeans()
    {
        TrainingHistory joined = MemberJoin.Join(
        [
            new TrainingHistory([new(4, 3), new(2, 1)], 2, false),
            new TrainingHistory([new(6, 5)], 1, true),
            TrainingHistory.None,
        ]);
        Assert.Equal([new TrainingEpoch(5, 4), new TrainingEpoch(4, 3)], joined.Epochs); // one that ended earlier counts with its last
        Assert.Equal(1, joined.BestEpoch);
        Assert.True(joined.WasCancelled);
        Assert.Equal(3, joined.Members.Count);
    }

    [Fact]
    public void EveryRowIsLeftOutByOneMemberAndPartsHaveBothClasses()
    {
        float[] labels = [.. Enumerable.Range(0, 83).Select(i => i < 20 ? 1f : 0f)];
        int[] parts = StratifiedParts.Of(new DenseRows(1, new float[83], labels), 8, 5);
        for (int part = 0; part < 8; part++)
        {
            int[] rows = [.. Enumerable.Range(0, 83).Where(i => parts[i] == part)];
            Assert.InRange(rows.Length, 10, 11);
            Assert.InRange(rows.Count(i => labels[i] > 0), 2, 3);
        }
    }

    [Fact]
    public void MembersKeepTheirBestEpoch()
    {
        ShallowNetworkModelParameters model = Fit(Small(o => (o.NumberOfIterations, o.Patience) = (40, 5)));
        Assert.All(model.History.Members, member =>
        {
            double best = member.Epochs.Min(e => e.ValidationLoss!.Value);
            Assert.Equal(best, member.Epochs[member.BestEpoch - 1].ValidationLoss);
        });
    }

    [Fact]
    public void MoreMembersThanPartsGoRoundAgain()
    {
        ShallowNetworkModelParameters model = Fit(Small(o => (o.Members, o.HiddenUnits, o.NumberOfIterations) = (20, 20 * 6, 2)));
        Assert.Equal(20, model.History.Members.Count);
        Assert.Equal(20 * 6, model.HiddenUnits);
        Assert.Equal(200, model.Estimate!.Rows);
    }

    [Fact]
    public void FewMembersLeaveOutTheirPartsOnly()
    {
        ShallowNetworkModelParameters model = Fit(Small(o => (o.Members, o.HiddenUnits) = (2, 12)));
        Assert.Equal(50, model.Estimate!.Rows); // two eighths of 200
    }

    [Fact]
    public void GivenValidationRowsJudgeAllMembers()
    {
        ShallowNetworkModelParameters model = Fit(Small(), TestRows.View(_ml), _ml.Data.LoadFromEnumerable(TestRows.Rows(90, seed: 4)));
        Assert.Null(model.Estimate);
        Assert.All(model.History.Members, m => Assert.NotNull(m.Epochs[0].ValidationLoss));
    }

    public static TheoryData<int> FewRows() => [1, 2, 3, 5, 9, 20];

    [Theory]
    [MemberData(nameof(FewRows))]
    public void AFewRowsAreEnough(int count)
    {
        ShallowNetworkModelParameters model = Fit(new(), TestRows.View(_ml, count));
        Assert.All(TestRows.Rows(20), r => Assert.True(float.IsFinite(model.Score(r.Features))));
    }

    [Fact]
    public void OneClassAloneIsLearnt()
    {
        ShallowNetworkModelParameters model = Fit(new(), _ml.Data.LoadFromEnumerable(TestRows.Rows().Where(r => !r.Label)));
        Assert.All(TestRows.Rows(20), r => Assert.True(model.Score(r.Features) < 0));
    }

    [Fact]
    public void OutliersAndScalesDoNoHarm()
    {
        // As if someone had forgotten to look at the data: one value is a million times the others, one feature never changes, one comes twice.
        List<TestRows.Row> rows = TestRows.Rows();
        rows[0].Features[0] = 1e9f;
        rows.ForEach(r => (r.Features[2], r.Features[3]) = (77, r.Features[1]));
        List<TestRows.Row> fresh = TestRows.Rows(1000, seed: 5);
        fresh.ForEach(r => (r.Features[2], r.Features[3]) = (77, r.Features[1]));
        ShallowNetworkModelParameters model = Fit(new(), _ml.Data.LoadFromEnumerable(rows));
        Assert.InRange(fresh.Average(r => model.Score(r.Features) > 0 == r.Label ? 1.0 : 0), 0.88, 1);
    }

    [Fact]
    public void SparseRowsAreTrainedOnToo()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TestRows.SparseRows());
        foreach (FeatureEncoding encoding in Enum.GetValues<FeatureEncoding>())
        {
            ShallowNetworkModelParameters model = Fit(new() { FeatureEncoding = encoding, Seed = 3 }, data);
            Assert.Equal(encoding == FeatureEncoding.PiecewiseLinear, model.Encoding is not null);
            Assert.InRange(model.Estimate!.Auc, 0.9, 1);
        }
    }

    [Fact]
    public void CancellingKeepsWhatThereIs()
    {
        using var source = new CancellationTokenSource();
        int reports = 0;
        var progress = new Reports(p =>
        {
            Assert.Equal(8, p.Members);
            Assert.InRange(p.Member, 1, 8);
            if (++reports == 5)
                source.Cancel();
        });
        ShallowNetworkModelParameters model = Fit(Small(o => (o.NumberOfIterations, o.Progress, o.CancellationToken) = (100_000, progress, source.Token)));
        Assert.True(model.History.WasCancelled);
        Assert.InRange(model.HiddenUnits, 6, 48);
        Assert.All(model.History.Members, m => Assert.InRange(m.BestEpoch, 1, 5));
        Assert.True(float.IsFinite(model.Score([0, 0, 1000, 0])));
    }

    [Fact]
    public void ATimeBudgetKeepsWhatThereIs()
    {
        FakeTimeProvider clock = new();
        var progress = new Reports(_ => clock.Advance(TimeSpan.FromSeconds(0.1)));
        ShallowNetworkModelParameters model = Fit(Small(o =>
            (o.NumberOfIterations, o.Patience, o.TimeBudgetSeconds, o.Progress, o.Clock) = (int.MaxValue, int.MaxValue, 4, progress, clock)));
        Assert.True(model.History.WasCancelled);
        Assert.True(model.History.BestEpoch > 0);
        Assert.True(float.IsFinite(model.Score([0, 0, 1000, 0])));
    }

    private sealed class Reports(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }

    [Fact]
    public void GoesOnFromAnEncodedNetwork()
    {
        ShallowNetworkModelParameters first = Fit(Small());
        ShallowNetworkTransformer second = _ml.BinaryClassification.Trainers.ShallowNetwork(
            new ShallowNetworkTrainer.Options { NumberOfIterations = 20, LearningRate = 0.001, Seed = 2 }).Fit(TestRows.View(_ml), first);
        Assert.Equal(first.HiddenUnits, second.Model.HiddenUnits);
        Assert.Equal(first.Encoding!.ColumnCount, second.Model.Encoding!.ColumnCount);
        double loss(ShallowNetworkModelParameters m) =>
            TestRows.Rows().Average(r => Math.Log(1 + Math.Exp(r.Label ? -m.Score(r.Features) : m.Score(r.Features))));
        Assert.True(loss(second.Model) < loss(first));
    }

    [Fact]
    public void PresetsAreOptionsLikeOthers()
    {
        ShallowNetworkTrainer.Options fast = ShallowNetworkTrainer.Options.Fast(), best = ShallowNetworkTrainer.Options.Best();
        Assert.Equal(2 * 32, Fit(fast).HiddenUnits);
        best.NumberOfIterations = 1;
        int units = Fit(best).HiddenUnits;
        best.BagTrees = false;
        int withOneSetOfTrees = Fit(best).HiddenUnits;
        Assert.InRange(withOneSetOfTrees, 16 * 64, 16 * 64 + 2 + 40 * 8);
        Assert.InRange(units, withOneSetOfTrees, 16 * 64 + 2 + 16 * 40 * 8);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TreesOfSomeRowsStandBesideNetworksOfAll(bool withLine)
    {
        DenseRows rows = MadeUpRows.Dense(4000, 3), fresh = MadeUpRows.Dense(4000, 4);
        TrainedNetwork Trained(int threads)
        {
            TrainingData data = TrainingProblem.Data(rows);
            TrainingSettings settings = Plan.Make(new() { Members = 3, NumberOfIterations = 3, LearningRate = 1e-3, NumberOfThreads = threads }, data.Shape, null, seed: 1);
            Assert.NotNull(settings.Line);
            return TrainingRun.Train(data, null, null, null, settings with
            {
                Line = withLine ? settings.Line : null,
                Trees = new TreePlan(Rounds: 20, JudgedEvery: 10, LeastGain: 1e-3, Parts: 1, Refit: false, MostRows: 2000),
            });
        }

        TrainedNetwork one = Trained(1), three = Trained(3);
        Assert.Equal(TrainingProblem.All(one), TrainingProblem.All(Trained(2)));
        Assert.Equal(TrainingProblem.All(one), TrainingProblem.All(three));
        Assert.InRange(one.Network.HiddenUnits, 3 * 64 + 20, 3 * 64 + 2 + 20 * 8);
        // Those that the three networks left out, of every second row.
        Assert.Equal(750, one.Estimate!.Rows, 75.0);
        ModelScorer scorer = one.CreateScorer();
        double loss = Enumerable.Range(0, fresh.Count).Average(i => LogLoss.Of(scorer.Score(MadeUpRows.Row(fresh, i)), fresh.Labels[i]));
        Assert.Equal(loss, one.Estimate.LogLoss, 4 * one.Estimate.LogLossStandardError);
    }

    // Features of kernels, exp(-|x - c|² / 2): far from the centre they underflow, so that knots may be nearer than a slope can say.
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void ScoresOfFeaturesThatUnderflowAreNumbers(int seed)
    {
        const int count = 2000;
        var random = new Random(seed);
        (double X, double Y)[] centres = [(0, 0), (10, 0)];
        float[] values = new float[count * 2], labels = new float[count];
        for (int i = 0; i < count; i++)
        {
            (double x, double y) = (random.NextDouble() * 30 - 10, random.NextDouble() * 30 - 10);
            labels[i] = x > 5 != y > 12 ? 1 : 0;
            for (int d = 0; d < 2; d++)
                values[i * 2 + d] = (float)Math.Exp(-((x - centres[d].X) * (x - centres[d].X) + (y - centres[d].Y) * (y - centres[d].Y)) / 2);
        }
        var rows = new DenseRows(2, values, labels);
        TrainedNetwork trained = TrainingProblem.Train(TrainingProblem.Data(rows), new());
        Assert.Contains(values, v => v is > 0 and < 2.9e-39f);
        Assert.All(TextbookNetwork.Forward(trained.Network, EncodedProblem.Columns(trained.Encoding!, rows)).Z2.Row(0), score => Assert.True(double.IsFinite(score)));
    }
}
