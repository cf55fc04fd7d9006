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
    public void AmbiguousLabelsOfAnotherFileAreRefused()
    {
        Train(Write("t.csv", Table(["1", "01"])), "--epochs", "2").Succeeds();
        Run("evaluate", "--model", "m.zip", "--data", Write("u.csv", Table(["1", "1.0"]))).FailsWith("line 3: the label is '1.0'");
    }

    private static string Table(string[] labels) =>
        "x,Label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7},{labels[i % labels.Length]}\n"));
}
