namespace MlNetShallowNet.SamplesTests.Tables;

/// <summary>What is a label, and which of two is positive.</summary>
public sealed class LabelTests : Shallownet
{
    [Theory]
    [InlineData("a A", "positive 'a' in 20 rows")]
    [InlineData("1 01", "negative '01'")]
    [InlineData("Yes no yes NO", "positive 'Yes' in 20 rows")]
    [InlineData("1 0 1.0 0.0", "positive '1' in 20 rows")]
    [InlineData("yes no NA", "13 rows without a label left out")]
    [InlineData("EU NA", "positive 'NA'")]
    [InlineData("EU NA na", "positive 'NA' in 26 rows")]
    [InlineData("none some", "'none' is taken as a value")]
    [InlineData("5 - -", "positive '5'")]
    [InlineData("nein ja", "positive 'ja' in 20 rows")]
    public void AreReadAsTextFirst(string labels, string said)
    {
        Write("t.csv", Table(labels.Split(' ')));
        Train("t.csv", "--epochs", "2").Succeeds().Says(said);
        Run("evaluate", "--model", "m.zip", "--data", "t.csv").Succeeds();
    }

    [Theory]
    [InlineData("yes no maybe", "'maybe' (13 rows, first on line 4)")]
    [InlineData("yes no\u00a0x no", "'no<U+00A0>x'")]
    [InlineData("EU NA null", "holds only 'EU'")]
    public void AreRefusedInOneSentence(string labels, string words) => Train(Write("t.csv", Table(labels.Split(' ')))).FailsWith(words);

    [Fact]
    public void OneOfSeveralValuesIsTakenAgainstTheRest()
    {
        string table = Write("t.csv", Table(["red", "blue", "green", "RED", "none"]));
        Train(table).FailsWith("3 different values, 'red' (16 rows), 'blue' (8 rows), 'green' (8 rows, first on line 4)", "--positive VALUE", "--label");
        Train(table, "--positive", "pink").FailsWith("--positive 'pink' is not a value of the label column", "'green' (8 rows");
        Run run = Train(table, "--positive", "Red", "--epochs", "2").Succeeds();
        run.Says("positive 'red' in 16 rows (50.0 %), negative 'not red'");
        run.Says("'red' against the rest, 2 different values, 'blue' (8 rows), 'green' (8 rows), which are 'not red'");
        run.Says("8 rows without a label left out");
        double auc = run.Metric("AUC");
        Assert.Equal(auc, Run("evaluate", "--model", "m.zip", "--data", table).Succeeds().Metric("AUC"));
        Scores(table);
        Assert.All(File.ReadLines(PathOf("scores.csv")).Skip(1), line => Assert.Matches("^(red|not red),", line));
        // A value that training did not see is one of the rest; another choice in another file is that file's.
        Run("evaluate", "--model", "m.zip", "--data", Write("u.csv", Table(["red", "violet"]))).Succeeds();
        Run("evaluate", "--model", "m.zip", "--data", Write("v.csv", Table(["ja", "nein", "?"])), "--positive", "ja").Succeeds().Says("actual ja");
        Run("cross-validate", "--data", table, "--positive", "blue", "--folds", "2", "--preset", "fast", "--epochs", "2").Succeeds().Says("8 rows (25.0 %)");
        Run("explain", "trace", "--data", table, "--positive", "blue", "--row", "2").Succeeds();
    }

    [Fact]
    public void AmongVeryManyValuesTheRowsOfOneAreFoundWhereverTheyStand()
    {
        Write("t.csv", "x,Label\n" + string.Concat(Enumerable.Range(0, 900).Select(i => $"{i % 7},{(i % 50 == 49 && i > 600 ? "7.0" : $"{1000 + i}")}\n")));
        Train("t.csv").FailsWith("more than 200 different values");
        Train("t.csv", "--positive", "7", "--epochs", "2").Succeeds().Says("positive '7.0' in 6 rows (0.7 %)");
    }

    [Fact]
    public void AmbiguousLabelsOfAnotherFileAreRefused()
    {
        Train(Write("t.csv", Table(["1", "01"])), "--epochs", "2").Succeeds();
        Run("evaluate", "--model", "m.zip", "--data", Write("u.csv", Table(["1", "1.0"]))).FailsWith("line 3: the label is '1.0'");
    }

    private static string Table(string[] labels) =>
        "x,Label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7},{labels[i % labels.Length]}\n"));
}
