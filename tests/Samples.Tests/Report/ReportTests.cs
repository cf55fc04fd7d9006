using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML;
using MlNetShallowNet.Samples.Report;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.SamplesTests.Report;

/// <summary>The page that <c>train --report</c> writes.</summary>
public partial class ReportTests : Shallownet
{
    [Theory]
    [InlineData("breast-cancer.csv", false)]
    [InlineData("telco-churn.csv", false)]
    [InlineData("planar-flower.csv", true)]
    public void The_page_has_every_part_and_needs_nothing_from_elsewhere(string table, bool hasBoundary)
    {
        string page = Report(Data(table), "--epochs", "5");
        string[] parts = ["curves", "roc", "pr", "reliability", "histogram", "decisions", "thresholds", "importance", "weights", "data",
            "options", "repeat"];
        Assert.All(parts, part => Assert.Contains($"<section id=\"{part}\"", page));
        Assert.Equal(hasBoundary, page.Contains("<section id=\"boundary\""));
        AssertOneScriptAndNothingFetched(page);
        Assert.DoesNotContain("NaN", page);
        Assert.DoesNotContain("∞", page);
        Assert.Contains("prefers-color-scheme: dark", page);
    }

    [Fact]
    public void Every_picture_is_well_formed_and_named()
    {
        string[] pictures = [.. Picture().Matches(Report(Data("planar-flower.csv"), "--epochs", "5")).Select(m => m.Value)];
        Assert.Equal(6, pictures.Length);
        Assert.All(pictures, picture =>
        {
            XElement svg = XElement.Parse(picture);
            Assert.Equal("img", svg.Attribute("role")?.Value);
            Assert.False(string.IsNullOrWhiteSpace(svg.Attribute("aria-label")?.Value));
            Assert.Equal("title", svg.Elements().First().Name.LocalName);
        });
    }

