using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Boosted trees of soft splits as a member of an ensemble: every leaf is a hidden unit. How many trees there are is decided by rows that
/// they were not grown on: one sequence of trees is grown without each part, all in step, until their loss on the parts together, or that of the
/// networks and them, has not become lower for a while.
/// </summary>
internal sealed class TreeMember
{
    private TreeMember(double logOdds, IReadOnlyList<SoftLeaf> leaves, int trees, double[] outOfPartScores) =>
        (LogOdds, Leaves, Trees, OutOfPartScores) = (logOdds, leaves, trees, outOfPartScores);

    /// <summary>The score before the first tree.</summary>
    public double LogOdds { get; }

    /// <summary>The leaves of all trees.</summary>
    public IReadOnlyList<SoftLeaf> Leaves { get; }

    /// <summary>How many trees were found best; 0 where none lowers the loss of the rows left out.</summary>
    public int Trees { get; }

    /// <summary>The score of each row by the trees grown without it; NaN for rows that are in no part left out.</summary>
    public double[] OutOfPartScores { get; }

    /// <summary>Grows the trees. The same seed gives the same bits, whatever the number of threads.</summary>
    /// <param name="rows">The rows. A row of weight w counts as w rows.</param>
    /// <param name="parts">Which rows are left out in turn. Without any, all of the plan's rounds are grown on all rows.</param>
    /// <param name="plan">How.</param>
    /// <param name="seed">Where the random numbers start.</param>
    /// <param name="threads">How many threads may work.</param>
    /// <param name="beside">How the networks score the rows left out, for plans by which trees are judged together with them.</param>
    /// <param name="cancel">Stops between trees, with those that there are.</param>
    public static TreeMember Fit(
        TrainingRows rows, HeldOutParts parts, TreePlan plan, int seed, int threads, OutOfFoldScores? beside = null, CancellationToken cancel = default)
    {
        if (plan.Trial is { } trial && parts.Count > 0)
        {
            RowSubset some = RowSubset.Around(part: 0, rows, parts, trial.MostRows);
            if (Fit(some.Rows, some.Of(parts), trial, seed, threads, beside is null ? null : some.Of(beside), cancel).Trees == 0)
                return new TreeMember(0, [], 0, [.. Enumerable.Repeat(double.NaN, rows.Count)]);
        }

        parts = parts with { Count = Math.Min(parts.Count, plan.Parts) };
        TreeColumns columns = Columns(plan);
        int atOnce = Math.Clamp(parts.Count, 1, threads);
        Judged judged = Judge(plan, columns);
        if (plan.Other is { } other && beside?.LoseTo(judged.Scores) == true)
        {
            TreeColumns finer = other.Intervals == plan.Intervals && other.MinHessian >= plan.MinHessian ? columns : Columns(other);
            Judged ofOther = Judge(other, finer);
            if (beside.MixedWith([ofOther.Scores]).Mixed.LogLoss < beside.MixedWith([judged.Scores]).Mixed.LogLoss)
                (plan, judged, columns) = (other with { Refit = plan.Refit }, ofOther, finer);
        }
        if (parts.Count > 0 && !plan.Refit)
        {
            IEnumerable<SoftLeaf> leaves = judged.Without.SelectMany(b => b.Trees.Take(judged.Trees)).SelectMany(t => t);
            return new TreeMember(
                judged.Without.Average(b => b.LogOdds), [.. leaves.Select(l => l with { Value = l.Value / parts.Count })], judged.Trees, judged.Scores);
        }

        var onAll = new BoostedTrees(columns, plan, [.. Enumerable.Range(0, rows.Count)], [], unchecked(seed * 1_000_003 + parts.Count), threads);
        for (int tree = 0; tree < judged.Trees && !cancel.IsCancellationRequested; tree++)
            onAll.Grow();
        return new TreeMember(onAll.LogOdds, [.. onAll.Trees.SelectMany(t => t)], judged.Trees, judged.Scores);

        // p (1 - p) is a quarter at most.
        TreeColumns Columns(TreePlan by) => new(rows, by.Intervals, threads, 4 * by.MinHessian);

        Judged Judge(TreePlan by, TreeColumns of)
        {
            BoostedTrees[] without =
            [
                .. Enumerable.Range(0, parts.Count).Select(k => new BoostedTrees(
                    of, by, parts.RowsBut(k), parts.RowsOf(k), unchecked(seed * 1_000_003 + k), threads / atOnce)),
            ];
            double[] scores = new double[rows.Count];
            Array.Fill(scores, double.NaN);
            return new Judged(without, parts.Count == 0 ? by.Rounds : Rounds(without, by, atOnce, scores, beside, cancel), scores);
        }
    }

