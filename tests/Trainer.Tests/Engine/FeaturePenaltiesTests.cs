using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>The penalty of features with knots, once it follows the size of their weights.</summary>
public class FeaturePenaltiesTests
{
    private const float Rate = 0.5f, L2 = 0.25f;

    [Fact]
    public void StepsTakeHalfOfTheWeightsPenaltyToTwentyTimesIt()
    {
        foreach (int lanes in EngineCalls.Lanes)
        {
            foreach (int others in new[] { 0, 5 })
            {
                var problem = new EncodedProblem(45, [3, 9, 2, 4], others, 21, Activation.Tanh);
                double[] sizes = [1, 2, 0.1, 1.3]; // of the features' parameters beside one another
                for (int f = 0; f < sizes.Length; f++)
                    Scale(problem, f, sizes[f]);

                Matrix<double> shared = StepOf(problem, lanes, divided: false), divided = StepOf(problem, lanes, divided: true);

                double[] squares = [.. sizes.Select((_, f) => Columns(problem, problem.Theta.W1, f).Sum(column => column * column))];
                for (int f = 0; f < sizes.Length; f++)
                {
                    double factor = Math.Clamp(Math.Pow(squares.Average() / squares[f], 3), 0.5, 20);
                    double[] theta = Columns(problem, problem.Theta.W1, f), without = Columns(problem, shared, f), with = Columns(problem, divided, f);
                    for (int i = 0; i < theta.Length; i++)
                        Assert.Equal(without[i] - Rate * L2 * (factor - 1) * theta[i], with[i], 2e-6 * Math.Max(1, factor));
                }
                for (int t = problem.Ramps.ColumnCount; t < problem.Theta.FeatureCount; t++)
                    Assert.Equal(shared.Column(t), divided.Column(t));
                Assert.True(squares.Max() / squares.Min() > 20, "The bounds on both sides should come into play.");
            }
        }
    }

    [Fact]
    public void WeightsThatAreAllZeroLeaveThePenaltyAsItIs()
    {
        var problem = new EncodedProblem(45, [3, 9], 0, 21, Activation.Tanh);
        problem.Theta.W1.Clear();
        Assert.Equal(StepOf(problem, lanes: 0, divided: false), StepOf(problem, lanes: 0, divided: true));
    }

    // θ after a step of gradient descent.
    private static Matrix<double> StepOf(EncodedProblem problem, int lanes, bool divided)
    {
        using TrainingEngine engine = problem.Engine(64, threads: 1, lanes);
        engine.L2 = L2;
        if (divided)
            engine.DividePenalty();
        engine.Step(problem.Rows, RowSelection.All(problem.Rows), new Momentum(Rate, 0));
        return engine.Layout.ToNetwork(engine.Parameters.ToArray(), problem.Theta.Activation).W1;
    }

    private static void Scale(EncodedProblem problem, int feature, double by)
    {
        for (int t = problem.Ramps.FirstColumns[feature]; t < problem.Ramps.FirstColumns[feature + 1]; t++)
            problem.Theta.W1.SetColumn(t, problem.Theta.W1.Column(t) * by);
    }

    private static double[] Columns(EncodedProblem problem, Matrix<double> w1, int feature) =>
        [.. Enumerable.Range(problem.Ramps.FirstColumns[feature], problem.Ramps.LastIntervals[feature] + 2).SelectMany(t => w1.Column(t))];
}
