using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// Members of other kinds beside the networks: a logistic regression, and boosted trees whose leaves are hidden units. Each kind knows its
/// scores of rows that it was not trained on, by which all are weighed.
/// </summary>
internal sealed class OtherMembers
{
    private readonly LinearMember? _line;
    private readonly TreeMember? _trees;
    private readonly TrainingRows _rows;

    private OtherMembers(LinearMember? line, TreeMember? trees, TrainingRows rows) => (_line, _trees, _rows) = (line, trees, rows);

    /// <summary>Trains them; null where there is no use for them. Where training is cancelled, those are kept that were done by then.</summary>
    /// <param name="rows">The raw rows, with the weights to train with.</param>
    /// <param name="forTrees">Those of them that trees are grown on; null for no trees.</param>
    /// <param name="parts">The parts that the networks leave out.</param>
    /// <param name="networks">How the networks score rows of these parts.</param>
    /// <param name="settings">Which, and how.</param>
    /// <param name="state">Knows those that are trained already.</param>
    public static OtherMembers? Train(
        TrainingRows rows, RowSubset? forTrees, HeldOutParts parts, OutOfFoldScores networks, TrainingSettings settings, RunState state)
    {
        CancellationToken cancel = settings.CancellationToken;
        if (cancel.IsCancellationRequested)
            return null; // what would be begun now would be cut short
        int threads = settings.Threads * settings.MembersAtOnce;
        LinearMember? line = settings.Line is { } linear ? state.Line(() => LinearMember.Fit(rows, parts, linear, threads, cancel)) : null;
        if (cancel.IsCancellationRequested)
            return null;
        if (line is { Penalty: double.PositiveInfinity })
            line = null; // no fit of finite numbers
        TreeMember? trees = forTrees is not null && settings.Trees is { } plan ? state.Trees(() => Trees(forTrees, plan)) : null;
        if (trees is { Trees: 0 } || cancel.IsCancellationRequested)
            trees = null; // none lowers the loss of the rows left out, or there would have been more
        return line is null && trees is null ? null : new OtherMembers(line, trees, rows);

        TreeMember Trees(RowSubset of, TreePlan plan) => TreeMember.Fit(
            of.Rows, of.Which is null ? parts : of.Of(parts).Together(), plan, settings.Seed, threads, of.Of(networks), cancel)
            .Among(of, rows.Count);
    }

    /// <summary>The scores of the networks and these, weighed, and the weights: of the networks, of the line, of the trees.</summary>
    /// <param name="outOfFold">The networks' scores of rows that they left out.</param>
    public (OutOfFoldScores Scores, double[] Weights) Weigh(OutOfFoldScores outOfFold)
    {
        (OutOfFoldScores mixed, double[] v) = outOfFold.MixedWith(
            [.. new[] { _line?.OutOfPartScores, _trees?.OutOfPartScores }.OfType<double[]>()]);
        return (mixed, [v[0], _line is null ? 0 : v[1], _trees is null ? 0 : v[^1]]);
    }

    /// <summary>All of them as one network.</summary>
    public (NetworkParameters Network, InputEncoding Encoding) Join(NetworkParameters network, InputEncoding encoding, double[] weights) =>
        NetworkUnion.Join(
            network, encoding, weights[0], weights[1] == 0 ? null : _line, weights[1], weights[2] == 0 ? null : _trees, weights[2], _rows);
}
