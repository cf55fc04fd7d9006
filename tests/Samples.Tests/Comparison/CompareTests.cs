using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Comparison;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.SamplesTests.Report;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests.Comparison;

/// <summary><c>compare</c>: the same folds and features for all, figures that are ML.NET's, and what differs told in words.</summary>
public sealed class CompareTests(NoisyComparison noisy) : Shallownet, IClassFixture<NoisyComparison>
{
    private const string Compare = "compare --data t.csv --folds 3 --preset fast ";

    private static readonly string[] _metrics = ["auc", "logLoss", "accuracy"];

    [Fact]
    public void OursIsWhatCrossValidateMeasuresAndTheBaselineKnowsTheShareAlone()
    {
        Write("t.csv", NoisyComparison.Table);
        JsonElement[] trainers = noisy.Trainers;
        Assert.Equal(
            ["ShallowNetwork", "LightGbm", "FastTree", "FastForest", "LbfgsLogisticRegression", "SdcaLogisticRegression", "Prior"],
            trainers.Select(trainer => trainer.GetProperty("name").GetString()));

        Run alone = RunLine("cross-validate --data t.csv --folds 3 --preset fast").Succeeds();
        // Four decimals are printed.
        Assert.Equal(alone.Metric("AUC (area under ROC)"), Mean(trainers[0], "auc"), 5.1e-5);
        Assert.Equal(alone.Metric("Accuracy"), Mean(trainers[0], "accuracy"), 5.1e-5);
        Assert.Equal(alone.Metric("Log loss (natural)"), Mean(trainers[0], "logLoss"), 5.1e-5);

        Assert.Equal(0.5, Mean(trainers[^1], "auc"));
        // 96 of 240 rows are positive, and so are 32 of the 80 in each fold.
        Assert.Equal(-(0.4 * Math.Log(0.4) + 0.6 * Math.Log(0.6)), Mean(trainers[^1], "logLoss"), 1e-6);
        Assert.Equal(0.6, Mean(trainers[^1], "accuracy"));
    }

