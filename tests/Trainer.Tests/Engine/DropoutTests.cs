using MlNetShallowNet.Engine;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

public class DropoutTests
{
    [Fact]
    public void EveryUnitIsLeftOutAsOftenAsAskedFor()
    {
        const int rows = 4000, units = 37;
        const float probability = 0.3f;
        var mask = new DropoutMask(probability, seed: 9, step: 5, layer: 1);
        var left = new int[units];
        for (int row = 0; row < rows; row++)
        {
            float[] numbers = Enumerable.Repeat(1f, units).ToArray();
            mask.Apply(numbers, row, 0);
            for (int i = 0; i < units; i++)
            {
                Assert.True(numbers[i] is 0 or 1 / (1 - probability));
                Assert.Equal(numbers[i], mask.Factor(row, i));
                left[i] += numbers[i] == 0 ? 1 : 0;
            }
        }
        // Five standard deviations of a binomial distribution: once in 50,000 sets of 37 by chance, and the seed is fixed.
        double deviation = 5 * Math.Sqrt(rows * probability * (1 - probability));
        Assert.All(left, count => Assert.InRange(count, rows * probability - deviation, rows * probability + deviation));
    }

    [Fact]
    public void ADroppedUnitTakesNoPartInTheStep()
    {
        // With one row, a hidden unit that is left out has no gradient at all; the others have the textbook's of the thinned network.
        var problem = new EngineProblem(1, 5, 40, Activation.Tanh);
        using BackpropagationEngine engine = problem.Engine();
        engine.Dropout = new Dropout(0, 0.5f, 3);
        var gradient = new float[engine.Layout.Count];
        engine.Gradient(problem.Rows, gradient);
        float[] dW1 = new float[200], db1 = new float[40], dW2 = new float[40];
        engine.Layout.Unpack(gradient, dW1, db1, dW2, out _);
        int dropped = 0;
        for (int h = 0; h < 40; h++)
        {
            Assert.Equal(dW2[h] == 0, db1[h] == 0);
            Assert.Equal(dW2[h] == 0, dW1.AsSpan(h * 5, 5).IndexOfAnyExcept(0f) < 0);
            dropped += dW2[h] == 0 ? 1 : 0;
        }
        Assert.InRange(dropped, 8, 32);
    }

    [Fact]
    public void SparseRowsLoseTheSameFeaturesAsDenseOnes()
    {
        var problem = new EngineProblem(200, 30, 12, Activation.Tanh, sparse: true);
        var dense = new float[problem.Engine().Layout.Count];
        var sparse = new float[dense.Length];
        foreach ((TrainingRows rows, float[] gradient) in new[] { (problem.Rows, sparse), (problem.Dense, dense) })
        {
            using BackpropagationEngine engine = problem.Engine();
            engine.Dropout = new Dropout(0.4f, 0, 3);
            engine.Gradient(rows, gradient);
        }
        for (int i = 0; i < dense.Length; i++)
            Assert.Equal(dense[i], sparse[i], 1e-6);
    }
}
