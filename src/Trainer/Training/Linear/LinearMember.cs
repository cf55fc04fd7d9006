using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// A logistic regression with a penalty as a member of an ensemble: two hidden units, for relu(z) - relu(-z) = z. The penalty is the one, on squares
/// (of more columns than rows also times what their words tell, <see cref="ClassRatios"/>) or on absolute weights, whose fits without each part score the
/// left-out rows best; the member is the fit to all rows. Fits that ran away from finite numbers are passed over.
/// </summary>
internal sealed class LinearMember
{
    private LinearMember(double[] weights, double intercept, double penalty, double[] outOfPartScores) =>
        (Weights, Intercept, Penalty, OutOfPartScores) = (weights, intercept, penalty, outOfPartScores);

    /// <summary>The weight of each raw feature, D numbers.</summary>
    public double[] Weights { get; }

    public double Intercept { get; }

    /// <summary>The lambda, or share of it for the lasso, that was chosen; infinite, which leaves all weights 0, where no fit is finite.</summary>
    public double Penalty { get; }

    /// <summary>The score of each row by the fit without its part; NaN for rows that are in no part left out.</summary>
    public double[] OutOfPartScores { get; }

    /// <summary>Fits it. The bits do not depend on the number of threads.</summary>
    /// <param name="rows">The rows, dense or sparse. A row of weight w counts as w rows.</param>
    /// <param name="parts">Which rows are left out in turn. Without any the last penalty is taken.</param>
    /// <param name="plan">How.</param>
    /// <param name="threads">How many threads may work.</param>
    /// <param name="cancel">Stops between iterations, with what there is.</param>
    public static LinearMember Fit(TrainingRows rows, HeldOutParts parts, LinearPlan plan, int threads, CancellationToken cancel = default)
    {
        ScaledRows scaled = rows is DenseRows dense ? ScaledRows.Of(dense) : ScaledRows.Of((SparseRows)rows);
        int atOnce = Math.Clamp(parts.Count, 1, threads);
        double logOdds = BaseRate.LogOdds(rows);
        // Each row has a number in the dual, and each column one in the primal.
        bool isWide = scaled.Features.Length > Math.Max(Preconditioner.FewColumns, rows.Count);
        ILinearFit squares = isWide ? new DualFit(scaled, plan, logOdds, null, cancel) : new PrimalFit(scaled, plan, logOdds, cancel);
        IEnumerable<(ILinearFit Fit, double Penalty)> candidates = plan.Penalties.Select(lambda => (squares, lambda));
        if (isWide && parts.Count > 0)
        {
            candidates = candidates.Concat(plan.ByRatios.Select(by => (
                (ILinearFit)new DualFit(scaled, plan, logOdds, new ClassRatios(scaled, by.Smoothing), cancel), by.Penalty)));
        }
        if (plan.LassoShares.Count > 0 && parts.Count > 0 && scaled.Features.Length > 0)
        {
            ILinearFit lasso = new LassoFit(scaled, plan, logOdds, cancel);
            candidates = candidates.Concat(plan.LassoShares.Select(share => (lasso, share)));
        }
        double[] best = [.. new double[scaled.Features.Length], logOdds], bestScores = [.. Enumerable.Repeat(double.NaN, rows.Count)];
        double lowest = double.PositiveInfinity, penalty = double.PositiveInfinity;
        foreach ((ILinearFit fit, double lambda) in candidates)
        {
            double[] point = fit.ToAll(lambda, threads), scores = new double[rows.Count];
            Array.Fill(scores, double.NaN);
            Parallel.For(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, k =>
            {
                double[] without = fit.Without(WeightsWithout(rows, parts, k), threads / atOnce);
                foreach (int i in parts.RowsOf(k))
                    scores[i] = LogisticCost.Score(scaled, i, without);
            });
            double loss = 0;
            for (int i = 0; i < parts.PartOf.Length; i++)
                loss += parts.PartOf[i] < parts.Count ? (rows.Weights?[i] ?? 1) * LogLoss.Of(scores[i], rows.Labels[i]) : 0;
            // With a score that is not a number the loss is none either, and not lower than any.
            if ((loss < lowest || parts.Count == 0) && Array.TrueForAll(point, double.IsFinite))
                (lowest, penalty, best, bestScores) = (loss, lambda, point, scores);
        }

        double[] raw = new double[rows.FeatureCount];
        double intercept = best[^1];
        for (int c = 0; c < scaled.Features.Length; c++)
        {
            double weight = raw[scaled.Features[c]] = best[c] * scaled.Scale[c];
            intercept -= weight * scaled.Offset[c];
        }

        return new LinearMember(raw, intercept, penalty, bestScores);
    }

    /// <summary>The member to or from a checkpoint; null where it comes from there.</summary>
    public static LinearMember Exchange(StateExchange state, LinearMember? member, TrainingData data)
    {
        double[] weights = state.Array(member?.Weights ?? []);
        double intercept = state.Value(member?.Intercept ?? 0), penalty = state.Value(member?.Penalty ?? 0);
        double[] scores = state.Array(member?.OutOfPartScores ?? []);
        state.Check(weights.Length == data.FeatureCount && weights.All(double.IsFinite) && double.IsFinite(intercept) && scores.Length == data.Sample.Count);
        return new LinearMember(weights, intercept, penalty, scores);
    }

    private static float[] WeightsWithout(TrainingRows rows, HeldOutParts parts, int part)
    {
        float[] weights = new float[rows.Count];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = parts.PartOf[i] == part ? 0 : rows.Weights?[i] ?? 1;
        return weights;
    }
}
