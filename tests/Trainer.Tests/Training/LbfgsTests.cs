using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class LbfgsTests
{
    /// <summary>Rosenbrock's valley in pairs of variables; its minimum is 0 where all are 1.</summary>
    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double cost = 0;
        for (int i = 0; i < x.Length; i += 2)
        {
            double a = 1 - x[i], b = x[i + 1] - x[i] * x[i];
            cost += a * a + 100 * b * b;
            gradient[i] = -2 * a - 400 * x[i] * b;
            gradient[i + 1] = 200 * b;
        }

        return cost;
    }

    [Fact]
    public void FindsTheMinimumOfRosenbrocksValley()
    {
        double[] start = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? -1.2 : 1.0)];
        var minimiser = new Lbfgs(start, Rosenbrock);
        double before = minimiser.Cost;
        int iterations = 0;
        while (iterations < 200 && minimiser.Cost > 1e-20 && minimiser.Iterate())
        {
            iterations++;
            Assert.True(minimiser.Cost < before, "Every iteration lowers the cost.");
            before = minimiser.Cost;
        }

        Assert.All(minimiser.Point.ToArray(), x => Assert.Equal(1, x, 1e-9));
        Assert.InRange(iterations, 10, 100);
    }

    [Fact]
    public void EndsWhereNothingCanBeLowered()
    {
        var minimiser = new Lbfgs([1, 1], Rosenbrock);
        Assert.False(minimiser.Iterate());
        Assert.Equal([1, 1], minimiser.Point.ToArray());
    }

    // |x| beside a number so large that rounding leaves its slope alone.
    [Fact]
    public void EndsWhereTheCostStaysTheSame()
    {
        static double Flat(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient[0] = point[0] > 0 ? 1 : -1;
            return 1e15;
        }

        var minimiser = new Lbfgs([0], Flat);
        Assert.False(minimiser.Iterate());
        Assert.Equal(0, minimiser.Point[0]);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void TheLineSearchMeetsBothConditionsWhereverItStarts(double first)
    {
        // The first example of Moré and Thuente's paper: -s / (s² + 2); its slope at 0 is -1/2.
        static (double, double) At(double s) => (-s / (s * s + 2), (s * s - 2) / ((s * s + 2) * (s * s + 2)));
        double step = LineSearch.Search(At, 0, -0.5, first)!.Value;
        (double cost, double slope) = At(step);
        Assert.True(cost <= 1e-3 * step * -0.5);
        Assert.True(Math.Abs(slope) <= 0.9 * 0.5);
    }
}
