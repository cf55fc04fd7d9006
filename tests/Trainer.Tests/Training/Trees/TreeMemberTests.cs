using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class TreeMemberTests
{
    private static readonly HeldOutParts _none = new([], 0);
    private static readonly TreePlan _all = new(Rounds: 10, FeatureShare: 1);

    private static double LossOf(IEnumerable<double> scores, DenseRows rows) => scores.Select((z, i) => LogLoss.Of(z, rows.Labels[i])).Average();

    [Fact]
    public void LearnsWhatDependsOnTwoFeaturesTogether()
    {
        DenseRows rows = MadeUpRows.Dense(3000, 1), fresh = MadeUpRows.Dense(3000, 2);
        HeldOutParts parts = MembersByHand.Parts(rows, 4, 1);
        var trees = TreeMember.Fit(rows, parts, new TreePlan(), 1, 1);
        var line = LinearMember.Fit(rows, parts, LinearPlan.ForDenseRows, 1);
        double Fresh(Func<ReadOnlySpan<float>, double> score) => LossOf(Enumerable.Range(0, fresh.Count).Select(i => score(MadeUpRows.Row(fresh, i))), fresh);
        Assert.True(Fresh(trees.Score) < Fresh(line.Score));
        Assert.True(LossOf(trees.OutOfPartScores, rows) < LossOf(line.OutOfPartScores, rows));
    }

    [Fact]
    public void TheLeavesScoreAsTheTreesDidWhileTheyGrew()
    {
        DenseRows rows = MadeUpRows.Dense(800, 3);
        HeldOutParts parts = MembersByHand.Parts(rows, 8, 1) with { Count = 1 };
        var member = TreeMember.Fit(rows, parts, new TreePlan(Refit: false), 1, 1);
        Assert.NotEqual(0, member.Trees);
        // Each leaf adds a product and a sum in single precision.
        double most = Math.Abs(member.LogOdds) + member.Leaves.Sum(l => Math.Abs(l.Value)), rounding = member.Leaves.Count * most * Math.Pow(2, -23);
        foreach (int i in parts.RowsOf(0))
            Assert.Equal(member.OutOfPartScores[i], member.Score(MadeUpRows.Row(rows, i)), rounding);
        Assert.All(parts.RowsBut(0), i => Assert.True(double.IsNaN(member.OutOfPartScores[i])));
    }

    [Fact]
    public void KeptTreesAreTheMeanOfThoseGrownWithoutEachPart()
    {
        DenseRows rows = MadeUpRows.Dense(800, 4);
        HeldOutParts parts = MembersByHand.Parts(rows, 4, 1);
        var kept = TreeMember.Fit(rows, parts, new TreePlan(Refit: false), 1, 1);
        var again = TreeMember.Fit(rows, parts, new TreePlan(Refit: true), 1, 1);
        Assert.Equal(again.OutOfPartScores, kept.OutOfPartScores);
        Assert.Equal(again.Trees, kept.Trees);
        Assert.InRange(kept.Leaves.Count, kept.Trees * 4, kept.Trees * 4 * 8);
        Assert.InRange(again.Leaves.Count, again.Trees, again.Trees * 8);
    }

    [Fact]
    public void NoTreeIsKeptWhereLabelsAreChance()
    {
        DenseRows rows = MadeUpRows.Dense(400, 5);
        var random = new Random(5);
        for (int i = 0; i < rows.Count; i++)
            rows.Labels[i] = random.Next(2);
        var member = TreeMember.Fit(rows, MembersByHand.Parts(rows, 8, 1), new TreePlan(), 1, 1);
        Assert.InRange(member.Trees, 0, 2);
    }

    [Fact]
    public void WeightedRowsEqualRepeatedOnes()
    {
        DenseRows rows = MadeUpRows.Dense(400, 6, weighted: true);
        var weighted = TreeMember.Fit(rows, _none, _all, 1, 1);
        var repeated = TreeMember.Fit(MadeUpRows.Repeated(rows), _none, _all, 1, 1);
        for (int i = 0; i < rows.Count; i++)
            Assert.Equal(repeated.Score(MadeUpRows.Row(rows, i)), weighted.Score(MadeUpRows.Row(rows, i)), 1e-4);
    }

    [Theory]
    [InlineData(2, 8)]
    [InlineData(3, 8)]
    [InlineData(8, 8)]
    [InlineData(2, 1)]
    [InlineData(8, 1)]
    public void TheSameBitsAtAnyNumberOfThreads(int threads, int leftOut)
    {
        DenseRows rows = MadeUpRows.Dense(60_000, 7); // enough for histograms to be shared
        HeldOutParts parts = MembersByHand.Parts(rows, 8, 1) with { Count = leftOut };
        var plan = new TreePlan(Rounds: 3);
        var one = TreeMember.Fit(rows, parts, plan, 1, 1);
        var several = TreeMember.Fit(rows, parts, plan, 1, threads);
        Assert.Equal(one.OutOfPartScores, several.OutOfPartScores);
        Assert.Equal(one.Leaves.Select(l => l.Value), several.Leaves.Select(l => l.Value));
        Assert.Equal(one.Leaves.SelectMany(l => l.Path), several.Leaves.SelectMany(l => l.Path));
    }

    [Fact]
    public void StopsWhenAsked()
    {
        DenseRows rows = MadeUpRows.Dense(300, 8);
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Empty(TreeMember.Fit(rows, MembersByHand.Parts(rows, 4, 1), new TreePlan(), 1, 1, cancel: cancel.Token).Leaves);
    }

    private static readonly TreePlan _beside = new(Rounds: 30, Patience: 10, JudgedEvery: 5, LeastGain: 1e-3, Parts: 1, Refit: false);

    private static OutOfFoldScores Networks(DenseRows rows, HeldOutParts parts, Func<int, double> score)
    {
        int[] known = parts.RowsOf(0);
        return new OutOfFoldScores(known, [.. known.Select(_ => 1)], [.. known.Select(score)], [.. known.Select(i => (double)rows.Labels[i])], [.. known.Select(_ => 1.0)]);
    }

    [Fact]
    public void BesideNetworksTreesAreKeptWhereThoseLackWhatTreesFind()
    {
        DenseRows rows = MadeUpRows.Dense(6000, 9);
        HeldOutParts parts = MembersByHand.Parts(rows, 4, 1);
        // What the labels were drawn by, and the same without the product of two features.
        double Rest(ReadOnlySpan<float> x) => 0.3 * x[2] - 1 + x[3] - 0.5 * x[4];
        double Truth(int i) => 2 * MadeUpRows.Row(rows, i)[0] * (MadeUpRows.Row(rows, i)[1] > 1000 ? 1 : -1) + Rest(MadeUpRows.Row(rows, i));
        var helped = TreeMember.Fit(rows, parts, _beside, 1, 1, Networks(rows, parts, i => Rest(MadeUpRows.Row(rows, i))));
        var useless = TreeMember.Fit(rows, parts, _beside, 1, 1, Networks(rows, parts, Truth));
        Assert.InRange(helped.Trees, 5, 30);
        Assert.Equal((0, 0), (useless.Trees, useless.Leaves.Count));
        Assert.Equal(parts.RowsOf(0).Length, helped.OutOfPartScores.Count(double.IsFinite));
    }

    [Fact]
    public void ATrialOnFewRowsSaysWhetherTreesAreGrown()
    {
        DenseRows rows = MadeUpRows.Dense(6000, 9);
        HeldOutParts parts = MembersByHand.Parts(rows, 4, 1);
        OutOfFoldScores networks = Networks(rows, parts, i => 0.3 * MadeUpRows.Row(rows, i)[2] - 1);
        TreeMember Grown(TreePlan? trial) => TreeMember.Fit(rows, parts, _beside with { Trial = trial }, 1, 1, networks);
        TreeMember without = Grown(null), passed = Grown(_beside with { MostRows = 1000 }), failed = Grown(_beside with { MostRows = 1000, LeastGain = 0.5 });
        Assert.NotEmpty(without.Leaves);
        Assert.Equal(without.Leaves.Select(l => l.Value), passed.Leaves.Select(l => l.Value));
        Assert.Equal((0, 0, rows.Count), (failed.Trees, failed.Leaves.Count, failed.OutOfPartScores.Count(double.IsNaN)));
    }

    /// <summary>They are where trees clearly lead the networks, and kept if left-out rows like them better.</summary>
    [Fact]
    public void TreesOfAnotherSizeAreGrownWhereTreesLead()
    {
        DenseRows rows = MadeUpRows.Dense(3000, 9);
        HeldOutParts parts = MembersByHand.Parts(rows, 4, 1);
        TreePlan few = new(Rounds: 3, Leaves: 4, FeatureShare: 1), larger = new(Rounds: 60, Leaves: 16, FeatureShare: 1, Intervals: 32), worse = new(Rounds: 1, Leaves: 2, Rate: 0.01, FeatureShare: 1);
        OutOfFoldScores behind = Networks(rows, parts, _ => 0), ahead = Networks(rows, parts, i => rows.Labels[i] > 0 ? 9 : -9);
        double[] Values(TreePlan plan, OutOfFoldScores? networks) => [.. TreeMember.Fit(rows, parts, plan, 1, 1, networks).Leaves.Select(l => l.Value)];
        Assert.Equal(Values(larger, behind), Values(few with { Other = larger }, behind));
        Assert.Equal(Values(few, ahead), Values(few with { Other = larger }, ahead));
        Assert.Equal(Values(few, null), Values(few with { Other = larger }, null));
        Assert.Equal(Values(few, behind), Values(few with { Other = worse }, behind));
        double[] scores = TreeMember.Fit(rows, parts, few, 1, 1).OutOfPartScores;
        OutOfFoldScores even = Networks(rows, parts, i => scores[i]);
        Assert.Equal(Values(few, even), Values(few with { Other = larger }, even));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void SparseRowsGiveTheBitsOfTheSameRowsDense(int threads)
    {
        SparseRows sparse = MadeUpRows.Sparse(4000, 30, 2);
        // A column of two values, one of them 0; whole numbers; one that is always there.
        for (int k = 0; k < sparse.Values.Length; k++)
            sparse.Values[k] = (sparse.Indices[k] % 3) switch { 1 => 1, 2 => MathF.Ceiling(4 * sparse.Values[k]), _ => sparse.Values[k] };
        DenseRows dense = sparse.ToDense();
        HeldOutParts parts = MembersByHand.Parts(dense, 4, 1);
        var plan = new TreePlan(Rounds: 10, Patience: 10, FeatureShare: 1, MinHessian: 0.1);
        var expected = TreeMember.Fit(dense, parts, plan, 1, 1);
        var actual = TreeMember.Fit(sparse, parts, plan, 1, threads);
        Assert.Equal(expected.OutOfPartScores, actual.OutOfPartScores);
        Assert.Equal(expected.Leaves.Select(l => l.Value), actual.Leaves.Select(l => l.Value));
        Turn[] turns = [.. actual.Leaves.SelectMany(l => l.Path)];
        Assert.Equal(expected.Leaves.SelectMany(l => l.Path), turns.Select(t => t with { Ramp = t.Ramp with { IsLine = false } }));
        Assert.Equal(turns.Select(t => t.Ramp.Feature % 3 == 1), turns.Select(t => t.Ramp.IsLine));
        Assert.Contains(turns, t => t.Ramp.IsLine);
        Assert.Contains(turns, t => !t.Ramp.IsLine);
    }

    /// <summary>A tree of four leaves can say it by a set of places and the number's sign; by one place at a time it would take one leaf for each.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CategoriesAreSplitBySets(bool dense)
    {
        SparseRows sparse = MadeUpRows.Places(6000, 30, 1);
        TrainingRows rows = dense ? sparse.ToDense() : sparse;
        DenseRows fresh = MadeUpRows.Places(3000, 30, 2).ToDense();
        TreeMember trees = TreeMember.Fit(rows, _none, new TreePlan(Rounds: 20, Leaves: 4, FeatureShare: 1), 1, 1);
        double loss = LossOf(Enumerable.Range(0, fresh.Count).Select(i => trees.Score(MadeUpRows.Row(fresh, i))), fresh), possible = LogLoss.Of(Math.Log(9), 1) * 0.9 + LogLoss.Of(-Math.Log(9), 1) * 0.1;
        Assert.InRange(loss, possible - 0.05, possible + 0.05);
        Assert.All(trees.Leaves.SelectMany(l => l.Path).Where(t => t.Or), t => Assert.InRange(t.Ramp.Feature, 1, 30));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void SetsOfCategoriesHaveTheBitsOfTheSameRowsDense(int threads)
    {
        SparseRows sparse = MadeUpRows.Places(5000, 30, 3);
        DenseRows dense = sparse.ToDense();
        HeldOutParts parts = MembersByHand.Parts(dense, 4, 1);
        var plan = new TreePlan(Rounds: 10, Patience: 10, FeatureShare: 1);
        TreeMember expected = TreeMember.Fit(dense, parts, plan, 1, 1), actual = TreeMember.Fit(sparse, parts, plan, 1, threads);
        Assert.Equal(expected.OutOfPartScores, actual.OutOfPartScores);
        Turn[] turns = [.. actual.Leaves.SelectMany(l => l.Path)];
        Assert.Equal(expected.Leaves.SelectMany(l => l.Path), turns.Select(t => t with { Ramp = t.Ramp with { IsLine = false } }));
        Assert.Equal(turns.Select(t => t.Ramp.Feature > 0), turns.Select(t => t.Ramp.IsLine));
        Assert.Contains(turns, t => t.Or);
    }
}
