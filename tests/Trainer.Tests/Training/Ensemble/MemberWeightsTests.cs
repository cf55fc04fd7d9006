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
    [InlineData(1, 1, 0)]
    [InlineData(2, 2, 0)]
    [InlineData(2, 2, 0.03)]
    [InlineData(3, 3, 0)]
    [InlineData(3, 3, 0.01)]
    [InlineData(6, 4, 0)]
    public void NoShiftFromOneKindToAnotherLowersTheLoss(int kinds, int seed, double gain)
    {
        (double[][] scores, double[] labels, double[] weights) = Problem(kinds, seed);
        double[] prior = [0.7, .. Enumerable.Repeat(0.3 / (kinds - 1), kinds - 1)];
        double[] v = MemberWeights.Fit(scores, labels, weights, gain);
        Assert.Equal(1, v.Sum(), 1e-12);
        Assert.All(v, x => Assert.InRange(x, 0, 1));
        double[] derivative = [.. Enumerable.Range(0, kinds).Select(k => 20 * (v[k] - prior[k]) - (k == 0 ? 2 * gain * 400 * v[0] : 0) + Enumerable.Range(0, labels.Length).Sum(i =>
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
        Assert.Equal([1, 0], MemberWeights.Fit(scores, labels, [.. labels.Select(_ => 1.0)], 0));
    }

    /// <summary>Scores with noise that averaging takes away count as much as they do once it is gone.</summary>
    [Fact]
    public void WhatAveragingWillBringCountsBeforehand()
    {
        var random = new Random(6);
        const int n = 20_000;
        double Noise() => random.NextDouble() + random.NextDouble() - 1;
        double[] truth = [.. Enumerable.Range(0, n).Select(_ => 4 * random.NextDouble() - 2)];
        double[] labels = [.. truth.Select(z => random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1.0 : 0.0)], ones = [.. labels.Select(_ => 1.0)];
        double[] mean = [.. truth.Select(z => z + 0.4 * Noise())], other = [.. truth.Select(z => z + 2 * Noise())];
        double[] one = [.. mean.Select(z => z + 2 * Noise())];
        double Loss(double[] z) => z.Select((s, i) => LogLoss.Of(s, labels[i])).Average();
        double expected = MemberWeights.Fit([mean, other], labels, ones, 0)[0];
        double told = MemberWeights.Fit([one, other], labels, ones, Loss(one) - Loss(mean))[0], untold = MemberWeights.Fit([one, other], labels, ones, 0)[0];
        Assert.InRange(Math.Abs(told - expected), 0, Math.Abs(untold - expected) / 4);
    }
}
