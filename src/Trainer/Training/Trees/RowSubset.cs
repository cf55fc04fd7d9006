using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Some of the rows, for members that are not trained on all of them.</summary>
/// <param name="Rows">These rows, in arrays of their own unless they are all.</param>
/// <param name="Which">Their numbers among all rows, ascending; null where they are all.</param>
internal sealed record RowSubset(TrainingRows Rows, int[]? Which)
{
    /// <summary>So many rows at most, spread over all.</summary>
    public static RowSubset Spread(TrainingRows rows, int most) => Of(rows, SpreadRows.Of(rows.Count, most));

    /// <summary>All rows of a part, and so many others at most, spread over them.</summary>
    public static RowSubset Around(int part, TrainingRows rows, HeldOutParts parts, int most)
    {
        int[] others = parts.RowsBut(part);
        return Of(rows, SpreadRows.Of(others.Length, most) is { } some ? [.. parts.RowsOf(part).Concat(some.Select(i => others[i])).Order()] : null);
    }

    /// <summary>The parts of these rows.</summary>
    public HeldOutParts Of(HeldOutParts parts) => Which is null ? parts : parts with { PartOf = [.. Which.Select(i => parts.PartOf[i])] };

    /// <summary>The scores of those of these rows that have one.</summary>
    public OutOfFoldScores Of(OutOfFoldScores scores)
    {
        if (Which is null)
            return scores;
        int[] at = [.. scores.Rows.Select(row => Array.BinarySearch(Which, row))];
        int[] places = [.. Enumerable.Range(0, at.Length).Where(i => at[i] >= 0)];
        return scores.At(places, [.. places.Select(i => at[i])]);
    }

    /// <summary>Scores of these rows as scores of all, NaN for the others.</summary>
    public double[] Spread(double[] scores, int count)
    {
        if (Which is null)
            return scores;
        double[] all = new double[count];
        Array.Fill(all, double.NaN);
        for (int i = 0; i < Which.Length; i++)
            all[Which[i]] = scores[i];
        return all;
    }

    private static RowSubset Of(TrainingRows rows, int[]? which) => new(which is null ? rows : rows.Only(which), which);
}
