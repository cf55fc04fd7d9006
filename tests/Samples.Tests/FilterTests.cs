using System.Diagnostics;
using System.Text.Json;

namespace MlNetShallowNet.SamplesTests;

/// <summary>The program between others: what it reads and writes, and where its messages go.</summary>
public sealed class FilterTests : Shallownet
{
    private const string People = "id,x,Score,y,Label\n007,-6,a,0,0\n\"a, b\",6,\"say \"\"hi\"\"\",9,1\n=1+1,3,b,2,1\n";

    [Fact]
    public void ColumnsArePassedThroughAsTheyStand()
    {
        Train(Write("t.csv", EasyTable), "--epochs", "2").Succeeds();
        Write("u.csv", People);
        Run("predict", "--model", "m.zip", "--data", "u.csv", "--output", "p.csv").Succeeds();
        Run("predict", "--model", "m.zip", "--data", "u.csv", "--keep", "id,Score", "--keep", "Label", "--output", "k.csv").Succeeds();
        string[] plain = File.ReadAllLines(PathOf("p.csv")), kept = File.ReadAllLines(PathOf("k.csv"));
        Assert.Equal(["id,Score (table),Label,", "007,a,0,", "\"a, b\",\"say \"\"hi\"\"\",1,", "=1+1,b,1,"], kept.Zip(plain, (k, p) => k[..^p.Length]));
        Assert.All(kept.Zip(plain), pair => Assert.EndsWith(pair.Second, pair.First, StringComparison.Ordinal));
        Run("predict", "--model", "m.zip", "--data", "u.csv", "--keep", "name").FailsWith("u.csv has no column 'name' (--keep)");
    }

    [Fact]
    public void KeptCellsThatLookLikeFormulasAreSaid()
    {
        Train(Write("t.csv", EasyTable), "--epochs", "2").Succeeds();
        const string note = "may take it for a formula";
        Write("u.csv", "id,@name,x,y\n-5,plain,1,2\n\"-1,50 €\",+1 %,1,2\n+,-,1,2\n@sum,-x,1,2\n=1+1,,1,2\n");
        Run named = Run("predict", "--model", "m.zip", "--data", "u.csv", "--keep", "id", "--output", "k.csv").Succeeds();
        named.Says("What is kept of the table ('@sum' in row 4 and 1 more) is written as the table has it; a spreadsheet " + note);
        Assert.StartsWith("=1+1,", File.ReadLines(PathOf("k.csv")).Last());
        Run filtered = Run("predict", "--model", "m.zip", "--data", "u.csv", "--keep=@name");
        Assert.Equal(0, filtered.ExitCode);
        Assert.Contains("('@name' in the header and 1 more)", filtered.Error);
        Assert.DoesNotContain(note, Run("predict", "--model", "m.zip", "--data", "u.csv").Succeeds().Error);
    }

