namespace MlNetShallowNet.SamplesTests.Tables;

/// <summary>The tables of cases/: each gives what it should. Where a word or a value decides, a network that has read it right ranks well.</summary>
public sealed class CaseTests : Shallownet
{
    [Theory]
    [InlineData("01-inf-inf.csv", 0.99, "Infinite numbers count as missing: 5 in x")]
    [InlineData("01-inf-neginf.csv", 0.99, "Infinite numbers count as missing: 5 in x")]
    [InlineData("02-missing-None.csv", 0.99, "Missing numbers: 5 in x")]
    [InlineData("02-missing-None-int.csv", 0.99, "Missing numbers: 10 in x")]
    [InlineData("02-missing-dash.csv", 0.99, "Missing numbers: 5 in x")]
    [InlineData("02-missing-divzero.csv", 0.99, "Missing numbers: 5 in x")]
    [InlineData("03-late-word.csv", 0.99, "Words in columns of numbers count as missing: x ('Bad Input' on line 1902)")]
    [InlineData("04-units-row.csv", 0.99, "1 row without a label left out")]
    [InlineData("05-sep-line-3col.csv", 0.99, "separator: semicolon")]
    [InlineData("06-comments.csv", 0.99, "Lines 1 to 2 stand before the table and are passed over ('# made by hand')")]
    [InlineData("06-title-lines.csv", 0.99, "Lines 1 to 2 stand before the table and are passed over ('Survey results 2024')")]
    [InlineData("08-aligned.data", 0.99, "2 numeric columns; separator: space")]
    [InlineData("09-timestamps.csv", 0.99, "1 numeric column")]
    [InlineData("09-timestamps-ms.csv", 0.99, "1 numeric column")]
    [InlineData("10-tiny.csv", 0.99, "2 numeric columns")]
    [InlineData("11-date.csv", 0.99, "v ('2024-05-14': dates (year, month, day))")]
    [InlineData("11-dollar-comma.csv", 0.99, "v ('$950.95')")]
    [InlineData("11-paren.csv", 0.99, "v ('(36.7)')")]
    [InlineData("11-percent.csv", 0.99, "v ('3%': percentages, as hundredths)")]
    [InlineData("11-umin.csv", 0.99, "v ('\u22121.9')")]
    [InlineData("17-label-NA.csv", 0.99, "'NA' is taken as a value, not as a missing one")]
    [InlineData("20-empty-excel-rows.csv", 0.99, "50 rows without a label left out")]
    [InlineData("23-dot-names.csv", 0.9, "c (211 of 300 are numbers; the first word is 'red' on line 2)")]
    [InlineData("24-gz.csv.gz", 0.99, "60 rows, 1 numeric column")]
    [InlineData("32-unlab.csv", 0.99, "2 inputs")]
    [InlineData("35-label-case.csv", 0.99, "positive 'a'")]
    [InlineData("35-label-zero-pad.csv", 0.99, "positive '1' in 31 rows")]
    public void IsReadAsMeant(string table, double auc, string said)
    {
        Run run = Train(Case(table)).Succeeds();
        run.Says(said);
        Assert.True(run.Metric("AUC") >= auc, run.Output);
    }

    [Theory]
    [InlineData("07-text-after-quote.tsv", "line 5: text stands behind a quoted field: ' Smith'", "--no-quotes")]
    [InlineData("17-label-zwsp.csv", "'no<U+200B>' (1 row, first on line 102)")]
    [InlineData("20-backslash-quote.csv", "line 2", "not behind a backslash")]
    [InlineData("33-open-quote-pair.csv", "line 22", "ends on line 82", "'Al'")]
    public void IsRefusedInOneSentence(string table, params string[] words) => Train(Case(table)).FailsWith(words);

    [Theory]
    [InlineData("30-weights-huge.csv", "from 1E-30 (line 2) to 1E+38 (line 3)")]
    [InlineData("30-weights-onecls.csv", "are 0 in all rows with the label '0'")]
    [InlineData("30-weights0.csv", "are all 0")]
    public void WeightsAreRefusedInOneSentence(string table, string words) =>
        Train(Case(table), "--weight-column", "w").FailsWith("weights in column 'w'", words);

