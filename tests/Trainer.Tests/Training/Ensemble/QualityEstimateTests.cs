using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class QualityEstimateTests
{
    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    [Fact]
    public void CountsPairsInTheRightOrder()
    {
        // Yes: 3, 1, 0; no: 2, 0, -1. Of nine pairs: 3 beats all three, 1 beats two, 0 ties with 0 and beats -1.
        QualityEstimate estimate = QualityEstimate.Of([3, 2, 1, 0, 0, -1], [1, 0, 1, 1, 0, 0], Ones(6));
        Assert.Equal((3 + 2 + 1.5) / 9, estimate.Auc, 1e-12);
        double[] losses = [Loss(3), Loss(-2), Loss(1), Loss(0), Loss(0), Loss(1)];
        Assert.Equal(losses.Average(), estimate.LogLoss, 1e-12);
        double variance = losses.Average(l => (l - losses.Average()) * (l - losses.Average()));
        Assert.Equal(Math.Sqrt(variance / 6), estimate.LogLossStandardError, 1e-12);
        // DeLong: the yes rows' shares are 1, 2/3, 1/2, the no rows' 2/3, 5/6... each about the area, over 3 squared.
        double[] yes = [1, 2.0 / 3, 0.5], no = [1.0 / 3, 2.5 / 3, 1];
        double expected = yes.Sum(s => (s - estimate.Auc) * (s - estimate.Auc)) / 9 + no.Sum(s => (s - estimate.Auc) * (s - estimate.Auc)) / 9;
        Assert.Equal(Math.Sqrt(expected), estimate.AucStandardError, 1e-12);

        static double Loss(double margin) => Math.Log(1 + Math.Exp(-margin));
    }

    [Fact]
    public void AWeightOfTwoIsARowTwice()
    {
        double[] scores = [2, 1, 0.5, -0.5, -1], labels = [1, 0, 1, 0, 0];
        QualityEstimate weighted = QualityEstimate.Of(scores, labels, [1, 2, 1, 1, 3]);
        QualityEstimate repeated = QualityEstimate.Of([2, 1, 1, 0.5, -0.5, -1, -1, -1], [1, 0, 0, 1, 0, 0, 0, 0], Ones(8));
        Assert.Equal(repeated.Auc, weighted.Auc, 1e-12);
        Assert.Equal(repeated.LogLoss, weighted.LogLoss, 1e-12);
    }

    [Fact]
    public void StandardErrorsAreWhatRepeatedDrawsShow()
    {
        var random = new Random(11);
        var estimates = new List<QualityEstimate>();
        for (int draw = 0; draw < 300; draw++)
        {
            double[] scores = new double[200], labels = new double[200];
            for (int i = 0; i < 200; i++)
            {
                scores[i] = random.NextDouble() * 6 - 3;
                labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-scores[i])) ? 1 : 0;
            }

            estimates.Add(QualityEstimate.Of(scores, labels, Ones(200)));
        }

        // The spread of 300 draws is known to about 4 %.
        Assert.InRange(estimates.Average(e => e.AucStandardError) / Spread(estimates.Select(e => e.Auc)), 0.8, 1.25);
        Assert.InRange(estimates.Average(e => e.LogLossStandardError) / Spread(estimates.Select(e => e.LogLoss)), 0.8, 1.25);

        static double Spread(IEnumerable<double> values) => Math.Sqrt(values.Average(v => v * v) - Math.Pow(values.Average(), 2));
    }

    [Fact]
    public void WithoutAClassThereIsNoArea()
    {
        QualityEstimate estimate = QualityEstimate.Of([1, 2], [1, 1], Ones(2));
        Assert.True(double.IsNaN(estimate.Auc));
        Assert.True(double.IsFinite(estimate.LogLoss));
    }
}
