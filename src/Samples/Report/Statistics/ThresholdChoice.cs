namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>What a threshold is wanted for.</summary>
/// <param name="Recall">The share of the positive rows that must be found.</param>
/// <param name="Precision">The share of the rows called positive that must be so.</param>
/// <param name="FalseAlarmCost">What a negative row that is called positive costs.</param>
/// <param name="MissCost">What a positive row that is called negative costs.</param>
internal sealed record ThresholdWishes(double Recall = 0.9, double Precision = 0.9, double FalseAlarmCost = 1, double MissCost = 1);

/// <summary>The threshold that is best by some criterion on rows with labels, and what it does there.</summary>
/// <param name="Key">The criterion, as a name for programs.</param>
/// <param name="Criterion">The criterion, in words.</param>
/// <param name="Decisions">The decisions at it; null where no threshold reaches what is wanted.</param>
internal readonly record struct ThresholdChoice(string Key, string Criterion, Confusion? Decisions)
{
    /// <summary>The best thresholds by F1, by a recall and a precision that are wanted, and by costs.</summary>
    public static IReadOnlyList<ThresholdChoice> All(ScoredRows rows, ThresholdWishes wishes)
    {
        RankedScores ranked = new(rows);
        Confusion[] all = [.. Candidates(rows).Select(ranked.At)];
        double Cost(Confusion at) => wishes.FalseAlarmCost * at.FalsePositives + wishes.MissCost * at.FalseNegatives;
        FormattableString costs = $"least cost (false alarm {wishes.FalseAlarmCost}, miss {wishes.MissCost})";
        return
        [
            new("bestF1", "best F1", Best(all, at => at.F1)),
            new("recall", FormattableString.Invariant($"recall {wishes.Recall} or more"), Best(all.Where(at => at.Recall >= wishes.Recall), at => at.Threshold)),
            new("precision", FormattableString.Invariant($"precision {wishes.Precision} or more"), Best(all.Where(at => at.Precision >= wishes.Precision), at => at.TruePositives)),
            new("leastCost", FormattableString.Invariant(costs), Best(all, at => -Cost(at))),
        ];
    }

    private static Confusion? Best(IEnumerable<Confusion> all, Func<Confusion, double> of) =>
        all.Where(at => double.IsFinite(of(at))).OrderByDescending(of).Select(at => (Confusion?)at).FirstOrDefault();

    /// <summary>A threshold below all rows, one above, and one in each gap between two rows that single precision can tell apart.</summary>
    private static IEnumerable<double> Candidates(ScoredRows rows)
    {
        double[] probabilities = [0, .. rows.Probabilities.Where(double.IsFinite).Distinct().Order(), 1];
        for (int i = 1; i < probabilities.Length; i++)
        {
            if (Roundest(probabilities[i - 1], probabilities[i]) is { } threshold)
                yield return threshold;
        }
    }

    /// <summary>The number with the fewest decimals in the middle of a gap; null where there is none but its ends.</summary>
    private static double? Roundest(double low, double high)
    {
        double middle = low + (high - low) / 2;
        for (int decimals = 2; decimals <= 15; decimals++)
        {
            double round = Math.Round(middle, decimals);
            if (round > low && round < high)
                return round;
        }
        return null;
    }
}
