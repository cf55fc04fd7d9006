using System.Text;

namespace MlNetShallowNet.SamplesTests;

/// <summary>Tables as they come: each is trained on, and its rows predicted.</summary>
public sealed class OddTableTests : Shallownet
{
    [Theory]
    [InlineData(',', "comma")]
    [InlineData('\t', "tab")]
    [InlineData(';', "semicolon")]
    [InlineData('|', "pipe")]
    public void TheSeparatorIsFound(char separator, string name)
    {
        Write("t.csv", EasyTable.Replace(',', separator));
        Assert.Contains($"separator: {name}", TrainAndPredict("t.csv", 60).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSeparatorCanBeGiven()
    {
        Write("t.csv", EasyTable.Replace(',', '#'));
        Run("train", "--data", "t.csv", "--epochs", "2", "--separator", "#").Succeeds();
        Write("u.csv", EasyTable.Replace(',', ' '));
        Run("train", "--data", "u.csv", "--epochs", "2", "--separator", "space").Succeeds();
    }

    [Fact]
    public void AByteOrderMarkAndWindowsLineEndsAreNoPartOfTheData()
    {
        File.WriteAllText(PathOf("t.csv"), EasyTable.Replace("\n", "\r\n"), new UTF8Encoding(true));
        TrainAndPredict("t.csv", 60);
        RunLine("evaluate --model m.zip --data t.csv --label Label").Succeeds().Says("AUC");
        File.WriteAllText(PathOf("u.csv"), EasyTable, Encoding.Unicode);
        RunLine("evaluate --model m.zip --data u.csv").Succeeds();
    }

    [Fact]
    public void QuotedFieldsMayHoldSeparatorsQuotesAndLineBreaks()
    {
        StringBuilder table = new("\"size, in cm\",\"the \"\"kind\"\"\",\"a\nb\",\"answer\"\n");
        for (int i = 0; i < 60; i++)
        {
            bool isRed = i % 3 == 0;
            string kind = isRed ? "big, red" : "say \"\"hi\"\"\nthere";
            table.Append($"\"{i % 7}.5\",\"{kind}\", \"{i}\" ,{(isRed ? "\"yes, sir\"" : "no")}\n");
        }
        Write("t.csv", table.ToString());
        string[] predictions = TrainAndPredict("t.csv", 60, "--epochs", "60").Lines;
        Assert.Contains(predictions, line => line.Contains("1 categorical (2 values", StringComparison.Ordinal));
        Assert.Contains(predictions, line => line.Contains("'yes, sir'", StringComparison.Ordinal));
        Assert.StartsWith("\"yes, sir\",", File.ReadAllLines(PathOf("p.csv"))[1], StringComparison.Ordinal);
        Assert.StartsWith("no,", File.ReadAllLines(PathOf("p.csv"))[2], StringComparison.Ordinal);
    }

    [Fact]
    public void WordsAreLearntFromAndMissingValuesAreFilledInAndSaidSo()
    {
        string[] missing = ["", "NA", "?", "NaN", "null", "n/a"];
        StringBuilder table = new("id,age,colour,empty,same,income,Outcome\n");
        for (int i = 0; i < 120; i++)
        {
            string colour = i % 20 == 0 ? missing[i / 20] : i % 3 == 0 ? "red" : "blue";
            string age = i % 10 == 3 ? missing[i / 10 % 6] : $"{20 + i % 40}";
            table.Append($"customer-{i},{age},{colour},,x,{1000 + i * 7 % 90}e1,{(i % 3 == 0 ? "churned" : "stayed")}\n");
        }
        Write("t.csv", table.ToString());
        Run run = TrainAndPredict("t.csv", 120, "--positive", "churned", "--epochs", "40");

        run.Says("no values: empty");
        run.Says("the same text in every row: same ('x')");
        run.Says("too many different texts, and not sentences: id (120,");
        run.Says("Missing numbers: 12 in age");
        run.Says("Missing categories: 6 in colour");
        // age, colour (red, blue), income, and whether age is missing.
        run.Says("5 inputs");
        run.Says("positive 'churned' in 40 rows");
        Assert.True(run.Metric("AUC") > 0.9, run.Output);
        Assert.StartsWith("churned,", File.ReadAllLines(PathOf("p.csv"))[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("B", "M", null, "positive 'M'", "choose with --positive")]
    [InlineData("B", "M", "b", "positive 'B'", null)]
    [InlineData("1", "2", null, "positive '2'", "choose with --positive")]
    [InlineData("True", "FALSE", null, "positive 'True'", null)]
    [InlineData("yes", "no", null, "positive 'yes'", null)]
    [InlineData("Y", "N", null, "positive 'Y'", null)]
    [InlineData("1.0", "0.0", "1", "positive '1.0'", null)]
    [InlineData("-1", "1", "-1", "positive '-1'", null)]
    public void AnyTwoValuesAreALabel(string one, string other, string? positive, string said, string? note)
    {
        Write("t.csv", "x,class\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 9},{(i % 2 == 0 ? one : other)}\n")));
        string[] choice = positive is null ? [] : ["--positive", positive];
        string output = Run(["train", "--data", "t.csv", "--epochs", "2", .. choice]).Succeeds().Output;
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Equal(note is not null, output.Contains("choose with --positive", StringComparison.Ordinal));
    }

    [Fact]
    public void AThousandColumnsAreRead()
    {
        StringBuilder table = new(string.Join(',', Enumerable.Range(0, 1000).Select(i => $"column {i}")) + ",Label\n");
        Random random = new(5);
        for (int row = 0; row < 60; row++)
        {
            double[] values = [.. Enumerable.Range(0, 1000).Select(_ => Math.Round(random.NextDouble(), 3))];
            table.Append($"{string.Join(',', values)},{(values[17] > 0.5 ? 1 : 0)}\n");
        }
        Write("t.csv", table.ToString());
        Run run = TrainAndPredict("t.csv", 60, "--epochs", "2", "--hidden", "4");
        run.Says("1000 inputs");
        RunLine("cross-validate --data t.csv --epochs 1 --hidden 2 --folds 2").Succeeds();
    }

    [Fact]
    public void ColumnsNamedLikeMlNetsOwnAreJustColumns()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 60)
            .Select(i => $"{i % 7},{(i % 5 == 0 ? "" : $"{i % 5}")},{(i % 2 == 0 ? "a" : "b")},{i},{i % 3},{(i % 7 > 3 ? "yes" : "no")}\n");
        Write("t.csv", "Features,Score,Probability,PredictedLabel,Label,outcome\n" + string.Concat(rows));
        Run run = TrainAndPredict("t.csv", 60, "--label", "outcome");
        run.Says("7 inputs");
    }

    [Fact]
    public void WordsOfColumnsNamedLikeMlNetsOwnAreKnown()
    {
        Write("t.csv", "Features,Score,Probability,PredictedLabel,x,outcome\n" + string.Concat(Enumerable.Range(0, 60).Select(
            i => $"a{i % 3},b{i % 2},c{i % 4},d{i % 3},{i % 7},{(i % 7 > 3 ? "yes" : "no")}\n")));
        TrainAndPredict("t.csv", 60, "--label", "outcome");
        Assert.DoesNotContain("never saw", Run("predict", "--model", "m.zip", "--data", "t.csv", "--output", "p.csv").Succeeds().Output, StringComparison.Ordinal);
        Write("u.csv", "Features,Score,Probability,PredictedLabel,x\na0,new,c0,d0,1\n");
        Run("predict", "--model", "m.zip", "--data", "u.csv", "--output", "p.csv").Succeeds().Says("training never saw count for nothing: Score (1 row, first 'new' on line 2)");
    }

    [Fact]
    public void HeadersWithRepeatedOrMissingNamesAreNumbered()
    {
        Write("t.csv", ",x,x,Label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 5},{i % 3},{i % 2}\n")));
        Run run = TrainAndPredict("t.csv", 40);
        run.Says("column 1 has no name and is called 'Column1'");
        run.Says("a second 'x' (column 3) is called 'x.2'");
        run.Says("Looks like row numbers: Column1");
        RunLine("train --data t.csv --epochs 2 --ignore Column1").Succeeds().Says("2 inputs");
        RunLine("train --data t.csv --epochs 2 --ignore Column1,x").Succeeds().Says("1 input,");
    }

    [Fact]
    public void AFileWithoutAHeaderIsReadWhenToldSo()
    {
        Write("t.csv", EasyTable[(EasyTable.IndexOf('\n') + 1)..]);
        RunLine("train --data t.csv --epochs 2 --no-header --model m.zip").Succeeds().Says("60 rows");
        RunLine("predict --model m.zip --data t.csv --no-header --output p.csv").Succeeds();
        Assert.Equal(61, File.ReadAllLines(PathOf("p.csv")).Length);
        RunLine("predict --model m.zip --data t.csv --output p.csv").FailsWith("no column 'Column1', 'Column2'");
    }

    [Fact]
    public void RowsWithoutALabelAreLeftOutOfTrainingAndScoredInPrediction()
    {
        Write("t.csv", EasyTable + "1,2,\n3,4,NA\n");
        Run run = TrainAndPredict("t.csv", 62);
        run.Says("2 rows without a label left out");
        run.Says("all 60 rows are the trained model's");
    }

    [Fact]
    public void WeightsAreNoInputAndCountRows()
    {
        // Every row with x > 2 contradicts itself; the weights say which of the two to believe.
        IEnumerable<string> rows = Enumerable.Range(0, 60)
            .Select(i => $"{i % 5},{(i < 30 ? 10 : 0)},{((i % 5 > 2) == (i < 30) ? 1 : 0)}\n");
        Write("t.csv", "x,w,Label\n" + string.Concat(rows));
        Run run = RunLine("train --data t.csv --weight-column w --test-fraction 0 --model m.zip").Succeeds();
        run.Says("1 input,");
        Write("u.csv", "x\n0\n4\n");
        Assert.Equal(["0", "1"], RunLine("predict --model m.zip --data u.csv").Lines.Skip(1).Select(line => line[..1]));
        Write("v.csv", "x,w,Label\n1,1,1\n2,-1,0\n3,1,1\n4,1,0\n");
        RunLine("train --data v.csv --weight-column w --test-fraction 0").FailsWith("v.csv, line 3", "'-1'", "weight");
    }

    [Fact]
    public void CommasInNumbersAreNoticed()
    {
        Write("t.csv", "a;b;Label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 9},5;{i % 4};{i % 2}\n")));
        RunLine("train --data t.csv --epochs 2").Succeeds().Says("a ('0,5': a comma before decimals)");
        Write("u.csv", "a,b,Label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"\"1,{i % 9}00.5\",{i % 4},{i % 2}\n")));
        RunLine("train --data u.csv --epochs 2").Succeeds().Says("a ('1,000.5')");
    }

    [Fact]
    public void LettersThatAreNotUtf8AreNoticed()
    {
        File.WriteAllText(PathOf("t.csv"), EasyTable.Replace("y,", "h\u00f6he,"), Encoding.Latin1);
        TrainAndPredict("t.csv", 60).Says("Encoding: line 1 isn't UTF-8, so the file is read as Windows-1252");
    }

    [Fact]
    public void NumbersThatMayNameTheRowAreNoticed()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 40).Select(i => $"{i * 7919 % 100_003},{i % 9},{i * 0.37},{i % 2}\n");
        Write("t.csv", "customer,visits,spent,Label\n" + string.Concat(rows));
        RunLine("train --data t.csv --epochs 2").Succeeds().Says("A different whole number in every row: customer (kept");
    }

    [Fact]
    public void NumbersCanBeCategories()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 60).Select(i => $"{10000 + i % 4},{(i % 4 is 1 or 2 ? 1 : 0)}\n");
        Write("t.csv", "zip,Label\n" + string.Concat(rows));
        TrainAndPredict("t.csv", 60, "--categorical", "zip").Says("4 inputs");
    }

    private Run TrainAndPredict(string table, int rows, params string[] options)
    {
        string[] epochs = options.Contains("--epochs") ? [] : ["--epochs", "3"];
        Run run = Run(["train", "--data", table, "--model", "m.zip", .. epochs, .. options]).Succeeds();
        run.Says("bit for bit");
        Run("predict", "--model", "m.zip", "--data", table, "--output", "p.csv").Succeeds();
        string[] predictions = File.ReadAllLines(PathOf("p.csv"));
        Assert.Equal("PredictedLabel,Score,Probability", predictions[0]);
        Assert.Equal(rows + 1, predictions.Length);
        return run;
    }
}
