using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.SamplesTests.Tables;

/// <summary>Columns of sentences: recognised, learnt from, and kept through all that is done with a model.</summary>
public sealed class FreeTextTests : Shallownet
{
    private const int Rows = 160;

    private static readonly string[] _good = ["lovely", "great", "friendly", "delicious", "perfect"];
    private static readonly string[] _bad = ["awful", "slow", "rude", "cold", "terrible"];
    private static readonly string[] _other = ["the", "food", "was", "we", "waiter", "place", "soup", "evening", "table", "came", "with", "our", "and", "very", "then", "bread"];

    /// <summary>A review in quotes with a comma: what it says decides the label, apart from a number that says nothing.</summary>
    private static string Reviews { get; } = MakeReviews();

    [Fact]
    public void SentencesAreLearntFromAndSaidSo()
    {
        Write("t.csv", Reviews);
        Run run = Train("t.csv").Succeeds();
        run.Says("1 numeric column, 1 of free text");
        run.Says("Free text, of which words and three letters in a row are counted: review (7 words in a row)");
        run.Says("bit for bit");
        Assert.True(run.Metric("AUC") > 0.99, run.Output);
        Assert.True(Run("cross-validate", "--data", "t.csv", "--preset", "fast", "--folds", "2").Succeeds().Output.Contains("AUC", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIsDoneWithAModelIsDoneWithOneOfSentences()
    {
        Write("t.csv", Reviews);
        Train("t.csv", "--report", "r.html").Succeeds();
        Assert.True(Run("evaluate", "--model", "m.zip", "--data", "t.csv", "--report", "e.html").Succeeds().Metric("AUC") > 0.99);
        foreach (string page in (string[])["r.html", "e.html"])
            Assert.InRange(LossOfAuc(page, "review"), 0.4, 0.6); // what it says is all that decides

        // A row without a text, one with words that training never saw, and one of each kind.
        Write("new.csv", "n,review\n1,\n1,Zzyzx qwrty\n1,\"The waiter was rude, the soup cold and awful\"\n1,\"Lovely evening, perfect and delicious food\"\n");
        double[] scores = Scores("new.csv");
        Assert.All(scores, score => Assert.True(double.IsFinite(score)));
        Assert.True(scores[2] < 0 && scores[3] > 0, string.Join(' ', scores));

        Run("predict", "--model", "m.zip", "--data", "new.csv", "--explain", "--output", "p.csv").Succeeds();
        string[][] lines = [.. File.ReadLines(PathOf("p.csv")).Select(line => line.Split(','))];
        Assert.Equal(["PredictedLabel", "Score", "Probability", "BaselineScore", "Contribution.n", "Contribution.review"], lines[0]);
        Assert.True(Number(lines[3][5]) < Number(lines[1][5]) && Number(lines[1][5]) < Number(lines[4][5]));
        Run("predict", "--model", "m.zip", "--data", "new.csv", "--by-input", "--output", "q.csv").Succeeds();
        Assert.Contains("Contribution.review.Word.rude", File.ReadLines(PathOf("q.csv")).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void TextsBesideVeryManyColumnsAreLearntFromToo()
    {
        Random random = new(3);
        string[] lines = Reviews.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string many = string.Join(',', Enumerable.Range(0, 1100).Select(i => $"c{i}"));
        Write("t.csv", $"{many},{lines[0]}\n" + string.Concat(lines.Skip(1).Select(line => string.Join(',', Enumerable.Range(0, 1100).Select(_ => random.Next(3))) + $",{line}\n")));
        Run run = Train("t.csv", "--epochs", "2", "--hidden", "4", "--set", "Members=1", "--categorical", "c1").Succeeds();
        run.Says("1 of free text");
        run.Says("bit for bit");
        Run("predict", "--model", "m.zip", "--data", "t.csv", "--explain", "--output", "p.csv").Succeeds();
        Assert.Contains(",Contribution.review", File.ReadLines(PathOf("p.csv")).First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("customer-{0}")]
    [InlineData("Person Number {0}")]
    [InlineData("This is order {0} of the day")] // the same sentence every time
    [InlineData("{0} North Street")]
    [InlineData("first{0}.last{0}@example.com")]
    [InlineData("https://example.com/a/long/path/to/page{0}")]
    [InlineData("/srv/user/file-{0}.txt, /srv/user/other-{0}.txt, /srv/user/third-{0}.txt")]
    [InlineData("{0} ABC {0} XYZ {0}")]
    public void KeysAndNamesAreNoText(string pattern)
    {
        Write("t.csv", "key,x,Label\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"\"{string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, 1000 + 37 * i)}\",{i % 13},{(i % 13 > 6 ? 1 : 0)}\n")));
        Train("t.csv", "--epochs", "2").Succeeds().Says("too many different texts, and not sentences: key (60");
    }

    [Fact]
    public void WordsThatNeverComeAgainAreNoSentences()
    {
        Prose drawn = new(), repeated = new();
        Random random = new(1);
        string Word() => new([.. Enumerable.Range(0, 8).Select(_ => (char)('a' + random.Next(26)))]);
        string[] words = [.. Enumerable.Range(0, 50).Select(_ => Word())];
        for (int i = 0; i < 100; i++)
        {
            drawn.Add($"{Word()} {Word()} {Word()} {Word()}");
            repeated.Add($"{words[random.Next(50)]} {words[random.Next(50)]}, {words[random.Next(50)]} \"{words[random.Next(50)]}\"!");
        }
        Assert.False(drawn.IsSentences);
        Assert.True(repeated.IsSentences);
        Assert.Equal(4, repeated.WordsInValue);
    }

    [Fact]
    public void TheUserDecidesWhereTheRuleIsWrong()
    {
        Write("t.csv", "key,x,Label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i % 13 > 6 ? "good" : "bad")}{i},{i},{(i % 13 > 6 ? 1 : 0)}\n")));
        Run run = Train("t.csv", "--text", "key", "--ignore", "x").Succeeds();
        run.Says("1 of free text");
        Assert.True(run.Metric("AUC") > 0.95, run.Output);
        Write("r.csv", Reviews);
        Train("r.csv", "--epochs", "2", "--categorical", "review").Succeeds().Says($"1 categorical ({Rows} values");
        Train("r.csv", "--epochs", "2", "--ignore", "review").Succeeds().Says("as asked: review");
        Train("r.csv", "--text", "review", "--ignore", "review").FailsWith("--ignore and --text both name 'review'");
    }

    [Fact]
    public void ExplanationsShowNoTexts()
    {
        Write("t.csv", Reviews);
        Run("explain", "trace", "--data", "t.csv").FailsWith("'review' is free text", "--ignore");
        Run("explain", "trace", "--data", "t.csv", "--ignore", "review").Succeeds();
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A column's importance on a page.</summary>
    private double LossOfAuc(string page, string column) => Number(System.Text.RegularExpressions.Regex.Match(
        File.ReadAllText(PathOf(page)), $"<th scope=\"row\">{column}</th>.*?<td>([0-9.]+)</td>").Groups[1].Value);

    private static string MakeReviews()
    {
        Random random = new(11);
        string Some(string[] words) => words[random.Next(words.Length)];
        return "n,review,Label\n" + string.Concat(Enumerable.Range(0, Rows).Select(i =>
        {
            string[] said = i % 2 == 0 ? _good : _bad;
            return $"{random.Next(10)},\"{Some(_other)} {Some(_other)} {Some(said)} {Some(_other)}, {Some(_other)} {Some(said)} {Some(_other)}.\",{(i % 2 == 0 ? 1 : 0)}\n";
        }));
    }
}