    [Theory]
    [InlineData("07-text-after-quote.tsv", "200 rows")]
    [InlineData("33-open-quote-pair.csv", "100 rows")]
    public void QuotesCanBeLetters(string table, string rows) => Train(Case(table), "--no-quotes").Succeeds().Says(rows);

    [Fact]
    public void WhatIsMissingInTrainingIsMissingInPrediction()
    {
        Train(Case("02-missing-None-int.csv")).Succeeds();
        double[] scores = Scores(Case("02-predict.csv"));
        Assert.Equal(scores[0], scores[1]); // nothing, None
        Assert.Equal(scores[2], scores[3]); // 75, 75.0
    }

    [Fact]
    public void ALateWordLeavesNumbersNumbers()
    {
        Train(Case("03-late-word.csv")).Succeeds();
        double[] scores = Scores(Case("03-predict.csv"));
        Assert.True(scores[0] > 0 && scores[2] > 0 && scores[4] > 0, string.Join(' ', scores)); // 75, 75.5, 99.9
        Assert.True(scores[1] < 0 && scores[3] < 0 && scores[5] < 0, string.Join(' ', scores)); // 20, 20.5, 0.1
        Run("predict", "--model", "m.zip", "--data", "03-late-word.csv", "--output", "p.csv").Succeeds()
            .Says("Words in columns of numbers count as missing: x (1 row, first 'Bad Input' on line 1902)");
        Train(Case("04-units-row.csv")).Succeeds();
        scores = Scores(Case("04-predict.csv"));
        Assert.True(scores[0] > 0 && scores[1] < 0, string.Join(' ', scores));
    }

    [Fact]
    public void NumbersThatAreCategoriesAreComparedAsNumbers()
    {
        Train(Case("22-train.csv"), "--categorical", "zip").Succeeds();
        double[] asFloats = Scores(Case("22-pred-float.csv"));
        Write("whole.csv", File.ReadAllText(PathOf("22-pred-float.csv")).Replace(".0,", ","));
        Assert.Equal(Scores("whole.csv"), asFloats);
        Assert.True(asFloats.Distinct().Count() > 1);
    }

    [Fact]
    public void ContributionsBelongToTheirColumnWhateverItsName()
    {
        Train(Case("23-dot-names.csv"), "--report", "r.html").Succeeds();
        Run("predict", "--explain", "--model", "m.zip", "--data", Case("23-dot-names-pred.csv"), "--output", "p.csv").Succeeds();
        string[][] rows = [.. File.ReadLines(PathOf("p.csv")).Select(line => line.Split(','))];
        Assert.Equal(["Contribution.c", "Contribution.c.1"], rows[0][4..]);
        // c decides, c.1 is chance.
        Assert.All(rows.Skip(1), row => Assert.True(Size(row[4]) > 5 * Size(row[5]), string.Join(' ', row)));
        Run("predict", "--by-input", "--model", "m.zip", "--data", "23-dot-names-pred.csv", "--output", "i.csv").Succeeds();
        string[] inputs = File.ReadLines(PathOf("i.csv")).First().Split(',')[4..];
        Assert.Equal(inputs.Length, inputs.Distinct().Count());

        static double Size(string text) => Math.Abs(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void WordsNeverSeenAndRowsWithoutALabelAreSaidOnce()
    {
        Train(Case("25-eval-unl.csv")).Succeeds();
        Run run = Run("evaluate", "--model", "m.zip", "--data", Case("25-eval.csv")).Succeeds();
        Assert.Single(run.Lines, line => line.Contains("1 row without a label left out", StringComparison.Ordinal));
        Assert.Single(run.Lines, line => line.Contains("never saw count for nothing: c (2 rows, first 'YES!' on line 2)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("12-imb1.csv")]
    [InlineData("12-imb2.csv")]
    public void NothingIsExpectedFromOneOrTwoRows(string table)
    {
        Run run = Train(Case(table)).Succeeds();
        run.Says("can't be told: too few rows with the label '1'");
        Assert.DoesNotContain("NaN", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("area under ROC 0", run.Output, StringComparison.Ordinal);
    }
}