    /// <summary>The same trees as those of more rows, of which these were grown on some.</summary>
    /// <param name="subset">Which.</param>
    /// <param name="count">How many rows there are.</param>
    public TreeMember Among(RowSubset subset, int count) => new(LogOdds, Leaves, Trees, subset.Spread(OutOfPartScores, count));

    /// <summary>The member to or from a checkpoint; null where it comes from there.</summary>
    public static TreeMember Exchange(StateExchange state, TreeMember? member, TrainingData data)
    {
        double logOdds = state.Value(member?.LogOdds ?? 0);
        int trees = state.Value(member?.Trees ?? 0);
        double[] scores = state.Array(member?.OutOfPartScores ?? []);
        SoftLeaf[] leaves = new SoftLeaf[state.Count(member?.Leaves.Count ?? 0, 2 * sizeof(long))];
        for (int i = 0; i < leaves.Length; i++)
            leaves[i] = new SoftLeaf(state.Array<Turn>([.. member?.Leaves[i].Path ?? []]), state.Value(member?.Leaves[i].Value ?? 0));
        state.Check(scores.Length == data.Sample.Count && double.IsFinite(logOdds) && leaves.All(IsWhole));
        return new TreeMember(logOdds, leaves, trees, scores);

        bool IsWhole(SoftLeaf leaf) => double.IsFinite(leaf.Value)
            && leaf.Path.All(t => t.Ramp.Feature >= 0 && t.Ramp.Feature < data.FeatureCount && t.Ramp.From < t.Ramp.To);
    }

    // The best number of trees; the scores are those after it.
    private static int Rounds(
        BoostedTrees[] without, TreePlan plan, int atOnce, double[] scores, OutOfFoldScores? beside, CancellationToken cancel)
    {
        bool areJudgedBeside = beside is not null && plan.LeastGain > 0;
        double[] now = [.. scores], losses = [.. without.Select(b => b.LossOfLeftOut())];
        Score(scores);
        double lowest = Loss();
        int best = 0;
        for (int round = plan.JudgedEvery; round <= plan.Rounds && round - best <= plan.Patience && !cancel.IsCancellationRequested; round += plan.JudgedEvery)
        {
            Parallel.For(0, without.Length, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, k =>
            {
                for (int tree = 0; tree < plan.JudgedEvery && !cancel.IsCancellationRequested; tree++)
                    without[k].Grow();
                losses[k] = without[k].LossOfLeftOut();
            });
            double loss = Loss();
            if (!(loss < lowest * (1 - plan.LeastGain)))
                continue;
            (lowest, best) = (loss, round);
            Score(scores);
        }

        return best;

        double Loss()
        {
            if (!areJudgedBeside)
                return losses.Sum();
            Score(now);
            OutOfFoldScores mixed = beside!.MixedWith([now]).Mixed;
            return mixed.LogLoss - mixed.AveragingGain;
        }

        void Score(double[] to)
        {
            foreach (BoostedTrees b in without)
            {
                foreach (int row in b.LeftOut)
                    to[row] = b.Scores[row];
            }
        }
    }

    // Trees that were grown without each part, and how well they do there.
    private sealed record Judged(BoostedTrees[] Without, int Trees, double[] Scores);
}
