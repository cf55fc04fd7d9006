using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class ClassRatiosTests
{
    // Two positive rows and three negative ones; word 0 in both and one, word 1 in none and two, word 2 in every row, and a number that is divided by its spread.
    private static readonly SparseRows _rows = new(
        4, [0, 3, 6, 9, 12, 14], [0, 2, 3, 0, 2, 3, 0, 2, 3, 1, 2, 3, 1, 2], [1, 1, 5, 0.5f, 1, 2, 1, 1, 3, 1, 1, 9, 1, 1], [1, 1, 0, 0, 0]);

    private static double Ratio(double positive, double allPositive, double negative, double allNegative, double smoothing)
    {
        double share = allPositive / (allPositive + allNegative);
        return Math.Abs(Math.Log((positive + smoothing * share) / allPositive / ((negative + smoothing * (1 - share)) / allNegative)));
    }

    [Fact]
    public void AreLogarithmsOfHowOftenAWordIsInOneClassBesideTheOther()
    {
        double[] ratios = new ClassRatios(ScaledRows.Of(_rows), 1).Of(null);
        Assert.Equal(Ratio(2, 2, 1, 3, 1), ratios[0], 1e-12);
        Assert.Equal(Ratio(0, 2, 2, 3, 1), ratios[1], 1e-12);
        Assert.Equal(0, ratios[2], 1e-12); // as often in each
        Assert.Equal(1, ratios[3]);
    }

    [Fact]
    public void CountRowsByTheirWeightsAndLeaveOutThoseOfNone()
    {
        double[] ratios = new ClassRatios(ScaledRows.Of(_rows), 2).Of([3, 1, 0, 2, 1]);
        Assert.Equal(Ratio(4, 4, 0, 3, 2), ratios[0], 1e-12);
        Assert.Equal(Ratio(0, 4, 3, 3, 2), ratios[1], 1e-12);
    }

    [Fact]
    public void TellNothingOfOneClassAlone() => Assert.Equal([1, 1, 1, 1], new ClassRatios(ScaledRows.Of(_rows), 1).Of([0, 0, 1, 1, 1]));

    [Fact]
    public void AWordThatNeverOccurredTellsNothing()
    {
        double[] ratios = new ClassRatios(ScaledRows.Of(_rows), 1).Of([1, 1, 1, 0, 0]);
        Assert.Equal(0, ratios[1], 1e-12);
    }
}