    [Fact]
    public void AColumnWhoseNameHasCommasIsNamedAsItIsAmongOthersToo()
    {
        Train(Write("t.csv", "\"a, b\",b,\"c,d,e\",x,y,Label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"p{i},q{i},r{i},{i},{i % 5},{i % 2}\n"))), "--ignore", "c,d,e,b,a, b", "--epochs", "2").Succeeds();
        foreach (string columns in (string[])["b,a, b,c,d,e", "b,A, B,c,d,e"])
            Assert.StartsWith("b,\"a, b\",\"c,d,e\",Pred", Run("predict", "--model", "m.zip", "--data", "t.csv", "--keep", columns).Succeeds().Output, StringComparison.Ordinal);
        Run("predict", "--model", "m.zip", "--data", "t.csv", "--keep", "c,d").FailsWith("t.csv has no column 'c' (--keep)");
    }

    [Fact]
    public void StandardInputBecomesStandardOutputAndNothingElseIsOnIt()
    {
        Train(Write("t.csv", EasyTable.Replace("6,", "?,", StringComparison.Ordinal)), "--categorical", "y", "--epochs", "2").Succeeds();
        Process process = Start(input: true, "predict", "--model", "m.zip", "--data", "-", "--keep", "id");
        process.StandardInput.Write(People);
        process.StandardInput.Close();
        Run run = Wait(process);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["id", "007", "\"a", "=1+1"], run.Lines.Select(line => line.Split(',')[0]));
        Assert.Equal("id,PredictedLabel,Score,Probability", run.Lines[0]);

        Write("new.csv", "x,y\n1,100\n");
        Assert.Contains("never saw", Run("predict", "--model", "m.zip", "--data", "new.csv").Error, StringComparison.Ordinal);
        Assert.Equal("", Run("predict", "--model", "m.zip", "--data", "new.csv", "--quiet").Error);
    }

    [Fact]
    public void MetricsAreWrittenForProgramsWithAllTheirDigits()
    {
        Write("t.csv", EasyTable);
        Run shown = Train("t.csv", "--epochs", "3").Succeeds();
        foreach (Run run in (Run[])[Train("t.csv", "--epochs", "3", "--format", "json"), Run("evaluate", "--model", "m.zip", "--data", "t.csv", "--format", "json")])
        {
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("AUC (area under ROC)", run.Error, StringComparison.Ordinal);
            JsonElement json = JsonDocument.Parse(run.Output).RootElement, metrics = json.GetProperty("metrics"), confusion = json.GetProperty("confusion");
            Assert.Equal(("1", "0", 0.5), (json.GetProperty("positive").GetString(), json.GetProperty("negative").GetString(), json.GetProperty("threshold").GetDouble()));
            foreach ((string name, string metric) in ((string, string)[])
                [("auc", "AUC"), ("averagePrecision", "Average precision"), ("accuracy", "Accuracy"), ("f1", "F1"), ("precision", "Precision"), ("recall", "Recall"),
                    ("logLoss", "Log loss (natural)"), ("logLossBits", "Log loss (base 2)"), ("logLossReduction", "Log-loss reduction")])
            {
                Assert.Equal(shown.Metric(metric), metrics.GetProperty(name).GetDouble(), 5.1e-5);
            }
            double of(string name) => confusion.GetProperty(name).GetDouble();
            Assert.Equal(60, of("truePositives") + of("falsePositives") + of("falseNegatives") + of("trueNegatives"));
            Assert.Equal((of("truePositives") + of("trueNegatives")) / 60, metrics.GetProperty("accuracy").GetDouble());
            Assert.Equal(metrics.GetProperty("logLoss").GetDouble(), metrics.GetProperty("logLossBits").GetDouble() * Math.Log(2), 1e-15);
        }
        JsonElement evaluated = JsonDocument.Parse(Run("evaluate", "--model", "m.zip", "--data", "t.csv", "--format", "json").Output).RootElement;
        Assert.Equal(1, evaluated.GetProperty("trainedOn").GetDouble());
        Assert.Equal(["bestF1", "recall", "precision", "leastCost"], evaluated.GetProperty("thresholds").EnumerateObject().Select(choice => choice.Name));
        JsonElement bestF1 = evaluated.GetProperty("thresholds").GetProperty("bestF1");
        (double precision, double recall) = (bestF1.GetProperty("precision").GetDouble(), bestF1.GetProperty("recall").GetDouble());
        Assert.Equal(2 * precision * recall / (precision + recall), bestF1.GetProperty("f1").GetDouble(), 1e-12);
        Run table = Run("evaluate", "--model", "m.zip", "--data", "t.csv").Succeeds();
        string row = table.Lines.Single(line => line.Contains("best F1", StringComparison.Ordinal));
        Assert.Equal(bestF1.GetProperty("threshold").GetDouble(), double.Parse(row.Split('│')[2], System.Globalization.CultureInfo.InvariantCulture));
        string[] csv = Run("evaluate", "--model", "m.zip", "--data", "t.csv", "--format", "csv", "--quiet").Succeeds().Lines;
        Assert.Equal(bestF1.GetProperty("threshold").GetRawText(), csv[1].Split(',')[Array.IndexOf(csv[0].Split(','), "bestF1.threshold")]);
        Assert.Equal(2, csv.Length);
        Assert.Equal(csv[0].Split(',').Length, csv[1].Split(',').Length);
        Assert.StartsWith("auc,averagePrecision,accuracy,f1,precision,recall,logLoss,logLossBits,logLossReduction,truePositives,", csv[0], StringComparison.Ordinal);
    }

    [Fact]
    public void FoldsAreWrittenForProgramsToo()
    {
        Write("t.csv", EasyTable);
        string[] arguments = ["cross-validate", "--data", "t.csv", "--folds", "3", "--preset", "fast", "--epochs", "2", "--quiet"];
        string[][] lines = [.. Run([.. arguments, "--format", "csv"]).Succeeds().Lines.Select(line => line.Split(','))];
        Assert.Equal(["fold", "1", "2", "3", "mean", "standardDeviation"], lines.Select(line => line[0]));
        double[] auc = [.. lines.Skip(1).Select(line => double.Parse(line[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(auc[..3].Average(), auc[3], 1e-12);
        Assert.Equal(Math.Sqrt(auc[..3].Sum(a => Math.Pow(a - auc[3], 2)) / 2), auc[4], 1e-12);
        JsonElement json = JsonDocument.Parse(Run([.. arguments, "--format", "json"]).Succeeds().Output).RootElement;
        double[] written = [.. json.GetProperty("folds").EnumerateObject().Select(fold => fold.Value.GetProperty("auc").GetDouble()),
            json.GetProperty("mean").GetProperty("auc").GetDouble(), json.GetProperty("standardDeviation").GetProperty("auc").GetDouble()];
        Assert.Equal(auc, written);
    }

    [Fact]
    public void ItCanBeToldToSayLessAndMore()
    {
        Write("t.csv", EasyTable);
        Run quiet = Train("t.csv", "--epochs", "20", "--quiet").Succeeds();
        Assert.Equal("", quiet.Output);
        Assert.True(File.Exists(PathOf("m.zip")));
        Run("train", "--data", "none.csv", "--quiet").FailsWith("none.csv");
        Run verbose = Train("t.csv", "--epochs", "20", "--hidden", "4", "--set", "Members=1", "--verbose");
        Assert.Equal(0, verbose.ExitCode);
        Assert.Contains("Training: epoch 20/20  loss 0.", verbose.Error, StringComparison.Ordinal);
        Assert.Equal(11, verbose.Error.Split('\n').Count(line => line.StartsWith("Training: epoch", StringComparison.Ordinal)));
        Assert.Contains("Profiling t.csv: 60 rows", verbose.Error, StringComparison.Ordinal);
        Assert.Contains(" rows/s", verbose.Error, StringComparison.Ordinal);
        foreach (string work in (string[])["Profiling t.csv", "Training"])
            Assert.Matches($@"(?m)^{work}: done in \d+\.\d\d s$", verbose.Error);
        Write("w.csv", EasyTable.Replace("6,", "six,", StringComparison.Ordinal));
        Assert.Contains("Reading w.csv: 60 rows", Train("w.csv", "--epochs", "2", "--verbose").Error, StringComparison.Ordinal);
        Assert.Contains("60 rows", verbose.Error, StringComparison.Ordinal); // the trainer's log
        Run("train", "--data", "t.csv", "--quiet", "--verbose").IsMisused("--quiet and --verbose exclude each other");
    }

    [Fact]
    public void ArgumentsMayStandInAFile()
    {
        Write("t.csv", EasyTable);
        Write("my model.args", "# what is always the same\n--data t.csv --epochs 2\n  --model \"the model.zip\"\n\n");
        Run("train", "@my model.args", "--hidden", "5").Succeeds().Says("5 hidden units");
        Assert.True(File.Exists(PathOf("the model.zip")));
        Run("train", "@nothing.args").IsMisused("@nothing.args stands for the arguments in a file nothing.args, which can't be read");
        Write("table.args", "--data t.csv");
        Write("outer.args", "@table.args --epochs 2\n\"@my model.args\"");
        Run("train", "@outer.args", "--hidden", "6").IsMisused("--data takes one file, not 2");
        Write("outer.args", "\"@my model.args\" --hidden 6\n#@outer.args");
        Run("train", "@outer.args").Succeeds().Says("6 hidden units");
        Write("table.args", "--data t.csv\n@outer.args");
        Write("outer.args", "@table.args");
        Run("train", "@outer.args").IsMisused("@outer.args stands for the arguments in a file outer.args, which are to be put into themselves (@outer.args, @table.args); take it out of table.args.");
        Run("train", "--data", "t.csv", "--label=@x").FailsWith("no column '@x'");
    }
}
