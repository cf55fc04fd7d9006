using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.SamplesTests;

/// <summary>The probability above which a row is called positive: given, saved with the model, and chosen.</summary>
public sealed class ThresholdTests : Shallownet
{
    /// <summary>Labels that only chance ties to x at the edges, so that probabilities lie between 0 and 1.</summary>
    private static string Noisy { get; } = "x,Label\n" + string.Concat(Noise().Select(row => $"{row.X},{(row.Label ? 1 : 0)}\n"));

    [Fact]
    public void ItIsTrainedWithSavedAndFollowed()
    {
        Write("t.csv", Noisy);
        Train("t.csv").Succeeds();
        (bool Called, double Probability)[] before = Predicted();
        Assert.All(before, row => Assert.Equal(row.Probability > 0.5, row.Called));

        Run trained = Train("t.csv", "--threshold", "0.2").Succeeds();
        trained.Says("Decisions are the model's: '1' where the probability is above 0.2");
        (bool Called, double Probability)[] after = Predicted();
        Assert.Equal(before.Select(row => row.Probability), after.Select(row => row.Probability));
        Assert.All(after, row => Assert.Equal(row.Probability > 0.2, row.Called));
        Assert.NotEqual(before, after);

        Run evaluated = Run("evaluate", "--model", "m.zip", "--data", "t.csv").Succeeds();
        foreach (Run run in (Run[])[trained, evaluated])
        {
            int found = after.Zip(Noise(), (row, truth) => row.Called && truth.Label).Count(yes => yes);
            Assert.Equal(found / (double)Noise().Count(row => row.Label), run.Metric("Recall"), 5e-5);
            Assert.Equal(found / (double)after.Count(row => row.Called), run.Metric("Precision"), 5e-5);
        }

        Assert.All(Predicted("--threshold", "0.7"), row => Assert.Equal(row.Probability > 0.7, row.Called));
        Assert.All(Predicted("--threshold", "0.5", "--explain"), row => Assert.Equal(row.Probability > 0.5, row.Called));
    }

    [Fact]
    public void WhatEvaluateChoosesDoesWhatItSaysHereAndOnThePage()
    {
        Write("t.csv", Noisy);
        Train("t.csv").Succeeds();
        Run run = Run("evaluate", "--model", "m.zip", "--data", "t.csv", "--recall", "0.95", "--precision", "0.7", "--miss-cost", "5", "--report", "r.html").Succeeds();
        string[][] rows = [.. run.Lines.SkipWhile(line => !line.Contains("Thresholds by criterion", StringComparison.Ordinal))
            .Where(line => line.Contains('0') && line.Contains('│')).Select(line => (string[])[.. line.Split('│')[1..^1].Select(cell => cell.Trim())])];
        Assert.Equal(["best F1", "recall 0.95 or more", "precision 0.7 or more", "least cost (false alarm 1, miss 5)"], rows.Select(row => row[0]));
        string page = File.ReadAllText(PathOf("r.html"));
        foreach (string[] row in rows)
        {
            (bool Called, double Probability)[] called = Predicted("--threshold", row[1]);
            int found = called.Zip(Noise(), (c, truth) => c.Called && truth.Label).Count(yes => yes);
            Assert.Equal(Number(row[2]), found / (double)called.Count(c => c.Called), 5e-4);
            Assert.Equal(Number(row[3]), found / (double)Noise().Count(truth => truth.Label), 5e-4);
            Assert.Contains($"<th scope=\"row\">{row[0].Replace(".", ".<wbr>", StringComparison.Ordinal)}</th><td>{row[1]}</td>", page, StringComparison.Ordinal);
        }
        Assert.True(Number(rows[1][3]) >= 0.95 && Number(rows[2][2]) >= 0.7, run.Output);
    }

    [Fact]
    public void TheChoiceIsTheBestOfAllThatRowsCanTellApart()
    {
        Random random = new(4);
        bool[] labels = [.. Enumerable.Range(0, 150).Select(_ => random.Next(3) == 0)];
        // Many rows of the same score, and some that single precision can hardly tell apart.
        float[] scores = [.. labels.Select(label => MathF.Round(8 * (random.NextSingle() - 0.5f) + (label ? 1 : 0), random.Next(3)))];
        ScoredRows rows = new(labels, [.. scores.Select(s => (double)s)], [.. scores.Select(s => (double)(float)(1 / (1 + Math.Exp(-(double)s))))]);
        ThresholdWishes wishes = new(0.8, 0.6, 1, 3);
        Confusion[] every = [.. scores.Distinct().Append(float.NegativeInfinity).Select(least => new Confusion(0,
            Count(s => s > least, true), Count(s => s > least, false), Count(s => s <= least, true), Count(s => s <= least, false)))];
        IReadOnlyList<ThresholdChoice> chosen = ThresholdChoice.All(rows, wishes);

        Assert.Equal(every.Max(c => c.F1), chosen[0].Decisions!.Value.F1);
        Assert.Equal(every.Where(c => c.Recall >= 0.8).Max(c => c.Precision), chosen[1].Decisions!.Value.Precision, 0.05);
        Assert.Equal(every.Where(c => c.Recall >= 0.8).Min(c => c.TruePositives + c.FalsePositives), chosen[1].Decisions!.Value.TruePositives + chosen[1].Decisions!.Value.FalsePositives);
        Assert.Equal(every.Where(c => c.Precision >= 0.6).Max(c => c.TruePositives), chosen[2].Decisions!.Value.TruePositives);
        Assert.Equal(every.Min(c => c.FalsePositives + 3 * c.FalseNegatives), chosen[3].Decisions!.Value.FalsePositives + 3 * chosen[3].Decisions!.Value.FalseNegatives);
        Assert.All(chosen, choice => Assert.Equal(choice.Decisions, Confusion.At(rows, choice.Decisions!.Value.Threshold)));

        ScoredRows backwards = new(labels, [.. labels.Select(label => label ? -1.0 : 1)], [.. labels.Select(label => label ? 0.27 : 0.73)]);
        Assert.Null(ThresholdChoice.All(backwards, wishes)[2].Decisions);

        int Count(Func<float, bool> which, bool label) => scores.Where((s, i) => which(s) && labels[i] == label).Count();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("half")]
    public void OnlyAProbabilityIsOne(string threshold) =>
        Run("train", "--data", Write("t.csv", Noisy), "--threshold", threshold).IsMisused($"--threshold must be above 0 and below 1, not {threshold}.");

    private (bool Called, double Probability)[] Predicted(params string[] options)
    {
        Run(["predict", "--model", "m.zip", "--data", "t.csv", "--output", "p.csv", .. options]).Succeeds();
        return [.. File.ReadLines(PathOf("p.csv")).Skip(1).Select(line => line.Split(',')).Select(cells => (cells[0] == "1", Number(cells[2])))];
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static (int X, bool Label)[] Noise()
    {
        Random random = new(8);
        return [.. Enumerable.Range(0, 240).Select(i => (i % 24, random.Next(24) < i % 24))];
    }
}
