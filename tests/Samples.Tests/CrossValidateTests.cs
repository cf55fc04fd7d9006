using System.Globalization;

namespace MlNetShallowNet.SamplesTests;

public sealed class CrossValidateTests : Shallownet
{
    [Fact]
    public void EveryFoldIsEvaluated()
    {
        Write("t.csv", EasyTable);
        Run run = RunLine("cross-validate --data t.csv --folds 3 --epochs 20").Succeeds();
        run.Says("Metrics of 3 folds");
        run.Says("Mean");
        run.Says("Std. deviation");
    }

    [Fact]
    public void MetricsAreInRowsAndFitEightyColumns()
    {
        Write("t.csv", EasyTable);
        string[] lines = RunLine("cross-validate --data t.csv --folds 7 --preset fast").Succeeds().Lines;
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        double[] folds = [.. lines.Where(line => line.StartsWith("│ Accuracy ", StringComparison.Ordinal)).Skip(1)
            .SelectMany(line => line.Split('│', StringSplitOptions.RemoveEmptyEntries).Skip(1)).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        Assert.Equal(7, folds.Length);
        string[] all = lines.First(line => line.StartsWith("│ Accuracy ", StringComparison.Ordinal)).Split('│', StringSplitOptions.RemoveEmptyEntries);
        double mean = folds.Average();
        // Four decimals are printed, of the folds too.
        Assert.Equal(mean, double.Parse(all[1], CultureInfo.InvariantCulture), 1.1e-4);
        Assert.Equal(Math.Sqrt(folds.Sum(f => (f - mean) * (f - mean)) / 6), double.Parse(all[2], CultureInfo.InvariantCulture), 2e-4);
    }

    [Fact]
    public void NumbersStayWholeOnANarrowTerminal()
    {
        Write("t.csv", EasyTable);
        Width = 40;
        string[] accuracies = [.. RunLine("cross-validate --data t.csv --folds 3 --epochs 2").Succeeds().Lines.Where(line => line.StartsWith("│ Accuracy ", StringComparison.Ordinal)).Skip(1)];
        Assert.Equal(3, accuracies.Length);
        Assert.All(accuracies, line => Assert.True(line.Length <= 40, line));
    }

    [Fact]
    public void FoldsCanBeGivenAndOutOfFoldPredictionsWritten()
    {
        string[] rows = EasyTable.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Write("t.csv", "fold,x,y,Label\n" + string.Concat(rows.Skip(1).Select((row, i) => $"{10 - i % 4},{row}\n")) + "7,1,1,\n");

        RunLine("cross-validate --data t.csv --fold-column fold --epochs 20 --scores s.csv").Succeeds();

        string[][] scores = [.. File.ReadAllLines(PathOf("s.csv")).Select(line => line.Split(','))];
        Assert.Equal(["Row", "Fold", "Label", "Score", "Probability"], scores[0]);
        Assert.Equal(61, scores.Length);
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal($"{i + 1}", scores[i + 1][0]);
            Assert.Equal($"{10 - i % 4}", scores[i + 1][1]);
            Assert.Equal(rows[i + 1].Split(',')[2], scores[i + 1][2]);
            Assert.InRange(float.Parse(scores[i + 1][4], CultureInfo.InvariantCulture), 0, 1);
        }
        RunLine("cross-validate --data t.csv --fold-column Label").FailsWith("'Label' is the label");
    }
}
