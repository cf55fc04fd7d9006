using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Nodes' best splits against sums over all their rows, for every feature and knot.</summary>
public class TreeGrowerTests
{
    private static readonly TreePlan _plan = new(Leaves: 9, FeatureShare: 1, Intervals: 20);

    private static (DenseRows Rows, TreeColumns Columns, float[] G, float[] H) Problem(int seed)
    {
        DenseRows rows = MadeUpRows.Dense(900, seed);
        float[] g = [.. rows.Labels.Select(y => 0.4f - y)], h = [.. rows.Labels.Select((_, i) => 0.1f + i % 7 / 50f)];
        return (rows, new TreeColumns(rows, _plan.Intervals, 1), g, h);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryNodeHasTheSplitOfTheLargestGain(int seed)
    {
        (DenseRows rows, TreeColumns columns, float[] g, float[] h) = Problem(seed);
        List<TreeNode> leaves = new TreeGrower(columns, _plan, 1).Grow([.. Enumerable.Range(0, 900)], 800, g, h, new Random(1));
        Assert.Equal(_plan.Leaves, leaves.Count);
        TreeNode[] searched = [.. leaves.Where(l => l.Best.Feature >= 0)];
        Assert.NotEmpty(searched);
        foreach (TreeNode node in searched)
        {
            Split expected = BruteForce(columns, node, g, h);
            // Memberships are rounded to single precision at every split, so sums over the rows by that; a gain of three terms g²/(h + 1)
            // changes by 2q and q² times as much, where q = |g|/h is at most 6.
            double rounding = node.Path.Length * 800 * Math.Pow(2, -24);
            Assert.Equal(expected.Gain, node.Best.Gain, 3 * (2 * 6 + 6 * 6) * rounding);
            Assert.Equal((expected.Feature, expected.Knot), (node.Best.Feature, node.Best.Knot));
        }
    }

    [Fact]
    public void ANodesRowsAreThoseThatBelongToIt()
    {
        (DenseRows rows, TreeColumns columns, float[] g, float[] h) = Problem(4);
        foreach (TreeNode node in new TreeGrower(columns, _plan, 1).Grow([.. Enumerable.Range(0, 900)], 800, g, h, new Random(1)))
        {
            var leaf = new SoftLeaf(node.Path, 1);
            double[] membership = new double[rows.Count];
            for (int a = 0; a < node.Count; a++)
                membership[node.Rows[a]] = node.Membership[a];
            for (int i = 0; i < rows.Count; i++)
                Assert.Equal(leaf.Membership(MadeUpRows.Row(rows, i)), membership[i], node.Path.Length * Math.Pow(2, -21));
            Assert.All(node.Rows[node.Trained..node.Count], i => Assert.True(i >= 800));
            Assert.All(node.Rows[..node.Trained], i => Assert.True(i < 800));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ARowIsOnTheSideOfItsCategory(bool dense)
    {
        SparseRows sparse = MadeUpRows.Places(3000, 12, 4);
        DenseRows rows = sparse.ToDense();
        float[] g = [.. rows.Labels.Select(y => 0.5f - y)], h = [.. rows.Labels.Select(_ => 0.25f)];
        var columns = new TreeColumns(dense ? rows : sparse, _plan.Intervals, 1);
        List<TreeNode> leaves = new TreeGrower(columns, _plan, 1).Grow([.. Enumerable.Range(0, rows.Count)], 2500, g, h, new Random(1));
        Assert.Contains(leaves.SelectMany(l => l.Path), t => t.Or);
        foreach (TreeNode node in leaves)
        {
            double[] membership = new double[rows.Count];
            for (int a = 0; a < node.Count; a++)
                membership[node.Rows[a]] = node.Membership[a];
            for (int i = 0; i < rows.Count; i++)
                Assert.Equal(new SoftLeaf(node.Path, 1).Membership(MadeUpRows.Row(rows, i)), membership[i], node.Path.Length * Math.Pow(2, -21));
            Assert.All(node.Rows[node.Trained..node.Count], i => Assert.True(i >= 2500));
            Assert.All(node.Rows[..node.Trained], i => Assert.True(i < 2500));
        }
    }

    /// <summary>Of all sets that there are, where categories have equally many rows, so that the order of their means is that of their sums.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void ASetOfCategoriesIsTheBestOfAll(int places)
    {
        const int rowsOfEach = 200;
        int count = places * rowsOfEach;
        var random = new Random(places);
        float[] g = [.. Enumerable.Range(0, count).Select(i => random.NextSingle() - 0.5f + (i % places * 5 % places - places / 2) / 10f)], h = [.. Enumerable.Repeat(0.25f, count)];
        var rows = new SparseRows(places, [.. Enumerable.Range(0, count + 1)], [.. Enumerable.Range(0, count).Select(i => i % places)], [.. Enumerable.Repeat(1f, count)], g);
        var columns = new TreeColumns(rows, 10, 1);
        Assert.Equal(places, Assert.Single(columns.Categories).Features.Length);
        List<TreeNode> leaves = new TreeGrower(columns, new TreePlan(Leaves: 2, FeatureShare: 1), 1).Grow([.. Enumerable.Range(0, count)], count, g, h, new Random(1));
        int chosen = leaves.Single(l => l.Path[0].Right).Path.Aggregate(0, (set, turn) => set | 1 << turn.Ramp.Feature);

        double[] sums = [.. Enumerable.Range(0, places).Select(p => Enumerable.Range(0, count).Where(i => i % places == p).Sum(i => (double)g[i]))];
        double Gain(int set)
        {
            double all = sums.Sum(), inside = sums.Where((_, p) => (set >> p & 1) == 1).Sum(), each = rowsOfEach * 0.25, n = int.PopCount(set);
            return inside * inside / (n * each + 0.3 + 10) + (all - inside) * (all - inside) / ((places - n) * each + 0.3 + 10);
        }

        int best = Enumerable.Range(1, (1 << places) - 2).MaxBy(Gain);
        Assert.InRange(int.PopCount(best), 2, places - 2); // or a single category would do
        Assert.Contains(chosen, new[] { best, (1 << places) - 1 - best });
    }

    [Fact]
    public void ARowsBinIsItsNearestKnot()
    {
        DenseRows rows = MadeUpRows.Dense(3000, 6);
        foreach (int intervals in new[] { 1, 3, 16, 17, 100, 255 })
        {
            var columns = new TreeColumns(rows, intervals, 2);
            Assert.Equal([0, 1, 2, 3, 4], columns.Used);
            foreach (int d in columns.Used)
            {
                float[] knots = columns.Knots(d);
                Assert.InRange(knots.Length, 2, intervals + 1);
                for (int i = 0; i < rows.Count; i++)
                {
                    double x = MadeUpRows.Row(rows, i)[d], nearest = knots.Min(k => Math.Abs(k - x));
                    Assert.Equal(nearest, Math.Abs(knots[columns.Bins(d)[i]] - x), Math.Abs(x) * Math.Pow(2, -23));
                }
            }
        }
    }

    [Fact]
    public void FewValuesAreKnotsThemselves()
    {
        var columns = new TreeColumns(MadeUpRows.Dense(3000, 6), 255, 1);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], columns.Knots(2));
        Assert.Equal([0, 1], columns.Knots(3));
        Assert.True(columns.Sparse.IsSparse(3));
        Assert.False(columns.Sparse.IsSparse(4));
        Assert.Single(columns.Knots(5));
        Assert.All([2, 3, 4], d => Assert.Null(columns.Values(d, out _, out _))); // a split has no row on both sides
        Assert.All([0, 1], d => Assert.NotNull(columns.Values(d, out _, out _)));
    }

    [Fact]
    public void ValuesBetweenKnotsAreFoundInEveryRow()
    {
        DenseRows rows = MadeUpRows.Dense(50_000, 6); // of which some choose the knots
        rows.Values[49_999 * MadeUpRows.Features + 2] = 1.5f;
        var columns = new TreeColumns(rows, 255, 2);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], columns.Knots(2));
        Assert.NotNull(columns.Values(2, out _, out _));
        Assert.Null(columns.Values(3, out _, out _));
    }

    private static Split BruteForce(TreeColumns columns, TreeNode node, float[] g, float[] h)
    {
        Split best = Split.None;
        foreach (int d in columns.Used)
        {
            for (int knot = 0; knot < columns.Knots(d).Length - 1; knot++)
            {
                double gl = 0, hl = 0, gr = 0, hr = 0;
                for (int a = 0; a < node.Trained; a++)
                {
                    int i = node.Rows[a];
                    if (columns.Bins(d)[i] <= knot)
                        (gl, hl) = (gl + (double)node.Membership[a] * g[i], hl + (double)node.Membership[a] * h[i]);
                    else
                        (gr, hr) = (gr + (double)node.Membership[a] * g[i], hr + (double)node.Membership[a] * h[i]);
                }

                double gain = gl * gl / (hl + _plan.L2) + gr * gr / (hr + _plan.L2) - (gl + gr) * (gl + gr) / (hl + hr + _plan.L2);
                if (hl >= _plan.MinHessian && hr >= _plan.MinHessian && gain > best.Gain)
                    best = new Split(d, knot, gain);
            }
        }

        return best;
    }
}
