using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

public class DropoutTests
{
    [Fact]
    public void EveryUnitIsLeftOutAsOftenAsAskedFor()
    {
        const int rows = 4000, units = 37;
        const float probability = 0.3f;
        var mask = new DropoutMask(probability, seed: 9, step: 5);
        var left = new int[units];
        for (int row = 0; row < rows; row++)
        {
            float[] numbers = [.. Enumerable.Repeat(1f, units)], others = [.. Enumerable.Repeat(2f, units)];
            mask.Apply(numbers, others, row, 0);
            for (int i = 0; i < units; i++)
            {
                Assert.True(numbers[i] is 0 or 1 / (1 - probability));
                Assert.Equal(2 * numbers[i], others[i]);
                float alone = 1, other = 1;
                mask.Apply(new Span<float>(ref alone), new Span<float>(ref other), row, i); // units by themselves have the same numbers
                Assert.Equal(numbers[i], alone);
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
        using TrainingEngine engine = problem.Engine();
        engine.Dropout = new Dropout(0.5f, 3);
        var gradient = new float[engine.Layout.Count];
        engine.Gradient(problem.Rows, gradient);
        NetworkParameters found = engine.Layout.ToNetwork(gradient, Activation.Tanh);
        int dropped = 0;
        for (int h = 0; h < 40; h++)
        {
            Assert.Equal(found.W2[0, h] == 0, found.B1[h] == 0);
            Assert.Equal(found.W2[0, h] == 0, found.W1.Row(h).All(w => w == 0));
            dropped += found.W2[0, h] == 0 ? 1 : 0;
        }
        Assert.InRange(dropped, 8, 32);

        // The others have the textbook's gradient of the thinned network, whose W2 is twice as large to make up for those that are not there.
        int[] kept = [.. Enumerable.Range(0, 40).Where(h => found.W2[0, h] != 0)];
        NetworkParameters n = problem.Network;
        Matrix<double> W1 = Matrix<double>.Build.DenseOfRowVectors(kept.Select(h => n.W1.Row(h)));
        Vector<double> b1 = Vector<double>.Build.Dense([.. kept.Select(h => n.B1[h])]);
        Matrix<double> W2 = Matrix<double>.Build.DenseOfColumnVectors(kept.Select(h => 2 * n.W2.Column(h)));
        var thinned = new NetworkParameters(W1, b1, W2, n.B2, n.Activation);
        BackwardPass expected = TextbookNetwork.Backward(thinned, problem.X, problem.Y, TextbookNetwork.Forward(thinned, problem.X));
        var bounds = new RoundingBounds(thinned, problem.X, problem.Y, null, 0);
        for (int k = 0; k < kept.Length; k++)
        {
            Assert.Equal(2 * expected.dW2[0, k], found.W2[0, kept[k]], 2 * bounds.DW2[0, k]);
            Assert.Equal(expected.db1[k], found.B1[kept[k]], bounds.DB1[k]);
            for (int d = 0; d < 5; d++)
                Assert.Equal(expected.dW1[k, d], found.W1[kept[k], d], bounds.DW1[k, d]);
        }
    }
}
