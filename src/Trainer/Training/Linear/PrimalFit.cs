using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Columns that are fewer than rows, or few: L-BFGS in coordinates in which the cost is nearly round.</summary>
internal sealed class PrimalFit(ScaledRows rows, LinearPlan plan, double intercept, CancellationToken cancel) : ILinearFit
{
    private double[] _point = [.. new double[rows.Features.Length], intercept];
    private Preconditioner? _factor;
    private double _lambda;

    public double[] ToAll(double lambda, int threads)
    {
        _lambda = lambda;
        _factor ??= new Preconditioner(rows, rows.Rows.Weights, lambda, _point);
        _point = Minimise(rows.Rows.Weights, _factor, _point, threads);
        _factor = new Preconditioner(rows, rows.Rows.Weights, lambda, _point); // as it is there, for the fits near it
        return _point;
    }

    public double[] Without(float[] rowWeights, int threads) => Minimise(rowWeights, _factor!, _point, threads);

    // From a start, in coordinates in which the first step along the gradient is Newton's: w = start + c L⁻ᵀ u, with c the gradient's length there.
    private double[] Minimise(float[]? rowWeights, Preconditioner factor, double[] start, int threads)
    {
        var cost = new LogisticCost(rows, rowWeights, _lambda, threads);
        double[] point = new double[start.Length], gradient = new double[start.Length];
        double enough = plan.Tolerance * (rowWeights is null ? rows.Rows.Count : rowWeights.Sum());
        double startCost = cost.Evaluate(start, gradient);
        factor.Gradient(gradient);
        double decrement = Products.Dot<double>(gradient, gradient), length = Math.Sqrt(decrement);
        if (!(decrement > enough))
            return start;
        bool isStart = true;
        var minimiser = new Lbfgs(new double[start.Length], (u, byU) =>
        {
            double value = startCost;
            if (isStart)
            {
                isStart = false;
            }
            else
            {
                ToPoint(u);
                value = cost.Evaluate(point, gradient);
                factor.Gradient(gradient);
                decrement = Products.Dot<double>(gradient, gradient);
            }

            for (int c = 0; c < byU.Length; c++)
                byU[c] = length * gradient[c];
            return value;
        });
        for (int iteration = 0; iteration < plan.MostIterations && decrement > enough && !cancel.IsCancellationRequested; iteration++)
        {
            if (!minimiser.Iterate())
                break;
        }

        ToPoint(minimiser.Point);
        return point;

        void ToPoint(ReadOnlySpan<double> u)
        {
            for (int c = 0; c < point.Length; c++)
                point[c] = length * u[c];
            factor.Weights(point);
            Products.Add(1, start, point);
        }
    }
}
