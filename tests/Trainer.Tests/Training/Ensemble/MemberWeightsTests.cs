using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class MemberWeightsTests
{
    private static (double[][] Scores, double[] Labels, double[] Weights) Problem(int kinds, int seed)
    {
        var random = new Random(seed);
        double[] truth = [.. Enumerable.Range(0, 400).Select(_ => 4 * random.NextDouble() - 2)];
        double[] labels = [.. truth.Select(z => random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1.0 : 0.0)];
        double[][] scores = [.. Enumerable.Range(0, kinds).Select(k => truth.Select(z => z + (k + 0.5) * (random.NextDouble() - 0.5) * 3).ToArray())];
        return (scores, labels, [.. truth.Select((_, i) => i % 2 == 0 ? 2 / 3.0 : 4 / 3.0)]); // weights of mean 1
    }

    /// <summary>At the minimum on the simplex the derivative is the same for all kinds that count, and not smaller for the others.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(6, 4)]
    public void NoShiftFromOneKindToAnotherLowersTheLoss(int kinds, int seed)
    {
        (double[][] scores, double[] labels, double[] weights) = Problem(kinds, seed);
        double[] prior = [.. Enumerable.Repeat(1.0 / kinds, kinds)];
        double[] v = MemberWeights.Fit(scores, labels, weights, prior);
        Assert.Equal(1, v.Sum(), 1e-12);
        Assert.All(v, x => Assert.InRange(x, 0, 1));
        double[] derivative = [.. Enumerable.Range(0, kinds).Select(k => 20 * (v[k] - prior[k]) + Enumerable.Range(0, labels.Length).Sum(i =>
            weights[i] * (1 / (1 + Math.Exp(-scores.Select((z, j) => v[j] * z[i]).Sum())) - labels[i]) * scores[k][i]))];
        double least = derivative.Where((_, k) => v[k] > 0).Min();
        // Weights below 1e-3 are made 0, which moves the derivatives by that times the curvature.
        double curvature = 20 + scores.Sum(z => z.Select((s, i) => weights[i] * s * s / 4).Sum());
        for (int k = 0; k < kinds; k++)
            Assert.True(v[k] > 0 ? derivative[k] - least < kinds * 1e-3 * curvature : derivative[k] > least - kinds * 1e-3 * curvature);
    }

    [Fact]
    public void AnEndlesslyWrongKindDoesNotCount()
    {
        (double[][] scores, double[] labels, _) = Problem(2, 5);
        scores[1] = [.. labels.Select(y => y > 0 ? -500.0 : 500.0)];
        Assert.Equal([1, 0], MemberWeights.Fit(scores, labels, [.. labels.Select(_ => 1.0)], [0.5, 0.5]));
    }
}