    [Fact]
    public void AnothersFiguresAreThoseOfMlNetOnTheSameFolds()
    {
        Write("t.csv", NoisyComparison.Table);
        JsonElement[] trainers = noisy.Trainers;
        var ml = new MLContext(1);
        IDataView all = ml.Data.LoadFromTextFile(PathOf("t.csv"),
            [new TextLoader.Column("Features", DataKind.Single, 0, 1), new TextLoader.Column("Label", DataKind.Boolean, 2)], ',', hasHeader: true);
        bool[] labels = [.. all.GetColumn<bool>("Label")];
        int[] folds = RowPartition.Folds([.. labels.Select(label => (bool?)label)], 3, 1);
        float[][] features = [.. all.GetColumn<float[]>("Features")];
        IDataView Rows(Func<int, bool> includes) => ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, labels.Length).Where(row => includes(folds[row])).Select(row => new Row { Features = features[row], Label = labels[row] }));
        for (int fold = 0; fold < 3; fold++)
        {
            foreach ((string name, IEstimator<ITransformer> trainer) in ((string, IEstimator<ITransformer>)[])[
                ("LbfgsLogisticRegression", ml.Transforms.NormalizeMeanVariance("Features").Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression())),
                ("FastTree", ml.BinaryClassification.Trainers.FastTree())])
            {
                CalibratedBinaryClassificationMetrics expected = ml.BinaryClassification.Evaluate(
                    trainer.Fit(Rows(f => f != fold)).Transform(Rows(f => f == fold)));
                JsonElement found = trainers.Single(t => t.GetProperty("name").GetString() == name).GetProperty("folds")[fold];
                Assert.Equal(expected.AreaUnderRocCurve, found.GetProperty("auc").GetDouble(), 1e-6);
                Assert.Equal(expected.Accuracy, found.GetProperty("accuracy").GetDouble(), 1e-6);
                Assert.Equal(expected.LogLoss * Math.Log(2), found.GetProperty("logLoss").GetDouble(), 1e-5);
            }
        }
    }

    [Fact]
    public void DifferencesAreOfFoldsAndTheirIntervalIsWhatItSays()
    {
        JsonElement[] trainers = noisy.Trainers;
        const double t = 4.302652729911275; // Student's, 97.5 %, of two degrees of freedom: scipy.stats.t.ppf(0.975, 2)
        foreach (JsonElement trainer in trainers.Skip(1))
        {
            foreach (string metric in _metrics)
            {
                double[] d = [.. Enumerable.Range(0, 3).Select(f =>
                    trainer.GetProperty("folds")[f].GetProperty(metric).GetDouble() - trainers[0].GetProperty("folds")[f].GetProperty(metric).GetDouble())];
                double mean = d.Average(), half = t * Math.Sqrt((1 / 3.0 + 1 / 2.0) * d.Sum(x => (x - mean) * (x - mean)) / 2);
                JsonElement found = trainer.GetProperty("differenceToOurs").GetProperty(metric);
                Assert.Equal(mean, found.GetProperty("mean").GetDouble(), 1e-12);
                Assert.Equal(half, found.GetProperty("halfWidth").GetDouble(), 1e-9);
                Assert.Equal(Math.Abs(mean) <= half, found.GetProperty("isWithinNoise").GetBoolean());
            }
        }
        Assert.All(trainers, trainer =>
        {
            foreach (string cost in (string[])["fitSeconds", "predictionMicroseconds", "modelBytes"])
                Assert.True(trainer.GetProperty(cost).GetDouble() > 0, cost);
        });
    }

    [Fact]
    public void TheConsoleFitsEightyColumnsAndThePageNeedsNothing()
    {
        Write("t.csv", NoisyComparison.Table.Replace("Label", "<b>"));
        Run run = RunLine(Compare + "--label <b> --report c.html").Succeeds();
        string[] lines = [.. run.Lines.SkipWhile(line => !line.StartsWith("On 3 folds", StringComparison.Ordinal))];
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => line.StartsWith("Log loss: ShallowNetwork is ", StringComparison.Ordinal));
        string page = File.ReadAllText(PathOf("c.html"));
        SelfContained.Assert(page, "<script>");
        Assert.Contains("&lt;b&gt;", page);
        Assert.DoesNotContain("<b>", page);
        foreach (string metric in _metrics)
        {
            string section = page.Split($"<section id=\"difference-{metric}\"")[1].Split("</section>")[0];
            XElement svg = XElement.Parse(section[section.IndexOf("<svg", StringComparison.Ordinal)..(section.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
            Assert.Equal(5, svg.Elements("circle").Count(e => e.Attribute("class")?.Value == "dot curve"));
            Assert.Equal(15, svg.Elements("circle").Count(e => e.Attribute("class")?.Value == "ring faint"));
        }
    }

    [Fact]
    public void ATrainerThatFailsIsLeftOutWithItsReason()
    {
        Write("t.csv", NoisyComparison.Table);
        InBoxTrainer broken = new("Broken", false, false, (_, _) => throw new InvalidOperationException("no such library"));
        Run run = Run(() => new ComparisonJob
        {
            Table = new TableSettings("t.csv"),
            Network = ShallowNetworkTrainer.Options.Fast(),
            Folds = 3,
            Others = [broken, InBoxTrainer.All.Single(trainer => trainer.Name == "LbfgsLogisticRegression")],
            OutputPath = "c.json",
        }.Run()).Succeeds();
        run.Says("Broken could not be trained on this table and is left out: no such library");
        Assert.Equal(["ShallowNetwork", "LbfgsLogisticRegression", "Prior"], Trainers(run).Select(trainer => trainer.GetProperty("name").GetString()));
    }

    [Fact]
    public void ATrainerWhoseProbabilitiesAreNoNumbersIsLeftOut()
    {
        Write("t.csv", NoisyComparison.Table);
        // 80 rows in a fold, each with a probability of 0 / 0.
        InBoxTrainer numberless = new("Numberless", false, false, (trainers, c) => trainers.Prior(c.Label)
            .Append(new MLContext(1).Transforms.Expression("Probability", "p => (p - p) / (p - p)", "Probability")));
        Run run = Run(() => new ComparisonJob
        {
            Table = new TableSettings("t.csv"),
            Network = ShallowNetworkTrainer.Options.Fast(),
            Folds = 3,
            Others = [numberless],
            OutputPath = "c.json",
        }.Run()).Succeeds();
        Assert.Contains(
            "Numberless could not be trained on this table and is left out: 80 of 80 rows of a fold got a score or a probability that is no number.",
            run.Output.ReplaceLineEndings(" "));
        Assert.Equal(["ShallowNetwork", "Prior"], Trainers(run).Select(trainer => trainer.GetProperty("name").GetString()));
    }

    [Fact]
    public void CtrlCEndsItAtOnceAndNothingIsWritten()
    {
        if (OperatingSystem.IsWindows())
            return;
        System.Diagnostics.Process process = Start("compare", "--data", Data("breast-cancer.csv"), "--folds", "200", "--output", "c.json");
        string line;
        do
        {
            line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The program ended before it compared.");
        }
        while (!line.Contains("positive", StringComparison.Ordinal));
        Thread.Sleep(TimeSpan.FromSeconds(2)); // into the comparison, which takes minutes
        Signal(process, "INT");
        Wait(process).FailsWith("Stopped by Ctrl+C", "nothing was written");
        Assert.False(File.Exists(PathOf("c.json")));
    }

    [SkippableFact]
    public void EveryTrainerTakesExampleWeightsAndGivenFoldsAndWords()
    {
        LongTest.Require();
        string[] rows = NoisyComparison.Table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Write("t.csv", "fold,heavy,word,x,y,Label\n" + string.Concat(rows.Skip(1).Select((row, i) => $"{i % 3},{i % 2 * 3},{(i % 7 > 3 ? "a" : "b")},{row}\n")));
        RunLine("compare --data t.csv --preset fast --fold-column fold --weight-column heavy --output c.json").Succeeds();
        JsonElement root = JsonDocument.Parse(File.ReadAllText(PathOf("c.json"))).RootElement;
        Assert.Equal(0, root.GetProperty("failed").GetArrayLength());
        Assert.Equal(["0", "1", "2"], root.GetProperty("folds").EnumerateArray().Select(fold => fold.GetString()));
        Assert.Equal(7, root.GetProperty("trainers").GetArrayLength());
    }

    [Fact]
    public void NothingThatIsReadIsOverwritten()
    {
        Write("t.csv", NoisyComparison.Table);
        RunLine(Compare + "--output t.csv").FailsWith("--output is t.csv itself");
        RunLine(Compare + "--output a --report a").FailsWith("--output and --report both say a");
    }

    private JsonElement[] Trainers(Run run)
    {
        Assert.Equal(0, run.ExitCode);
        return [.. JsonDocument.Parse(File.ReadAllText(PathOf("c.json"))).RootElement.GetProperty("trainers").EnumerateArray()];
    }

    private static double Mean(JsonElement trainer, string metric) => trainer.GetProperty("mean").GetProperty(metric).GetDouble();

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
