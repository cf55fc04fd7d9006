using MlNetShallowNet.Engine;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>The loss and its derivatives on many scores, in vectors and behind them, against the formulas in double precision.</summary>
public class LogisticLossTests
{
    // Each of a few roundings, and the sigmoid's 4 and the logarithm's 6 units in the last place.
    private const double Tolerance = 12 * 1.2e-7;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1003)]
    public void EqualTheFormulas(int count)
    {
        float[] scores = [.. Enumerable.Range(0, count).Select(i => 40f * (i - count / 2) / count)], labels = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? 1f : 0f)];
        float[] first = new float[count], second = new float[count], errors = (float[])scores.Clone(), losses = new float[count];
        LogisticLoss.Derivatives(scores, labels, first, second, 0.001f);
        LogisticLoss.Errors(errors, labels, losses);
        for (int i = 0; i < count; i++)
        {
            double z = scores[i], y = labels[i], a = 1 / (1 + Math.Exp(-z)), loss = Math.Max(z, 0) - y * z + Math.Log(1 + Math.Exp(-Math.Abs(z)));
            Assert.Equal(a - y, first[i], Tolerance);
            Assert.Equal(Math.Max(0.001, a * (1 - a)), second[i], Tolerance);
            Assert.Equal(first[i], errors[i]);
            Assert.Equal(loss, losses[i], Tolerance * Math.Max(1, Math.Abs(z)));
        }
    }

    [Fact]
    public void ShorterSpansAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LogisticLoss.Errors(new float[9], new float[8], new float[9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogisticLoss.Derivatives(new float[9], new float[9], new float[9], new float[8], 0));
    }
}