    [Fact]
    public void Figures_are_those_of_the_predictions()
    {
        Write("easy.csv", EasyTable);
        string page = Report("easy.csv", "--epochs", "3", "--test-fraction", "0", "--model", "m.zip");
        RunLine("predict --model m.zip --data easy.csv --output p.csv").Succeeds();
        string[][] predictions = [.. File.ReadLines(PathOf("p.csv")).Skip(1).Select(line => line.Split(','))];
        bool[] labels = [.. EasyTable.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.EndsWith('1'))];
        double[] Column(int c) => [.. predictions.Select(p => double.Parse(p[c], CultureInfo.InvariantCulture))];
        ScoredRows rows = new(labels, Column(1), Column(2).Select(p => (double)(float)p).ToArray());
        Assert.Equal(Curve.Roc(rows).Area, Figure(page, "roc-area"));
        Assert.Equal(Curve.PrecisionRecall(rows).Area, Figure(page, "average-precision"));
        Assert.Equal(Losses.OfRows(rows).Average(), Figure(page, "log-loss"), 1e-15);
        Assert.Equal(new Calibration(rows).Error, Figure(page, "calibration-error"), 1e-15);
    }

    [Fact]
    public void The_same_run_writes_the_same_page_and_a_report_does_not_change_the_model()
    {
        string arguments = $"train --data {Data("breast-cancer.csv")} --epochs 4";
        RunLine(arguments + " --network plain.json").Succeeds();
        RunLine(arguments + " --network a.json --report r.html").Succeeds();
        string first = File.ReadAllText(PathOf("r.html"));
        RunLine(arguments + " --network a.json --report r.html").Succeeds();
        Assert.Equal(first, File.ReadAllText(PathOf("r.html")));
        Assert.Equal(File.ReadAllText(PathOf("plain.json")), File.ReadAllText(PathOf("a.json")));
    }

    [Theory]
    [InlineData("--data=a/b_c-1.csv", "--data=a/b_c-1.csv")]
    [InlineData(">50K", "'>50K'")]
    [InlineData("a b", "'a b'")]
    [InlineData("part-*.csv", "'part-*.csv'")]
    [InlineData("it's $5", @"'it'\''s $5'")]
    [InlineData("\"", "'\"'")]
    [InlineData("", "''")]
    public void An_argument_is_written_as_a_shell_takes_it(string argument, string written) => Assert.Equal(written, RunFacts.Quoted(argument));

    [Fact]
    public void Names_from_the_table_are_text_not_markup()
    {
        Write("odd.csv", EasyTable.Replace("x,y,Label", "<script>x</script>,\"a\"\"b\",<i>"));
        string page = Report("odd.csv", "--epochs", "2");
        AssertOneScriptAndNothingFetched(page);
        Assert.DoesNotContain("<i>", page);
        Assert.Contains("&lt;script&gt;", page);
    }

    [Fact]
    public void Where_training_and_held_out_rows_disagree_the_page_says_so()
    {
        // Labels that have nothing to do with the inputs: whatever is learned is learned by heart.
        var random = new Random(3);
        Write("noise.csv", "a,b,c,d,e,f,Label\n" + string.Concat(Enumerable.Range(0, 800).Select(_ =>
            string.Join(',', Enumerable.Range(0, 6).Select(_ => random.NextDouble().ToString("0.000", CultureInfo.InvariantCulture))) +
                $",{random.Next(2)}\n")));
        string page = Report("noise.csv", "--l2", "0", "--epochs", "1000", "--hidden", "64", "--set", "FeatureEncoding=None", "--set", "Members=1",
            "--set", "ValidationFraction=0", "--set", "LearningRate=0.02");
        Assert.Contains("<h2>Has it learned?</h2><p class=\"answer\">No</p>", page);
        Assert.Contains("<h2>Has it overfitted?</h2><p class=\"answer\">Yes</p>", page);
        Assert.Contains("<h2>Is it calibrated?</h2><p class=\"answer\">No</p>", page);
    }

    [Fact]
    public void The_curves_of_an_ensemble_are_those_of_its_networks_and_each_best_epoch_is_marked()
    {
        string page = Report(Data("breast-cancer.csv"));
        string curves = page[page.IndexOf("<section id=\"curves\"", StringComparison.Ordinal)..];
        XElement svg = XElement.Parse(Picture().Match(curves).Value);
        int Count(string name, string style) => svg.Elements(name).Count(e => e.Attribute("class")?.Value == style);
        Assert.Equal([8, 8, 1, 1], [Count("path", "line training faint"), Count("path", "line unseen faint"),
            Count("path", "line training"), Count("path", "line unseen")]);
        Assert.Equal(8, Count("circle", "dot kept"));
        Assert.Contains("8 networks", curves);
        Assert.Contains("<dt>Networks joined</dt><dd>8</dd>", page);
    }

    [Fact]
    public void No_text_of_the_page_is_laid_out_where_it_cannot_be_seen()
    {
        string page = Report(Data("breast-cancer.csv"), "--epochs", "2", "--hidden", "3");
        Assert.Contains("details:not([open]) > :not(summary) { display: none; }", page);
        Assert.DoesNotContain("<caption", page);
        Assert.Equal(Regex.Count(page, "<table "), Regex.Count(page, "<table ([^>]* )?aria-(label|hidden)="));
    }

    [Fact]
    public void A_page_cannot_take_the_place_of_the_table_or_the_model()
    {
        Write("easy.csv", EasyTable);
        RunLine("train --data easy.csv --report easy.csv").FailsWith("overwritten");
        RunLine("train --data easy.csv --report m.zip --model m.zip").FailsWith("--model", "--report");
        RunLine("train --data easy.csv --report none/r.html").FailsWith("none");
    }

    [Fact]
    public void Evaluation_and_cross_validation_have_pages_too_and_console_and_page_agree()
    {
        Write("easy.csv", EasyTable);
        RunLine("train --data easy.csv --epochs 3 --model m.zip").Succeeds();
        Run evaluation = RunLine("evaluate --data easy.csv --model m.zip --report e.html").Succeeds();
        string page = File.ReadAllText(PathOf("e.html"));
        AssertOneScriptAndNothingFetched(page);
        Assert.Contains("<section id=\"weights\"", page);
        Assert.DoesNotContain("<section id=\"curves\"", page);
        // Four decimals are printed.
        Assert.Equal(evaluation.Metric("Average precision"), Figure(page, "average-precision"), 5.1e-5);
        Assert.Equal(evaluation.Metric("AUC (area under ROC)"), Figure(page, "roc-area"), 5.1e-5);
        Assert.Equal(evaluation.Metric("Log loss (natural)"), Figure(page, "log-loss"), 5.1e-5);

        Run validation = RunLine("cross-validate --data easy.csv --epochs 3 --folds 3 --report c.html").Succeeds();
        string folds = File.ReadAllText(PathOf("c.html"));
        AssertOneScriptAndNothingFetched(folds);
        string[] sums = [.. Regex.Matches(Regex.Match(folds, "<tr><th scope=\"row\">Mean</th>.*?</tr>").Value, "<td>([^<]+)</td>").Select(m => m.Groups[1].Value)];
        foreach ((string name, int column, string? id) in ((string, int, string?)[])
            [("AUC (area under ROC)", 0, "roc-area"), ("Average precision", 2, "average-precision"), ("Accuracy", 3, null), ("Log loss (natural)", 4, null)])
        {
            Assert.Equal(validation.Metric(name), double.Parse(sums[column], CultureInfo.InvariantCulture), 1.1e-4); // both are rounded
            if (id is not null)
                Assert.Equal(validation.Metric(name), Figure(folds, id), 5.1e-5);
        }

        Assert.Contains("<section id=\"folds\"", folds);
        Assert.DoesNotContain("<section id=\"weights\"", folds);
        Assert.Equal(3, Regex.Count(folds[folds.IndexOf("<section id=\"roc\"", StringComparison.Ordinal)..folds.IndexOf("<section id=\"pr\"",
            StringComparison.Ordinal)], "class=\"line curve faint\""));

        RunLine("evaluate --data easy.csv --model m.zip --report m.zip").FailsWith("overwritten");
        RunLine("cross-validate --data easy.csv --report easy.csv").FailsWith("overwritten");
    }

    [Fact]
    public void Where_the_rows_are_too_few_the_page_says_that_they_cannot_tell()
    {
        Write("few.csv", "a,Label\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i * 7 % 20},{i % 2}\n")));
        Assert.Contains("20 rows cannot tell", Report("few.csv", "--epochs", "2", "--test-fraction", "0"));
    }

    [Fact]
    public void Learning_curves_far_from_0_do_not_begin_there()
    {
        string page = Report(Data("telco-churn.csv"), "--epochs", "5");
        string scale = Regex.Match(page[page.IndexOf("<section id=\"curves\"", StringComparison.Ordinal)..], "data-scale=\"([^\"]+)\"").Groups[1].Value;
        Assert.True(double.Parse(scale.Split(' ')[4], CultureInfo.InvariantCulture) > 0.2, scale);
    }

    [Fact]
    public void A_much_larger_loss_on_few_held_out_rows_is_no_sign_of_nothing() =>
        Assert.DoesNotContain("No sign of it", Report(Data("planar-flower.csv")));

    [Fact]
    public void What_was_trained_is_saved_though_the_page_cannot_be()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Write("easy.csv", EasyTable);
        string[] files = ["m.zip", "n.json", "h.csv"];
        Run("train", "--data", "easy.csv", "--preset", "fast", "--model", files[0], "--network", files[1], "--history", files[2], "--report", "/dev/full")
            .FailsWith("/dev/full can't be written");
        Assert.All(files, file => Assert.True(File.Exists(PathOf(file)), file));
    }

    [Fact]
    public void Asked_to_stop_the_page_lacks_what_takes_another_training()
    {
        Write("easy.csv", EasyTable);
        Run(() =>
        {
            using TableProfile profile = TableProfile.Read(new TableSettings("easy.csv"));
            TableView rows = TableView.ForTraining(profile);
            MLContext ml = new(1);
            ShallowNetworkTrainer.Options options = new() { HiddenUnits = 4, NumberOfIterations = 4, ValidationFraction = 0, Seed = 1 };
            ShallowNetworkModelParameters trained = NetworkTraining.Fit(ml, profile, rows, options, null, default).LastTransformer.Model;
            CancellationToken goesOn = default, stops = new(canceled: true);
            Assert.NotNull(TrainedAgain.Watched(ml, profile, rows, rows, trained.History, options, goesOn));
            Assert.Null(TrainedAgain.Watched(ml, profile, rows, rows, trained.History, options, stops));
            Assert.NotEmpty(TrainedAgain.Stages(ml, profile, rows, trained, options, goesOn));
            Assert.Empty(TrainedAgain.Stages(ml, profile, rows, trained, options, stops));
        }).Succeeds();
    }

    // The counts of the thresholds are data; of scripts there is the one whose hash the policy names.
    private static void AssertOneScriptAndNothingFetched(string page) =>
        SelfContained.Assert(page, "<script type=\"application/json\" id=\"counts\">", "<script>");

    private string Report(string data, params string[] arguments)
    {
        Run(["train", "--data", data, "--report", "r.html", .. arguments]).Succeeds();
        return File.ReadAllText(PathOf("r.html"));
    }

    private static double Figure(string page, string id) =>
        double.Parse(Regex.Match(page, $"<data id=\"{id}\" value=\"([^\"]+)\"").Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Picture();
}
