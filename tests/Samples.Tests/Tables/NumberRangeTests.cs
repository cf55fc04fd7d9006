using System.Globalization;

namespace MlNetShallowNet.SamplesTests.Tables;

/// <summary>Numbers at the ends of single and of double precision: learnt, counted as missing and said, or refused by the column's name.</summary>
public sealed class NumberRangeTests : Shallownet
{
    /// <summary>A table of two columns whose label follows both: v is what the function makes of a whole number from -6 to 6.</summary>
    private Run TrainOn(Func<int, string> v) => Train(Write("t.csv", "v,y,Label\n" + string.Concat(Enumerable.Range(0, 260).Select(i =>
        $"{v(i % 13 - 6)},{i * 7 % 10},{(2 * (i % 13 - 6) + i * 7 % 10 > 4 ? 1 : 0)}\n"))));

    private static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(3e39)]
    [InlineData(1e306)]
    [InlineData(1e-46)]
    [InlineData(1e-300)]
    public void AColumnOfAnySizeIsLearnt(double scale)
    {
        Run run = TrainOn(i => Of((1 + i / 100.0) * scale)).Succeeds();
        Assert.True(run.Metric("AUC") > 0.97, run.Output);
        Assert.DoesNotContain("row numbers", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("whole number", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3e39)]
    [InlineData(-1e308)]
    [InlineData(1e16)]
    public void ALargeConstantIsAConstant(double number)
    {
        Run run = TrainOn(_ => Of(number)).Succeeds();
        run.Says("The same number in every row: v (kept)");
        Assert.DoesNotContain("row numbers", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3E+39", "from -6 to 3E+39")]
    [InlineData("-1E+300", "from -1E+300 to 6")]
    public void AmongSmallNumbersOneBeyondSinglePrecisionIsRefused(string number, string range) =>
        TrainOn(i => i == 5 ? number : i == 0 ? "6" : $"{i}").FailsWith("column 'v'", range, "single precision", "--ignore");

    [Theory]
    [InlineData(1e-310, 1e-310)]
    [InlineData(-1.7e308, 1.7e308)]
    public void NumbersThatCannotBeToldApartAreRefused(double first, double second) =>
        TrainOn(i => Of(i < 0 ? first * (1 - i) / 7 : second)).FailsWith("column 'v'", "single precision");

    [Fact]
    public void AColumnOfInfiniteNumbersSaysSo() => TrainOn(_ => "1e400").Succeeds().Says("Infinite numbers count as missing: 260 in v");

    [Fact]
    public void ScoresThatAreNoNumbersAndInfiniteNumbersAreToldOf()
    {
        Train(Write("t.csv", EasyTable), "--set", "FeatureEncoding=None", "--set", "Members=1").Succeeds();
        Write("u.csv", "x,y\n1,2\n3e39,1\n-3e39,1\ninf,3\n");
        Run run = RunLine("predict --model m.zip --data u.csv --output p.csv").Succeeds();
        run.Says("2 rows have a score that is no finite number, the first is row 2");
        run.Says("Infinite numbers count as missing: x (1 row, first 'inf' on line 5)");
        Assert.DoesNotContain("no finite number", RunLine("predict --model m.zip --data t.csv --output p.csv").Succeeds().Output, StringComparison.Ordinal);
    }
}
