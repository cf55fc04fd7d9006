using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// A score for every row by the members that were not trained on it. A member's epoch is here not the one that is best for its own
/// left-out rows, which would flatter them, but the one that is best for the other members' left-out rows.
/// </summary>
internal sealed class OutOfFoldScores
{
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

    /// <summary>The scores of members that all left rows out, or null where they did not.</summary>
    public static OutOfFoldScores? Of(IReadOnlyList<EnsembleMember> members, TrainingRows rows)
    {
        if (members.Count < 2 || members.Any(m => m.LeftOut.Length == 0 || m.History.BestEpoch == 0))
            return null;
        double[] sums = new double[rows.Count];
        int[] counts = new int[rows.Count];
        foreach (EnsembleMember member in members)
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
            [.. scored.Select(i => (double)(rows.Weights?[i] ?? 1))]);
    }

    private static int BestEpochForOthers(IReadOnlyList<EnsembleMember> members, EnsembleMember member)
    {
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
