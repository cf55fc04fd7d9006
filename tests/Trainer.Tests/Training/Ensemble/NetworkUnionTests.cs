using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class NetworkUnionTests
{
    /// <summary>The joined network's score is the weighted sum of the members'. Scores are computed in single precision, sums of some hundred
    /// terms of up to a few units: 2^-24 for each term's rounding leaves 1e-4.</summary>
    [Theory]
    [InlineData(1, 0, 0, "relu")]
    [InlineData(0, 1, 0, "relu")]
    [InlineData(0, 0, 1, "relu")]
    [InlineData(0.5, 0.2, 0.3, "relu")]
    [InlineData(0.5, 0.2, 0.3, "gelu")]
    [InlineData(0, 0, 1, "silu")]
    public void ItsScoreIsTheWeightedSumOfTheMembersScores(double share, double lineShare, double treeShare, string activation)
    {
        IActivation g = Activation.BuiltIn.Single(a => a.Name == activation);
        // A leaf is a bend of 1/256 in width where g is not ReLU: at most 0.0011 of its value off.
        double bend = g == Activation.ReLU ? 0 : 0.0011;
        DenseRows rows = MadeUpRows.Dense(600, 4);
        var parts = new HeldOutParts([.. Enumerable.Range(0, rows.Count).Select(i => i % 4)], 4);
        LinearMember line = LinearMember.Fit(rows, parts, LinearPlan.ForDenseRows, 1);
        TreeMember trees = TreeMember.Fit(rows, parts, new TreePlan(), 5, 1);
        Assert.True(trees.Trees > 0);
        // Knots as features have them: several, several, several, those of yes and no, a single column, none.
        float[][] knots = [[-1, -0.2f, 0.4f, 1], [995, 999, 1002, 1005], [1, 3, 7], [0, 1], [0.5f], []];
        var encoding = new InputEncoding(
            [-1, 995, 1, 0, 0, 7], [1, 1005, 7, 1, 1, 7], knots, [new FeatureCross(0, 1, 1, 1), new FeatureCross(2, 2, 4, 2)]);
        var random = new Random(6);
        double Draw() => random.NextDouble() - 0.5;
        int T = encoding.ColumnCount;
        var network = new NetworkParameters(Matrix<double>.Build.Dense(5, T, (_, _) => Draw()), Vector<double>.Build.Dense(5, _ => Draw()),
            Matrix<double>.Build.Dense(1, 5, (_, _) => Draw()), 0.3, g);
        (NetworkParameters joined, InputEncoding union) = NetworkUnion.Join(network, encoding, share, line, lineShare, trees, treeShare, rows);

        var own = new EncodedScorer(encoding, network);
        var all = new EncodedScorer(union, joined);
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = MadeUpRows.Row(rows, i);
            double expected = share * own.Score(row) + lineShare * line.Score(row) + treeShare * trees.Score(row);
            Assert.Equal(expected, all.Score(row), (1e-4 * Math.Max(1, Math.Abs(expected))) + (treeShare * bend * trees.Leaves.Sum(l => Math.Abs(l.Value))));
        }
    }

    [Fact]
    public void OfALineAloneFeaturesHaveTheirEndsOnly()
    {
        DenseRows rows = MadeUpRows.Dense(600, 4);
        var line = LinearMember.Fit(rows, new HeldOutParts([], 0), LinearPlan.ForDenseRows, 1);
        float[][] knots = [[-1, -0.2f, 0.4f, 1], [995, 999, 1002, 1005], [1, 3, 7], [0, 1], [0.5f], []];
        var encoding = new InputEncoding([-1, 995, 1, 0, 0, 7], [1, 1005, 7, 1, 1, 7], knots);
        var network = new NetworkParameters(
            Matrix<double>.Build.Dense(2, encoding.ColumnCount), Vector<double>.Build.Dense(2), Matrix<double>.Build.Dense(1, 2), 0, Activation.ReLU);
        (NetworkParameters joined, InputEncoding union) = NetworkUnion.Join(network, encoding, 0, line, 1, null, 0, rows);
        Assert.Equal([[-1, 1], [995, 1005], [1, 7], [0, 1], [0.5f]], Enumerable.Range(0, 5).Select(d => union.Knots(d).ToArray()));
        var scorer = new EncodedScorer(union, joined);
        for (int i = 0; i < rows.Count; i++)
            Assert.Equal(line.Score(MadeUpRows.Row(rows, i)), scorer.Score(MadeUpRows.Row(rows, i)), 1e-4);
    }

    [Fact]
    public void WhereTheNetworkCountsNothingOnlyFeaturesThatOthersReadHaveColumns()
    {
        var random = new Random(2);
        float[] values = [.. Enumerable.Range(0, 200 * 40).Select(_ => random.NextSingle())];
        var rows = new DenseRows(40, values, [.. Enumerable.Range(0, 200).Select(i => values[i * 40 + 17] > 0.5f ? 1f : 0f)]);
        TreeMember trees = TreeMember.Fit(rows, new HeldOutParts([], 0), new TreePlan(Rounds: 3, Leaves: 4, FeatureShare: 1), 1, 1);
        int[] read = [.. trees.Leaves.SelectMany(leaf => leaf.Path).Select(turn => turn.Ramp.Feature).Distinct().Order()];
        Assert.Contains(17, read);
        Assert.InRange(read.Length, 1, 9);
        var encoding = new InputEncoding(new float[40], [.. Enumerable.Repeat(1f, 40)], [.. Enumerable.Repeat<float[]>([0, 0.5f, 1], 40)]);
        NetworkParameters network = NetworkInitializer.Draw(encoding.ColumnCount, 2, Activation.ReLU, WeightInitialization.He, 1);
        (NetworkParameters joined, InputEncoding union) = NetworkUnion.Join(network, encoding, 0, null, 0, trees, 1, rows);
        Assert.Equal(read, Enumerable.Range(0, 40).Where(d => union.Knots(d).Length > 0));
        var scorer = new EncodedScorer(union, joined);
        for (int i = 0; i < rows.Count; i++)
            Assert.Equal(trees.Score(MadeUpRows.Row(rows, i)), scorer.Score(MadeUpRows.Row(rows, i)), 1e-4);
        Assert.All(Enumerable.Range(0, 40), d => Assert.Equal(3, NetworkUnion.Join(network, encoding, 1, null, 0, null, 0, rows).Encoding.Knots(d).Length));
    }

    [Fact]
    public void AFeatureOfTwoValuesStaysOneColumn()
    {
        var ramp = new Ramp(0, 0, 2, IsLine: true);
        var rows = new SparseRows(2, [0, 1, 2, 3, 4], [0, 0, 1, 1], [2, 2, 1, 3], [1, 1, 0, 0]);
        TreeMember trees = TreeMember.Fit(rows, new HeldOutParts([], 0), new TreePlan(Rounds: 3, MinHessian: 0.01), 1, 1);
        Assert.All(trees.Leaves.SelectMany(l => l.Path).Where(t => t.Ramp.Feature == 0), t => Assert.Equal(ramp, t.Ramp));
        var encoding = new InputEncoding([float.NegativeInfinity, float.NegativeInfinity], [float.PositiveInfinity, float.PositiveInfinity], [[0], [0]]);
        var network = new NetworkParameters(
            Matrix<double>.Build.Dense(1, 2, 0.5), Vector<double>.Build.Dense(1), Matrix<double>.Build.Dense(1, 1, 1), 0, Activation.ReLU);
        (NetworkParameters joined, InputEncoding union) = NetworkUnion.Join(network, encoding, 0.5, null, 0, trees, 0.5, rows);
        Assert.Equal(1, union.Knots(0).Length);
        var scorer = new EncodedScorer(union, joined);
        var own = new EncodedScorer(encoding, network);
        foreach (float[] row in (float[][])[[0, 0], [2, 0], [0, 1], [0, 3], [2, 3]])
            Assert.Equal(0.5 * own.Score(row) + 0.5 * trees.Score(row), scorer.Score(row), 1e-5);
    }

    /// <summary>Lines go on where trees have split a feature: of a sparse one from its zeros to its greatest value.</summary>
    [Fact]
    public void ASingleColumnThatATreeSplitsKeepsItsEnds()
    {
        const int count = 1000;
        float[] amounts = [.. Enumerable.Range(0, 80).Select(i => 1f + i % 20)];
        float[] labels = [.. Enumerable.Range(0, count).Select(i => i < amounts.Length && amounts[i] > 10 ? 1f : 0)];
        var rows = new SparseRows(
            2, [.. Enumerable.Range(0, count + 1).Select(i => Math.Min(i, amounts.Length))], new int[amounts.Length], amounts, labels);
        TreeMember trees = TreeMember.Fit(rows, new HeldOutParts([], 0), new TreePlan(Rounds: 3), 1, 1);
        Assert.Contains(trees.Leaves.SelectMany(l => l.Path), t => (t.Ramp.From, t.Ramp.To) == (10, 11));
        InputEncoding encoding = new EncodedInputs(EncodingFit.Fit(rows, 8, 1), rampScale: 1).Encoding;
        Assert.Equal([0], encoding.Knots(0).ToArray());
        AssertIsSum(encoding, null, trees, rows, [.. Enumerable.Range(0, 21).Select(x => new float[] { x, 0 })]);
    }

    /// <summary>A feature that repeats another has no column of the network's, but the line may read it, and trees may split it.</summary>
    [Fact]
    public void ARepeatedFeatureThatATreeSplitsKeepsItsEnds()
    {
        const int count = 600, D = 8;
        var random = new Random(3);
        float[][] all = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, D).Select(_ => random.NextSingle()).ToArray())];
        foreach (float[] row in all)
            row[1] = row[0];
        var rows = new DenseRows(D, [.. all.SelectMany(row => row)], [.. all.Select(row => random.NextDouble() < row[0] ? 1f : 0)]);
        TreeMember trees = TreeMember.Fit(rows, new HeldOutParts([], 0), new TreePlan(Rounds: 20, Leaves: 2), 1, 1);
        Assert.Contains(trees.Leaves.SelectMany(l => l.Path), t => t.Ramp.Feature == 1);
        LinearMember line = LinearMember.Fit(rows, new HeldOutParts([], 0), LinearPlan.ForDenseRows, 1);
        Assert.NotEqual(0, line.Weights[1]);
        InputEncoding encoding = new EncodedInputs(EncodingFit.Fit(rows, 8, 1), rampScale: 1).Encoding;
        Assert.Equal(0, encoding.Knots(1).Length);
        AssertIsSum(encoding, line, trees, rows, all);
    }

    /// <summary>A unit of a leaf reads every category of the sets on its way.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SplitsByCategoriesAreOneUnitALeaf(bool dense)
    {
        SparseRows sparse = MadeUpRows.Places(3000, 20, 5);
        DenseRows examples = sparse.ToDense();
        TrainingRows rows = dense ? examples : sparse;
        TreeMember trees = TreeMember.Fit(rows, new HeldOutParts([], 0), new TreePlan(Rounds: 5), 1, 1);
        Assert.Contains(trees.Leaves.SelectMany(l => l.Path), t => t is { Or: true, Right: true });
        Assert.Contains(trees.Leaves.SelectMany(l => l.Path), t => t is { Or: true, Right: false });
        InputEncoding encoding = new EncodedInputs(EncodingFit.Fit(rows, 8, 1), rampScale: 1).Encoding;
        AssertIsSum(encoding, null, trees, rows, [.. Enumerable.Range(0, 300).Select(i => MadeUpRows.Row(examples, i).ToArray())]);
    }

    // Within rounding, as above.
    private static void AssertIsSum(InputEncoding encoding, LinearMember? line, TreeMember trees, TrainingRows rows, float[][] examples)
    {
        NetworkParameters network = NetworkInitializer.Draw(encoding.ColumnCount, 3, Activation.ReLU, WeightInitialization.He, 1);
        (NetworkParameters joined, InputEncoding union) = NetworkUnion.Join(network, encoding, 0.5, line, 0.25, trees, 0.25, rows);
        EncodedScorer scorer = new(union, joined), own = new(encoding, network);
        foreach (float[] row in examples)
        {
            double expected = 0.5 * own.Score(row) + 0.25 * (line?.Score(row) ?? 0) + 0.25 * trees.Score(row);
            Assert.Equal(expected, scorer.Score(row), 1e-4 * Math.Max(1, Math.Abs(expected)));
        }
    }
}
