using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Values that tell what their neighbours do not, and curves.</summary>
public sealed class LabelsByValueTests
{
    private const int Values = 100, RowsOfValue = 60;

    private static bool Tell(Func<int, double> logit, float[]? weights = null, int values = Values)
    {
        var random = new Random(2);
        float[] all = [.. Enumerable.Range(0, values).Select(v => 3 * v + 0.5f)];
        int[] rows = [.. Enumerable.Range(0, values * RowsOfValue).Select(_ => random.Next(values))];
        float[] labels = [.. rows.Select(v => random.NextDouble() < 1 / (1 + Math.Exp(-logit(v))) ? 1f : 0f)];
        return LabelsByValue.Tell(all, [.. rows.Select(v => all[v])], labels, weights);
    }

    // An effect of each value's own, of deviation s.
    private static Func<int, double> Own(double s)
    {
        var random = new Random(7);
        double[] effects = [.. Enumerable.Range(0, Values).Select(_ => s * (random.NextDouble() * 2 - 1) * Math.Sqrt(3))];
        return v => effects[v];
    }

    /// <summary>An effect of deviation s adds 60 p (1 - p) s², 15 s², to the statistic of a value, whose mean is 1 by chance: it passes 2 from 0.26 on.</summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(0.5, true)]
    [InlineData(0.1, false)]
    [InlineData(0, false)]
    public void ValuesTellByTheirOwnEffects(double s, bool tells) => Assert.Equal(tells, Tell(Own(s)));

    [Fact]
    public void ACurveTellsNothingHoweverSteep()
    {
        Assert.False(Tell(v => 0.2 * v - 10));
        Assert.False(Tell(v => 3 * Math.Sin(v / 8.0)));
        Assert.False(Tell(v => v < 50 ? -20 : 20)); // a step is where one value differs
    }

    [Fact]
    public void FewValuesAreNotEnoughToSay() => Assert.False(Tell(Own(2), values: 11));

    /// <summary>Weights that are all alike change nothing, whatever their size: rows are what chance goes by.</summary>
    [Theory]
    [InlineData(0.01f)]
    [InlineData(100f)]
    public void OnlyTheRatiosOfWeightsCount(float weight)
    {
        float[] weights = [.. Enumerable.Repeat(weight, Values * RowsOfValue)];
        Assert.True(Tell(Own(0.5), weights));
        Assert.False(Tell(Own(0.1), weights));
    }
}
