using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// A score for every row by the members that were not trained on it. A member's epoch is here not the one that is best for its own
/// left-out rows, which would flatter them, but the one that is best for the other members' left-out rows.
/// </summary>
internal sealed class OutOfFoldScores
{
    private const double Clearly = 0.95;

    /// <summary>Scores that are known already.</summary>
    public OutOfFoldScores(int[] rows, int[] counts, double[] scores, double[] labels, double[] weights) =>
        (Rows, Counts, Scores, Labels, Weights) = (rows, counts, scores, labels, weights);

    /// <summary>The rows that some member left out, ascending.</summary>
    public int[] Rows { get; }

    /// <summary>How many members left each of them out.</summary>
    public int[] Counts { get; }

    /// <summary>Their scores: the mean over those members.</summary>
    public double[] Scores { get; }

    public double[] Labels { get; }

    public double[] Weights { get; }

    /// <summary>By how much the log loss of all members' mean is lower than that of these scores; 0 where nothing tells.</summary>
    public double AveragingGain { get; private init; }

    /// <summary>The log loss of these scores, without that gain.</summary>
    public double LogLoss => Scores.Select((s, i) => Weights[i] * Training.LogLoss.Of(s, Labels[i])).Sum() / Weights.Sum();

    /// <summary>The same scores of rows that weigh otherwise.</summary>
    /// <param name="weights">The weight of every row; empty where each counts once.</param>
    public OutOfFoldScores WeightedBy(float[] weights) => new(Rows, Counts, Scores, Labels, Of(weights, Rows)) { AveragingGain = AveragingGain };

    private static double[] Of(float[] weights, int[] rows) => [.. rows.Select(i => weights.Length == 0 ? 1.0 : weights[i])];

    /// <summary>The same scores, and what averaging brings beyond them.</summary>
    public OutOfFoldScores With(AveragingGain gain)
    {
        double loss = LogLoss;
        return new(Rows, Counts, Scores, Labels, Weights) { AveragingGain = Math.Max(0, loss - gain.Applied(loss)) };
    }

    /// <summary>Some of these scores, by their places here, as those of rows of other numbers.</summary>
    public OutOfFoldScores At(int[] places, int[] rows) =>
        new(rows, [.. places.Select(i => Counts[i])], [.. places.Select(i => Scores[i])], [.. places.Select(i => Labels[i])], [.. places.Select(i => Weights[i])])
        {
            AveragingGain = AveragingGain,
        };

    /// <summary>The scores of these networks and of members of other kinds, each counting as much as lowers the log loss, and how much that is; of the
    /// rows that all of them were scored on.</summary>
    /// <param name="others">For each other kind its score of every row; NaN for rows that it was trained on.</param>
    public (OutOfFoldScores Mixed, double[] Weights) MixedWith(double[][] others)
    {
        OutOfFoldScores own = KnownTo(others);
        double[][] scores = [own.Scores, .. others.Select(o => own.Rows.Select(row => o[row]).ToArray())];
        double[] v = MemberWeights.Fit(scores, own.Labels, own.Weights, AveragingGain);
        double[] mixed = [.. Enumerable.Range(0, own.Rows.Length).Select(i => scores.Select((s, k) => v[k] * s[i]).Sum())];
        return (new OutOfFoldScores(own.Rows, own.Counts, mixed, own.Labels, own.Weights) { AveragingGain = v[0] * v[0] * AveragingGain }, v);
    }

    /// <summary>Whether the log loss of other scores, of every row, is clearly lower; over the rows where they are not NaN.</summary>
    public bool LoseTo(double[] others)
    {
        OutOfFoldScores own = KnownTo([others]);
        return new OutOfFoldScores(own.Rows, own.Counts, [.. own.Rows.Select(row => others[row])], own.Labels, own.Weights).LogLoss < Clearly * own.LogLoss;
    }

    // Of the rows that others scored, too.
    private OutOfFoldScores KnownTo(double[][] others)
    {
        int[] kept = [.. Enumerable.Range(0, Rows.Length).Where(i => others.All(o => !double.IsNaN(o[Rows[i]])))];
        return At(kept, [.. kept.Select(i => Rows[i])]);
    }

    /// <summary>The scores of members that all left rows out, or null where they did not.</summary>
    /// <param name="members">The members.</param>
    /// <param name="rows">The rows among which they left some out.</param>
    /// <param name="weights">The rows' weights as they were given; empty where each counts once.</param>
    public static OutOfFoldScores? Of(IReadOnlyList<MemberTraining> members, TrainingRows rows, float[] weights)
    {
        if (members.Any(m => m.LeftOut.Length == 0 || m.History.BestEpoch == 0))
            return null;
        double[] sums = new double[rows.Count];
        int[] counts = new int[rows.Count];
        foreach (MemberTraining member in members)
        {
            float[] scores = member.ScoresAfter(BestEpochForOthers(members, member));
            for (int i = 0; i < scores.Length; i++)
            {
                sums[member.LeftOut[i]] += scores[i];
                counts[member.LeftOut[i]]++;
            }
        }

        int[] scored = [.. Enumerable.Range(0, rows.Count).Where(i => counts[i] > 0)];
        return new OutOfFoldScores(
            scored, [.. scored.Select(i => counts[i])], [.. scored.Select(i => sums[i] / counts[i])], [.. scored.Select(i => (double)rows.Labels[i])],
            Of(weights, scored));
    }

    private static int BestEpochForOthers(IReadOnlyList<MemberTraining> members, MemberTraining member)
    {
        if (members.Count == 1)
            return member.History.BestEpoch - 1; // there are no others to judge by
        int epochs = members.Max(m => m.History.Epochs.Count), best = 0;
        double lowest = double.PositiveInfinity;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double loss = members.Where(m => m != member).Sum(m => m.LossAfter(epoch) * m.LeftOut.Length);
            if (loss < lowest)
                (lowest, best) = (loss, epoch);
        }

        return best;
    }
}
