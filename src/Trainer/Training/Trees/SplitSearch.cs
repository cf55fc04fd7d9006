namespace MlNetShallowNet.Training;

/// <summary>A split between two knots.</summary>
/// <param name="Feature">The feature; -1 where there is no split worth making.</param>
/// <param name="Knot">The last knot of the left side.</param>
/// <param name="Gain">Twice what it lowers the penalised loss by, to second order: g²/(h + L2) of both sides less that of the whole.</param>
/// <param name="Categories">Of a split by categories, whose <paramref name="Feature"/> is the number of a <see cref="CategoryColumn"/>: the codes of those that go to the right; null for
/// a split of a feature.</param>
internal readonly record struct Split(int Feature, int Knot, double Gain, int[]? Categories = null)
{
    public static Split None { get; } = new(-1, 0, 0);
}

/// <summary>Finds the split of a histogram with the largest gain.</summary>
internal static class SplitSearch
{
    // Rounding makes gains of this size.
    private const double LeastGain = 1e-6;

    // Of splits by categories, as in LightGBM (there in rows; 10 of p (1 - p) are 40 rows or more).
    private const double PenaltyOfSets = 10, Smoothing = 10, LeastOfCategory = 10;
    private const int MostCategories = 32;

    /// <param name="histograms">What the histogram is of.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="histogram">The sums by bins.</param>
    /// <param name="total">The sum over all rows.</param>
    /// <param name="plan">Penalty and least hessian.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Split Best(
        Histograms histograms, TreeColumns columns, Vector128<double>[] histogram, Vector128<double> total, TreePlan plan)
    {
        Split best = Split.None;
        double l2 = plan.L2, least = plan.MinHessian, g = total[0], h = total[1];
        if (!(h >= 2 * least))
            return best;
        double whole = g * g / (h + l2), highest = LeastGain;
        foreach (int d in histograms.Features)
        {
            Span<Vector128<double>> bins = histogram.AsSpan(histograms.FirstSlot(d), columns.Knots(d).Length);
            if (columns.Sparse.IsSparse(d))
                FillUsual(bins, columns.Sparse.UsualBin[d], total);
            Vector128<double> left = default;
            for (int k = 0; k < bins.Length - 1; k++)
            {
                left += bins[k];
                double gl = left[0], hl = left[1], gr = g - gl, hr = h - hl;
                if (hl < least)
                    continue;
                if (hr < least)
                    break;
                // One division for both: gl²/(hl + L2) + gr²/(hr + L2).
                double gain = (gl * gl * (hr + l2) + gr * gr * (hl + l2)) / ((hl + l2) * (hr + l2)) - whole;
                if (gain > highest)
                    (highest, best) = (gain, new Split(d, k, gain));
            }
        }

        for (int c = 0; c < columns.Categories.Length; c++)
        {
            // A tree that may split some of the features only has as large a share of the columns: those whose first category is drawn.
            if (Array.BinarySearch(histograms.Features, columns.Categories[c].Features[0]) >= 0
                && BestSet(histograms, columns.Categories[c], columns, histogram, total, plan, ref highest) is { } set)
                best = new Split(c, 0, highest, set);
        }

        return best;
    }

    /// <summary>
    /// Which categories to divide from the others: those of the lowest or of the highest means of the gradient, as the best division of all categories is by these
    /// (Fisher, 1958). Means of few rows count as if some more had 0, and a split by many categories has a larger penalty, since it is chosen from many.
    /// </summary>
    private static int[]? BestSet(
        Histograms histograms, CategoryColumn column, TreeColumns columns, Vector128<double>[] histogram, Vector128<double> total, TreePlan plan, ref double highest)
    {
        double l2 = plan.L2 + PenaltyOfSets, g = total[0], h = total[1], whole = g * g / (h + plan.L2);
        int count = 0;
        double[] means = new double[column.Features.Length];
        int[] codes = new int[means.Length];
        Vector128<double>[] sums = new Vector128<double>[means.Length + 1];
        for (int c = 1; c <= means.Length; c++)
        {
            int d = column.Features[c - 1], slot = histograms.FirstSlot(d);
            if (slot < 0)
                continue;
            sums[c] = columns.Sparse.IsSparse(d) && columns.Sparse.UsualBin[d] == 1 ? total - histogram[slot] : histogram[slot + 1];
            if (sums[c][1] < LeastOfCategory)
                continue;
            means[count] = sums[c][0] / (sums[c][1] + Smoothing);
            codes[count++] = c;
        }

        Array.Sort(means, codes, 0, count);
        (int from, int many) = (0, 0);
        int most = Math.Min(MostCategories, (count + 1) / 2);
        for (int direction = 0; direction < 2; direction++)
        {
            Vector128<double> set = default;
            for (int k = 0; k < most; k++)
            {
                set += sums[codes[direction == 0 ? k : count - 1 - k]];
                double gs = set[0], hs = set[1], go = g - gs, ho = h - hs;
                if (hs < plan.MinHessian)
                    continue;
                if (ho < plan.MinHessian)
                    break;
                double gain = gs * gs / (hs + l2) + go * go / (ho + l2) - whole;
                if (gain > highest)
                    (highest, from, many) = (gain, direction == 0 ? 0 : count - 1 - k, k + 1);
            }
        }

        return many == 0 ? null : codes[from..(from + many)];
    }

    // A sparse feature's usual bin has what the others have not.
    private static void FillUsual(Span<Vector128<double>> bins, int usual, Vector128<double> total)
    {
        bins[usual] = default;
        Vector128<double> others = default;
        foreach (Vector128<double> bin in bins)
            others += bin;
        bins[usual] = total - others;
    }
}
