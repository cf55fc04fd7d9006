using MathNet.Numerics.Distributions;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class AveragingGainTests
{
    private const int Rows = 20_000, Members = 8;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.5, 0.3)]
    public void TheCorrectedEstimateIsThatOfTheMeanScore(double slope, double offset)
    {
        // Members that are one score, normal in each class, and noise of their own; each has left out every eighth row.
        var random = new Random(5);
        double[] labels = [.. Enumerable.Range(0, Rows).Select(_ => (double)random.Next(2))], weights = [.. Enumerable.Repeat(1.0, Rows)];
        double[] common = [.. labels.Select(y => Normal.Sample(random, 2 * y - 1, 1))];
        float[][] scores = [.. Enumerable.Range(0, Members).Select(_ => common.Select(c => (float)Normal.Sample(random, c, 1)).ToArray())];
        int[][] leftOut = [.. Enumerable.Range(0, Members).Select(k => Enumerable.Range(0, Rows).Where(i => i % Members == k).ToArray())];
        double[] one = [.. Enumerable.Range(0, Rows).Select(i => slope * scores[i % Members][i] + offset)];
        double[] mean = [.. Enumerable.Range(0, Rows).Select(i => slope * scores.Average(s => s[i]) + offset)];

        var outOfFold = new OutOfFoldScores([.. Enumerable.Range(0, Rows)], [.. Enumerable.Repeat(1, Rows)], one, labels, weights);
        AveragingGain gain = AveragingGain.Of(scores, leftOut, outOfFold, slope, offset);
        QualityEstimate plain = QualityEstimate.Of(one, labels, weights), corrected = QualityEstimate.Of(one, labels, weights, gain);
        QualityEstimate truth = QualityEstimate.Of(mean, labels, weights);

        // The rows are the same, so that what is left to chance is less than the standard error of either.
        Assert.Equal(truth.LogLoss, corrected.LogLoss, corrected.LogLossStandardError);
        Assert.Equal(truth.Auc, corrected.Auc, corrected.AucStandardError);
        Assert.True(plain.LogLoss > truth.LogLoss + 3 * plain.LogLossStandardError);
        Assert.True(plain.Auc < truth.Auc - 3 * plain.AucStandardError);
    }

    [Theory]
    [InlineData(0.1, 0.4)]
    [InlineData(0.3, 0.5)] // more than half of it
    [InlineData(0.7, 0.5)] // more than all of it
    public void AGainThatIsTooGoodToBeTrueIsNotCountedOn(double gain, double expected) =>
        Assert.Equal(expected, new AveragingGain(gain, 0, 0).Applied(0.5), 1e-12);

    [Fact]
    public void MembersThatAgreeGainNothing()
    {
        float[] scores = [2, -1, 0.5f, -0.5f];
        var outOfFold = new OutOfFoldScores([0, 1, 2, 3], [1, 1, 1, 1], [2, -1, 0.5, -0.5], [1, 0, 0, 1], [1, 1, 1, 1]);
        AveragingGain gain = AveragingGain.Of([scores, scores, scores, scores], [[0], [1], [2], [3]], outOfFold, 1, 0);
        Assert.Equal(0, gain.LogLoss, 1e-15);
        Assert.Equal((0, 0), (gain.VarianceOfYes, gain.VarianceOfNo));
        Assert.Equal(0.7, gain.Applied(0.7, 1, 1), 1e-12);
    }

    [Fact]
    public void WithTwoMembersNothingIsKnownOfHowTheyDiffer()
    {
        // Each row was trained on by one of them only.
        var outOfFold = new OutOfFoldScores([0, 1], [1, 1], [2, -1], [1, 0], [1, 1]);
        Assert.Equal(AveragingGain.None, AveragingGain.Of([[2, 1], [0, -1]], [[0], [1]], outOfFold, 1, 0));
    }
}
