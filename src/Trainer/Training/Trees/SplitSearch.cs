namespace MlNetShallowNet.Training;

/// <summary>A split between two knots.</summary>
/// <param name="Feature">The feature; -1 where there is no split worth making.</param>
/// <param name="Knot">The last knot of the left side.</param>
/// <param name="Gain">Twice what it lowers the penalised loss by, to second order: g²/(h + L2) of both sides less that of the whole.</param>
internal readonly record struct Split(int Feature, int Knot, double Gain)
{
    public static Split None { get; } = new(-1, 0, 0);
}

/// <summary>Finds the split of a histogram with the largest gain.</summary>
internal static class SplitSearch
{
    // Rounding makes gains of this size.
    private const double LeastGain = 1e-6;

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

        return best;
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
