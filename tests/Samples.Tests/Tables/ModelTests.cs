using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.SamplesTests.Tables;

/// <summary>Models of odd tables: trained, saved, loaded, and scored by this program and by another.</summary>
public sealed class ModelTests : Shallownet
{
    [Theory]
    [InlineData("Score")]
    [InlineData("PredictedLabel")]
    [InlineData("Probability")]
    [InlineData("Features")]
    [InlineData("(numbers)")]
    public void TheLabelMayHaveAnyName(string name)
    {
        // No better than chance: an evaluation against the model's own output would be perfect.
        Random random = new(5);
        Write("t.csv", $"x,{name}\n" + string.Concat(Enumerable.Range(0, 400).Select(_ => $"{random.NextDouble():0.000},{random.Next(2)}\n")));
        double auc = Train("t.csv", "--epochs", "2").Succeeds().Metric("AUC");
        Assert.InRange(auc, 0.3, 0.8);
        Assert.InRange(Run("evaluate", "--model", "m.zip", "--data", "t.csv").Succeeds().Metric("AUC"), auc - 0.001, auc + 0.001);
    }

    [Theory]
    [InlineData("Score", "PredictedLabel")]
    [InlineData("PredictedLabel", "Score")]
    public void TheLabelMayStandBesideWhatPredictKeptOfOne(string label, string weight)
    {
        Write("t.csv", $"x,{label} (table),{weight} (table),{label} (table) (table),{weight},{label}\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7},{i % 5},{i % 3},{i % 11},1,{(i % 7 > 3 ? "yes" : "no")}\n")));
        Train("t.csv", "--epochs", "2", "--weight-column", weight, "--label", label).Succeeds();
        Run("evaluate", "--model", "m.zip", "--data", "t.csv").Succeeds();
        string header = Run("predict", "--model", "m.zip", "--data", "t.csv", "--keep", $"{label},{label} (table)").Succeeds().Lines[0];
        Assert.Equal($"{label} (table) (table) (table),{label} (table),PredictedLabel,Score,Probability", header);
    }

    [Theory]
    [InlineData("Size,size", "Size", "'size'")]
    [InlineData("size,Size", "Size", "'size'")]
    [InlineData("Size,size", "SIZE", "'size'")]
    public void AColumnIsNotReadFromAnother(string trained, string given, string missing)
    {
        string Table(string names, int count) => $"{names},Label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7}{(count > 1 ? $",{i % 5}" : "")},{(i % 7 > 3 ? 1 : 0)}\n"));
        Write("t.csv", Table(trained, 2));
        Train("t.csv", "--epochs", "1").Succeeds();
        Write("u.csv", Table(given, 1));
        Run("predict", "--model", "m.zip", "--data", "u.csv").FailsWith($"u.csv has no column {missing}, which the model");
        Write("v.csv", Table(trained, 2).Replace("Label", "LABEL"));
        Run("evaluate", "--model", "m.zip", "--data", "v.csv").Succeeds();
    }

    // A step of ML.NET's that takes some numbers out writes over the names that it is given.
    [Fact]
    public void InputsKeepTheirNamesBesideMarksOfMissingNumbers()
    {
        Write("t.csv", "x,y,gap,Label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7},{i % 5},{(i % 9 == 0 ? "" : i % 4)},{(i % 7 > 3 ? 1 : 0)}\n")));
        Train("t.csv", "--epochs", "1", "--work", "work").Succeeds();
    }

    [Fact]
    public void ManyColumnsOfNumbersAndWordsAreFewVectors()
    {
        const int each = 1500;
        Random random = new(7);
        string names = string.Join(',', Enumerable.Range(0, each).Select(i => $"n{i},w{i}"));
        IEnumerable<string> rows = Enumerable.Range(0, 60).Select(r => string.Join(
            ',', Enumerable.Range(0, each).Select(i => $"{(i == 3 && r % 7 == 0 ? "NA" : $"{random.Next(100)}")},{(i == 7 ? r % 2 : random.Next(2)) switch { 0 => "a", _ => "b" }}"))
            + $",{r % 2}\n");
        Write("t.csv", names + ",Label\n" + string.Concat(rows));
        Run run = Train("t.csv", "--epochs", "2", "--hidden", "4", "--set", "Members=1").Succeeds();
        run.Says($"{each} numeric columns, {each} categorical");
        run.Says($"{3 * each + 1} inputs");
        run.Says("bit for bit");
        Run("predict", "--model", "m.zip", "--data", "t.csv", "--explain", "--output", "p.csv").Succeeds();
        string[] columns = File.ReadLines(PathOf("p.csv")).First().Split(',')[4..];
        Assert.Equal(2 * each, columns.Length);
        Assert.Contains("Contribution.w7", columns);

        Write("new.csv", File.ReadAllText(PathOf("t.csv")).Replace("\n", "\n", StringComparison.Ordinal).Replace(",a,", ",c,", StringComparison.Ordinal));
        Run("predict", "--model", "m.zip", "--data", "new.csv", "--output", "q.csv").Succeeds().Says("never saw count for nothing");
    }

    [Fact]
    public void AnotherProgramScoresTheSavedModelByTheColumnsNames()
    {
        Write("t.csv", "size,when,colour,Label\n" + string.Concat(Enumerable.Range(0, 80).Select(i =>
            $"{(i % 9 == 0 ? "" : $"{i % 10}")},2024-{1 + i % 12:00}-{1 + i % 28:00},{(i % 3 == 0 ? "red" : "blue")},{(i % 3 == 0 ? 1 : 0)}\n")));
        Train("t.csv", "--epochs", "4").Succeeds();
        double[] expected = Scores("t.csv");

        MLContext ml = new();
        ITransformer model = ml.Model.Load(PathOf("m.zip"), out DataViewSchema schema);
        using PredictionEngine<Row, Prediction> engine = ml.Model.CreatePredictionEngine<Row, Prediction>(model, schema);
        for (int i = 0; i < 80; i++)
        {
            DateTime when = new(2024, 1 + i % 12, 1 + i % 28);
            Prediction prediction = engine.Predict(new Row
            {
                Size = i % 9 == 0 ? double.NaN : i % 10,
                When = (when - DateTime.UnixEpoch).TotalDays,
                Colour = i % 3 == 0 ? "red" : "blue",
            });
            Assert.Equal((float)expected[i], prediction.Score);
        }
    }

    [Theory]
    [InlineData("1700000000000", "0.37")] // milliseconds
    [InlineData("1e17", "1e3")]
    [InlineData("0", "1e-300")]
    [InlineData("0", "1e300")]
    [InlineData("-5e-41", "1e-41")]
    public void NumbersThatSinglePrecisionCannotTellApartAreLearnt(string offset, string step)
    {
        double zero = double.Parse(offset, System.Globalization.CultureInfo.InvariantCulture);
        double one = double.Parse(step, System.Globalization.CultureInfo.InvariantCulture);
        Random random = new(3);
        Write("t.csv", "t,z,Label\n" + string.Concat(Enumerable.Range(0, 400).Select(_ => random.Next(100)).Select(k =>
            $"{NumberText.Format(zero + one * k)},{random.Next(9)},{(k > 50 ? 1 : 0)}\n")));
        Assert.True(Train("t.csv").Succeeds().Metric("AUC") > 0.99);
        Assert.True(Run("evaluate", "--model", "m.zip", "--data", "t.csv").Succeeds().Metric("AUC") > 0.99);
    }

    [Fact]
    public void UnknownTimesAmongTimesDoNotHideTheOthers()
    {
        Random random = new(3);
        Write("t.csv", "t,Label\n" + string.Concat(Enumerable.Range(0, 400).Select(i =>
            i % 50 == 0 ? $"0,{i / 50 % 2}\n" : random.Next(100_000) is var k ? $"{1_700_000_000_000 + k},{(k > 50_000 ? 1 : 0)}\n" : "")));
        Assert.True(Train("t.csv").Succeeds().Metric("AUC") > 0.97);
    }

    [Fact]
    public void FormattedNumbersOfTheModelAreReadTheSameWayInPrediction()
    {
        Write("t.csv", "share;price;day;Label\n" + string.Concat(Enumerable.Range(0, 120).Select(i =>
            $"{i % 10},5%;{1 + i % 3}.{100 + i},50;{1 + i % 28:00}.{1 + i % 12:00}.2024;{(i % 10 > 4 ? "ja" : "nein")}\n")));
        Run run = Train("t.csv").Succeeds();
        run.Says("share ('0,5%': percentages with a comma before decimals");
        run.Says("dates (day first)");
        Assert.True(Run("evaluate", "--model", "m.zip", "--data", "t.csv").Succeeds().Metric("AUC") > 0.99);
        Write("u.csv", "share;price;day\n0.5;1.100,50;01.01.2024\n");
        Run("predict", "--model", "m.zip", "--data", "u.csv").FailsWith("u.csv, line 2: '0.5' in column 'share'", "percentages");
    }

    [Fact]
    public void FormulasInLabelsAreWrittenAsTheyAreAndSaid()
    {
        const string formula = "=cmd|' /C calc'!A0";
        Write("t.csv", EasyTable.Replace(",1\n", $",{formula}\n").Replace(",0\n", ",\"no, \u001b[31mred\"\n"));
        Run run = Train("t.csv").Succeeds();
        Assert.DoesNotContain('\u001b', run.Output);
        run.Says("no, <U+001B>[31mred");
        Run("predict", "--model", "m.zip", "--data", "t.csv", "--output", "p.csv").Succeeds()
            .Says($"The label '{formula}' is written as the table has it; a spreadsheet may take it for a formula");
        string[] labels = [.. File.ReadLines(PathOf("p.csv")).Skip(1).Select(line => line[..line.LastIndexOf(',')]).Select(line => line[..line.LastIndexOf(',')]).Distinct()];
        Assert.Equal(["\"no, \u001b[31mred\"", formula], labels.Order());
        Run("evaluate", "--model", "m.zip", "--data", "t.csv").Succeeds();
    }

    private sealed class Row
    {
        [ColumnName("size")]
        public double Size { get; set; }

        [ColumnName("when")]
        public double When { get; set; }

        [ColumnName("colour")]
        public string Colour { get; set; } = "";

        public bool Label { get; set; }
    }
}
