namespace MlNetShallowNet.Training;

/// <summary>Many columns: the dual, in which they are not more than few.</summary>
/// <param name="rows">The rows.</param>
/// <param name="plan">How exactly.</param>
/// <param name="intercept">Where the intercept starts.</param>
/// <param name="ratios">What columns are multiplied by before; null for nothing.</param>
/// <param name="cancel">Stops between passes.</param>
internal sealed class DualFit(ScaledRows rows, LinearPlan plan, double intercept, ClassRatios? ratios, CancellationToken cancel) : ILinearFit
{
    private DualAscent? _all;

    public double[] ToAll(double lambda, int threads) => Fit(rows.Rows.Weights, (scaled, weights) => _all = _all is null
        ? new DualAscent(scaled, weights, lambda, intercept)
        : new DualAscent(_all, scaled, weights, lambda));

    public double[] Without(float[] rowWeights, int threads) => Fit(rowWeights, (scaled, weights) => new DualAscent(_all!, scaled, weights, _all!.Lambda));

    private double[] Fit(float[]? rowWeights, Func<ScaledRows, float[]?, DualAscent> begin)
    {
        double[]? by = ratios?.Of(rowWeights);
        DualAscent ascent = begin(by is null ? rows : rows.Times(by), rowWeights);
        ascent.Run(plan.Tolerance, plan.MostIterations, cancel);
        double[] point = ascent.Point;
        for (int c = 0; c < by?.Length; c++)
            point[c] *= by[c];
        return point;
    }
}
