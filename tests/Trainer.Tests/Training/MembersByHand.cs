using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Members' scores by their formulas, in double precision, before they are folded into a network.</summary>
internal static class MembersByHand
{
    public static double Score(this LinearMember line, ReadOnlySpan<float> row)
    {
        double score = line.Intercept;
        for (int d = 0; d < row.Length; d++)
            score += line.Weights[d] * row[d];
        return score;
    }

    public static double Score(this TreeMember trees, ReadOnlySpan<float> row)
    {
        double score = trees.LogOdds;
        foreach (SoftLeaf leaf in trees.Leaves)
            score += leaf.Value * leaf.Membership(row);
        return score;
    }

    public static double Membership(this SoftLeaf leaf, ReadOnlySpan<float> row)
    {
        double sum = 1;
        foreach (Turn turn in leaf.Path)
        {
            double share = turn.Ramp.At(row[turn.Ramp.Feature]);
            sum += turn.Right ? share : -share;
            if (turn is { Right: true, Or: false })
                sum--;
        }

        return Math.Max(0, sum);
    }

    /// <summary>Every part in turn.</summary>
    public static HeldOutParts Parts(TrainingRows rows, int parts, int seed) => new(StratifiedParts.Of(rows, parts, seed), parts);
}
