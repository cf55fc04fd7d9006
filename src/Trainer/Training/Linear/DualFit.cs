namespace MlNetShallowNet.Training;

/// <summary>More columns than rows: the dual, in which they are not more than few.</summary>
/// <param name="rows">The rows.</param>
/// <param name="plan">How exactly.</param>
/// <param name="intercept">Where the intercept starts.</param>
/// <param name="ratios">What columns are multiplied by before; null for nothing.</param>
/// <param name="cancel">Stops between passes.</param>
internal sealed class DualFit(ScaledRows rows, LinearPlan plan, double intercept, ClassRatios? ratios, CancellationToken cancel) : ILinearFit
{
    private DualAscent? _all;

    public double[] ToAll(double lambda, int threads)
    {
        (_all, double[] point) = Fit(rows.Rows.Weights, lambda);
        return point;
    }

    public double[] Without(float[] rowWeights, int threads) => Fit(rowWeights, _all!.Lambda).Point;

    private (DualAscent Ascent, double[] Point) Fit(float[]? rowWeights, double lambda)
    {
        double[]? by = ratios?.Of(rowWeights);
        ScaledRows scaled = by is null ? rows : rows.Times(by);
        DualAscent ascent = _all is null ? new(scaled, rowWeights, lambda, intercept) : new(_all, scaled, rowWeights, lambda);
        ascent.Run(plan.Tolerance, plan.MostIterations, cancel);
        double[] point = ascent.Point;
        for (int c = 0; c < by?.Length; c++)
            point[c] *= by[c];
        return (ascent, point);
    }
}
