namespace MlNetShallowNet.Training;

/// <summary>Many columns: the dual, in which they are not more than few.</summary>
internal sealed class DualFit(ScaledRows rows, LinearPlan plan, double intercept, CancellationToken cancel) : ILinearFit
{
    private DualAscent? _all;

    public double[] ToAll(double lambda, int threads)
    {
        _all = _all is null ? new DualAscent(rows, rows.Rows.Weights, lambda, intercept) : new DualAscent(_all, rows.Rows.Weights, lambda);
        return Run(_all);
    }

    public double[] Without(float[] rowWeights, int threads) => Run(new DualAscent(_all!, rowWeights, _all!.Lambda));

    private double[] Run(DualAscent ascent)
    {
        ascent.Run(plan.Tolerance, plan.MostIterations, cancel);
        return ascent.Point;
    }
}
