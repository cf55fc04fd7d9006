using System.Globalization;

namespace MlNetShallowNet.SamplesTests;

public sealed class PredictTests : Shallownet
{
    [Fact]
    public void ColumnsAreMatchedByNameAndOthersPassedOver()
    {
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --model m.zip --epochs 5").Succeeds();
        string[] rows = EasyTable.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> others = rows.Skip(1).Select(row => row.Split(',')).Select(f => $"text\t{f[1]}\t{f[0]}\n");
        Write("other.tsv", "extra\tY\tx\n" + string.Concat(others));

        RunLine("predict --model m.zip --data t.csv --output p.csv").Succeeds();
        RunLine("predict --model m.zip --data other.tsv --output q.csv").Succeeds();

        Assert.Equal(File.ReadAllText(PathOf("p.csv")), File.ReadAllText(PathOf("q.csv")));
    }

    [Fact]
    public void WritesTheThreeOutputsOfEachRow()
    {
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --model m.zip").Succeeds();
        Write("u.csv", "x,y\n-6,0\n6,9\n,\nNA,3\n");
        Run run = RunLine("predict --model m.zip --data u.csv --output -");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(5, run.Lines.Length);
        Assert.Equal("PredictedLabel,Score,Probability", run.Lines[0]);
        foreach (string line in run.Lines.Skip(1))
        {
            string[] fields = line.Split(',');
            float score = float.Parse(fields[1], CultureInfo.InvariantCulture);
            Assert.Equal(score > 0 ? "1" : "0", fields[0]);
            Assert.Equal((float)(1 / (1 + Math.Exp(-(double)score))), float.Parse(fields[2], CultureInfo.InvariantCulture));
        }
        Assert.StartsWith("0,", run.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("1,", run.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void TheInputIsNeverTheOutput()
    {
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --model m.zip --epochs 2").Succeeds();
        RunLine("predict --model m.zip --data t.csv --output t.csv").FailsWith("t.csv itself");
        RunLine("predict --model m.zip --data t.csv --output ./m.zip").FailsWith("m.zip itself");
        RunLine("predict --model m.zip --data t.csv --output no-folder/p.csv").FailsWith("no-folder/p.csv can't be written");
        Assert.Equal(EasyTable, File.ReadAllText(PathOf("t.csv")));
    }

    [Fact]
    public void EvaluationOfTheSavedModelAgreesWithTraining()
    {
        Write("t.csv", EasyTable);
        Run trained = RunLine("train --data t.csv --model m.zip --test-fraction 0 --epochs 4").Succeeds();
        Run evaluated = RunLine("evaluate --model m.zip --data t.csv").Succeeds();
        foreach (string metric in (string[])["AUC", "Accuracy", "F1", "Log loss (natural)"])
            Assert.Equal(trained.Metric(metric), evaluated.Metric(metric));
        Write("u.csv", EasyTable.Replace("Label", "truth"));
        Assert.Equal(trained.Metric("AUC"), RunLine("evaluate --model m.zip --data u.csv --label truth").Succeeds().Metric("AUC"));
    }
}
