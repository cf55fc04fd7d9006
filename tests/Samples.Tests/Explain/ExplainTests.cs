using System.Globalization;
using System.Text.Json;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests.Explain;

public class ExplainTests : Shallownet
{
    private const string Xor = "a,b,Label\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n";

    private static readonly string _worked = Path.Combine(AppContext.BaseDirectory, "docs", "worked");
    private static readonly string[] _workedSubject =
        ["--data", Path.Combine(_worked, "examples.csv"), "--network", Path.Combine(_worked, "network.json")];

    public static TheoryData<string> SmoothActivations => ["tanh", "sigmoid", "gelu", "silu", "softplus", "elu", "identity"];

    [Fact]
    public void Trace_agrees_with_NumPy_in_every_symbol()
    {
        Run(["explain", "trace", .. _workedSubject, "--output", "trace.json"]).Succeeds();
        using JsonDocument oracle = JsonDocument.Parse(File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "Explain", "oracle", "worked_trace.json")));
        using JsonDocument trace = JsonDocument.Parse(File.ReadAllText(PathOf("trace.json")));
        JsonElement symbols = trace.RootElement.GetProperty("symbols");
        foreach (JsonProperty expected in oracle.RootElement.GetProperty("symbols").EnumerateObject())
        {
            double[][] a = Matrix(expected.Value), b = Matrix(symbols.GetProperty(expected.Name));
            Assert.Equal(a.Select(r => r.Length), b.Select(r => r.Length));
            foreach ((double x, double y) in a.SelectMany(r => r).Zip(b.SelectMany(r => r)))
                Assert.Equal(x, y, 1e-14);
        }
    }

    [Fact]
    public void Trace_of_one_row_has_one_column()
    {
        Run(["explain", "trace", .. _workedSubject, "--row", "3", "--output", "trace.json"]).Succeeds();
        using JsonDocument trace = JsonDocument.Parse(File.ReadAllText(PathOf("trace.json")));
        Assert.Equal([[1.5], [-0.5]], Matrix(trace.RootElement.GetProperty("symbols").GetProperty("X")));
        Assert.Equal(3, trace.RootElement.GetProperty("rows")[0].GetInt64());
    }

    [Theory]
    [InlineData("1", "", 1)]
    [InlineData("no", "", 0)]
    [InlineData("benign", "--positive malignant", 0)]
    [InlineData("benign", "--positive benign", 1)]
    public void A_table_of_a_single_row_will_do(string label, string options, double y)
    {
        Write("one.csv", $"x1,x2,y\n0.5,1,{label}\n");
        Run(["explain", "trace", "--data", "one.csv", .. _workedSubject[2..], "--output", "trace.json",
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Succeeds();
        using JsonDocument trace = JsonDocument.Parse(File.ReadAllText(PathOf("trace.json")));
        Assert.Equal([[y]], Matrix(trace.RootElement.GetProperty("symbols").GetProperty("Y")));
        Assert.Equal([[0.5], [1]], Matrix(trace.RootElement.GetProperty("symbols").GetProperty("X")));
    }

    [Fact]
    public void Inputs_are_those_of_training_in_the_same_order()
    {
        Write("mixed.csv", "colour,size,y,weight\nred,1,yes,2\nblue,,no,1\nred,4,no,1\n?,7,yes,0.5\n");
        RunLine("explain trace --data mixed.csv --label y --weight-column weight --scaling none --output trace.json").Succeeds();
        using JsonDocument trace = JsonDocument.Parse(File.ReadAllText(PathOf("trace.json")));
        Assert.Equal(
            ["size", "colour.red", "colour.blue", "size is missing"],
            trace.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(
            [[1, 4, 4, 7], [1, 0, 1, 0], [0, 1, 0, 0], [0, 1, 0, 0]],
            Matrix(trace.RootElement.GetProperty("symbols").GetProperty("X")));
        Assert.Equal([[1, 0, 0, 1]], Matrix(trace.RootElement.GetProperty("symbols").GetProperty("Y")));
        Assert.Equal([[2, 1, 1, 0.5]], Matrix(trace.RootElement.GetProperty("symbols").GetProperty("w")));
        Assert.Equal("sum of w L / sum(w)", trace.RootElement.GetProperty("formulas").GetProperty("J").GetString());
    }

    [Theory]
    [MemberData(nameof(SmoothActivations))]
    public void Gradients_are_right_in_every_block(string activation)
    {
        foreach (string table in (string[])["breast-cancer.csv", "planar-flower.csv"])
        {
            Run run = Run("explain", "gradients", "--data", Data(table), "--activation", activation, "--examples", "150").Succeeds();
            foreach (string[] row in Blocks(run))
            {
                Assert.Equal("agrees", row[^1]);
                Assert.True(double.Parse(row[^3], CultureInfo.InvariantCulture) < 1e-7, string.Join(' ', row));
            }
        }
    }

    [Theory]
    [InlineData("transpose", "W1 b1")]
    [InlineData("mean", "W1 b1 W2 b2")]
    [InlineData("activation", "W1 b1")]
    [InlineData("sum", "b1 b2")]
    public void Each_mistake_is_flagged_in_its_blocks(string mistake, string blocks)
    {
        Run run = Run("explain", "gradients", "--data", Data("telco-churn.csv"), "--examples", "100", "--break", mistake).EndsWith(1);
        Assert.Equal(blocks.Split(' '), Blocks(run).Where(row => row[^1] == "DIFFERS").Select(row => row[0]));
        Assert.Contains($"The gradient is wrong in {blocks.Replace(" ", ", ")}.", run.Output);
    }

    [SkippableFact]
    public void Every_question_is_answered_on_every_table()
    {
        LongTest.Require();
        string table = Head("telco-churn.csv", 1000);
        foreach (string question in (string[])["output", "activation", "layout", "transpose", "elementwise", "shapes", "mean", "bias",
            "weights", "zeros", "saturation"])
        {
            Run run = Run("explain", "why", question, "--data", table, "--hidden", "20", "--activation",
                "relu").Succeeds();
            Assert.True(run.Lines.Length > 10, question);
        }
    }

    [Fact]
    public void Alone_it_lists_every_question_and_needs_no_table()
    {
        string[] listed = [.. Run("explain").Succeeds().Lines.Where(line => line.StartsWith("  why ", StringComparison.Ordinal)).Select(line =>
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])];
        string help = Run("explain", "why", "--help").Succeeds().Output;
        Assert.Equal(11, listed.Length);
        Assert.All(listed, name => Assert.Contains($"{name}: ", help));
    }

    [Fact]
    public void A_step_arrives_where_the_gradient_of_the_trace_leads()
    {
        Run(["explain", "trace", .. _workedSubject, "--output", "trace.json"]).Succeeds();
        using JsonDocument trace = JsonDocument.Parse(File.ReadAllText(PathOf("trace.json")));
        double[][] Symbol(string name) => Matrix(trace.RootElement.GetProperty("symbols").GetProperty(name));
        const double Rate = 0.5;
        string Moved(string name) => "[" + string.Join(',', Symbol(name).Zip(Symbol("d" + name), (p, g) =>
            "[" + string.Join(',', p.Zip(g, (v, d) => (v - Rate * d).ToString("R", CultureInfo.InvariantCulture))) + "]")) + "]";
        Write("moved.json", "{\"activation\":\"tanh\",\"W1\":" + Moved("W1") + ",\"b1\":" + Flat(Moved("b1")) + ",\"W2\":" + Flat(Moved("W2")) +
            ",\"b2\":" + Moved("b2").Trim('[', ']') + "}");
        Run(["explain", "trace", "--data", _workedSubject[1], "--network", "moved.json", "--output", "after.json"]).Succeeds();
        using JsonDocument after = JsonDocument.Parse(File.ReadAllText(PathOf("after.json")));
        double expected = after.RootElement.GetProperty("symbols").GetProperty("J")[0][0].GetDouble();
        double before = Symbol("J")[0][0];
        double squared = ((string[])["dW1", "db1", "dW2", "db2"]).Sum(s => Symbol(s).Sum(r => r.Sum(v => v * v)));

        Run run = Run(["explain", "step", .. _workedSubject, "--learning-rate", "0.5"]).Succeeds();
        double[] row = [.. run.Lines.Single(line => line.StartsWith("  0.5 ", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
        Assert.Equal(before - Rate * squared, row[1], 1e-6); // six digits are printed
        Assert.Equal(expected, row[2], 1e-6);

        static string Flat(string rows) => "[" + rows.Replace("[", "").Replace("]", "") + "]";
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Two_units_or_more_learn_exclusive_or_and_one_does_not(int seed)
    {
        Write("xor.csv", Xor);
        Run run = RunLine($"explain sizes --data xor.csv --hidden 1 2 3 5 --steps 3000 --seed {seed}").Succeeds();
        (string Accuracy, double Cost)[] rows = [.. run.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(cells => cells is ["1" or "2" or "3" or "5", .., _] && cells.Contains("%"))
            .Select(cells => (cells[1], double.Parse(cells[^1], CultureInfo.InvariantCulture)))];
        Assert.Equal(["75.0", "100.0", "100.0", "100.0"], rows.Select(row => row.Accuracy));
        Assert.All(rows.Skip(1), row => Assert.InRange(row.Cost, 0, 0.05));
        string output = string.Join(' ', run.Lines.Select(line => line.Trim()));
        Assert.Contains("With 1, 2, 3, 5 hidden units such small weights lead nowhere", output);
        Assert.Contains("what no line parts it can't learn", output);
    }

    [Fact]
    public void Sizes_that_learn_nothing_are_said_to_be_no_better_than_the_base_rate()
    {
        Write("xor.csv", Xor);
        RunLine("explain sizes --data xor.csv --hidden 1 --steps 1").Succeeds().Says("no better than always saying 50.0 %");
        Run standardised = Run("explain", "sizes", "--data", Data("breast-cancer.csv"), "--hidden", "1", "--steps", "200").Succeeds();
        Assert.DoesNotContain("no better", standardised.Output);
        Run("explain", "sizes", "--data", Data("breast-cancer.csv"), "--hidden", "1", "--steps", "200", "--scaling", "none").Succeeds()
            .Says("no better than always saying 62.7 %");
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("tanh")]
    [InlineData("identity")]
    public void Zeros_are_explained_on_inputs_in_millions_too(string activation)
    {
        Write("large.csv", "a,b,Label\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{i * 20011 % 999983},{i * 7919 % 61},{(i * 20011 % 999983 > 500000 ? 1 : 0)}\n")));
        Run run = Run("explain", "why", "zeros", "--data", "large.csv", "--scaling", "none", "--activation", activation).Succeeds();
        Assert.DoesNotContain("NaN", run.Output);
        Assert.Equal(2, run.Lines.Count(line => line.TrimEnd().EndsWith(" 1 of 4", StringComparison.Ordinal)));
        Assert.Single(run.Lines, line => line.TrimEnd().EndsWith(" 4 of 4", StringComparison.Ordinal));
    }

    [Fact]
    public void What_does_not_fit_is_said_in_one_sentence()
    {
        Write("t.csv", "a,b,c,Label\n1,2,3,0\n2,3,4,1\n");
        string network = Path.Combine(_worked, "network.json");
        Run("explain", "trace", "--data", "t.csv", "--network", network).FailsWith("2 inputs", "gives 3", "a, b, c");
        RunLine("explain trace --data t.csv --network none.json").FailsWith("There is no file none.json");
        RunLine("explain trace --data t.csv --row 3").FailsWith("no row 3");
        RunLine("explain gradients --data t.csv --break transpose --hidden 1").FailsWith("hidden unit");
        RunLine("explain gradients --data t.csv --break mean --row 1").FailsWith("single example");
        RunLine("explain gradients --data t.csv --break mean --l2 1").FailsWith("--l2");
        RunLine("explain trace --data t.csv --model m.zip --seed 3 --ignore a --weight-column b").FailsWith("--model brings its network", "leave out --seed and --ignore and --weight-column.");
        Run("explain", "step", "--data", "t.csv", "--network", network, "--hidden", "3").FailsWith("--network gives a network that is not fresh: leave out --hidden.");
        RunLine("explain why mean --data t.csv --row 1 --examples 2").FailsWith("--row takes a single row: leave out --examples.");
        Write("benign.csv", "a,b,y\n1,2,benign\n");
        RunLine("explain trace --data benign.csv").FailsWith("only 'benign'", "--positive");
        RunLine("explain why life --data t.csv").IsMisused("life");
        RunLine("explain gradients --data t.csv --break all").IsMisused("all");
    }

    private static IEnumerable<string[]> Blocks(Run run) => run.Lines
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length > 8 && words[0] is "W1" or "b1" or "W2" or "b2" && words[2] == "x");

    private static double[][] Matrix(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetDouble()).ToArray())];

    [Theory]
    [InlineData("")]
    [InlineData("trace")]
    [InlineData("gradients")]
    [InlineData("step")]
    [InlineData("why output")]
    [InlineData("why activation")]
    [InlineData("why layout")]
    [InlineData("why zeros")]
    [InlineData("why saturation")]
    [InlineData("sizes --hidden 1 4 --steps 5")]
    public void WhatIsExplainedFitsTheTerminal(string what)
    {
        string table = what.Length == 0 ? "" : $" --data {Data(what.StartsWith("sizes", StringComparison.Ordinal) ? "planar-flower.csv" : "breast-cancer.csv")}";
        foreach (int width in what == "trace" ? (int[])[80, 60, 40] : [80, 60])
        {
            Width = width;
            Run run = RunLine($"explain {what}".Trim() + table).Succeeds();
            // What is left out beside is said, and a table that is too wide goes on below with its first column. Only a path may be too long for 60.
            Assert.All(run.Lines, line => Assert.True(line.Length <= width || (width < 80 && !line.TrimStart().Contains(' ')), $"{width}: {line}"));
        }
    }

    [Fact]
    public void ThePageIsTheSameOnANarrowTerminal()
    {
        RunLine("explain page --output usual.html").Succeeds();
        Width = 60;
        RunLine("explain page --output narrow.html").Succeeds();
        Assert.Equal(File.ReadAllText(PathOf("usual.html")), File.ReadAllText(PathOf("narrow.html")));
    }
}
