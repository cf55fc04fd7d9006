using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.BrowserTests;

/// <summary>What the page computes is what the program computes.</summary>
[Collection(PageTests.Name)]
public class EqualsTheProgramTests(Chromium browser)
{
    // Sums of at most 400 products of numbers near 1, in another order: far below.
    private const double Tolerance = 1e-12;

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (IActivation g in Activation.BuiltIn)
        {
            cases.Add(g.Name, "");
            cases.Add(g.Name, $"{Chromium.Table("planar-flower.csv")} --hidden 7");
        }

        return cases;
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task Every_symbol(string activation, string options)
    {
        LessonView page = await browser.Open(options);
        await page.Choose("#activation", activation);
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = await page.Subject(Activation.ByName(activation));
        BackpropagationTrace trace = BackpropagationTrace.Run(network, X, Y);
        Assert.Equal(20, trace.Steps.Count);
        foreach (TraceStep step in trace.Steps)
        {
            Matrix<double> shown = await page.Symbol(step.Symbol);
            Assert.Equal(step.Shape, $"{shown.RowCount} x {shown.ColumnCount}");
            double apart = (shown - step.Value).Enumerate().Max(Math.Abs), size = Math.Max(1, step.Value.Enumerate().Max(Math.Abs));
            Assert.True(apart <= Tolerance * size, $"{step.Symbol} is {apart} apart");
        }
    }

    [SkippableFact]
    public async Task Without_a_table_it_is_the_worked_example()
    {
        LessonView page = await browser.Open();
        string worked = Path.Combine(AppContext.BaseDirectory, "docs", "worked");
        NetworkParameters network = NetworkJson.Load(Path.Combine(worked, "network.json")).ToNetworkParameters();
        double[][] rows = [.. File.ReadLines(Path.Combine(worked, "examples.csv")).Skip(1)
            .Select(line => line.Split(',').Select(field => double.Parse(field, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(network.W1, await page.Symbol("W1"));
        Assert.Equal(network.B1, (await page.Symbol("b1")).Column(0));
        Assert.Equal(network.W2, await page.Symbol("W2"));
        Assert.Equal(network.B2, (await page.Symbol("b2"))[0, 0]);
        Assert.Equal(Matrix<double>.Build.DenseOfColumnArrays(rows.Select(row => row[..2])), await page.Symbol("X"));
        Assert.Equal(rows.Select(row => row[2]), (await page.Symbol("Y")).Enumerate());
    }

    [SkippableFact]
    public async Task Steps_and_the_way_back()
    {
        LessonView page = await browser.Open($"{Chromium.Table("planar-flower.csv")} --hidden 3");
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = await page.Subject(Activation.Tanh);
        await page.Page.Locator("#alpha").FillAsync("0.7");
        await page.Choose("#pace", "100");
        await page.Press("#descend");
        var costs = new List<double> { TextbookNetwork.Cost(network, X, Y) };
        for (int epoch = 0; epoch < 100; epoch++)
        {
            network = network.Descend(TextbookNetwork.Backward(network, X, Y, TextbookNetwork.Forward(network, X)), 0.7);
            costs.Add(TextbookNetwork.Cost(network, X, Y));
        }

        foreach (int epoch in (int[])[100, 37, 0, 99])
        {
            await page.Page.Locator("#epoch").FillAsync($"{epoch}");
            Assert.Equal(costs[epoch], (await page.Symbol("J"))[0, 0], 1e-10); // a hundred steps of rounding
        }
    }

    [SkippableFact]
    public async Task A_weight_that_is_changed_and_a_step_on_the_worked_example()
    {
        LessonView page = await browser.Open();
        Assert.Equal("J = 0.693381", await page.Text("#cost"));
        await page.Press("#descend");
        Assert.Equal("J = 0.688799", await page.Text("#cost"));
        await page.Press("#reset");
        await page.Press("#all");
        await page.Weight("W1", 1, 1).FillAsync("1");
        Assert.Equal("J = 0.675425", await page.Text("#cost"));
    }

    [SkippableTheory]
    [InlineData("0.1")]
    [InlineData("0.5")]
    [InlineData("5")]
    [InlineData("20")]
    public async Task What_the_gradient_predicts_and_what_a_step_gives(string alpha)
    {
        LessonView page = await browser.Open();
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = await page.Subject(Activation.Tanh);
        BackwardPass gradient = TextbookNetwork.Backward(network, X, Y, TextbookNetwork.Forward(network, X));
        double a = double.Parse(alpha, System.Globalization.CultureInfo.InvariantCulture);
        double squares = gradient.dW1.Enumerate().Concat(gradient.db1).Concat(gradient.dW2.Enumerate()).Append(gradient.db2).Sum(d => d * d);
        double before = TextbookNetwork.Cost(network, X, Y), after = TextbookNetwork.Cost(network.Descend(gradient, a), X, Y);
        await page.Page.Locator("#alpha").FillAsync(alpha);
        string said = await page.Text("#drop");
        Assert.Contains($"from {Shown(before)} to {Shown(before - a * squares)}; it takes it to {Shown(after)}", said);
        Assert.Equal(after > before, said.Contains("overshoot", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Slopes_questions_and_code_stand_at_their_steps()
    {
        LessonView page = await browser.Open();
        await page.Press("#all");
        var source = JsonSerializer.Deserialize<Dictionary<string, string[]>>(await page.Page.EvaluateAsync<string>("JSON.stringify(DATA.code)"))!;
        Assert.Equal(14, source.Count); // six forward, eight backward
        string[] textbook = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "TextbookNetwork.cs"));
        foreach ((string symbol, (string line, string where)) in source.Select(step => (step.Key, (step.Value[0], step.Value[1]))))
        {
            int number = int.Parse(where.Split("TextbookNetwork.cs, line ")[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.StartsWith(line, textbook[number - 1].Trim());
            string code = await page.Page.Locator($"[data-symbol=\"{symbol}\"] dl").TextContentAsync() ?? "";
            Assert.Contains(line, code);
            Assert.Contains(where, code);
            Assert.Contains("NumPy", code);
        }

        int questions = await page.Page.EvaluateAsync<int>("Object.keys(DATA.lessons).length");
        string[] asked = await page.Page.EvaluateAsync<string[]>("[...new Set([...document.querySelectorAll('.why')].map(e => e.textContent))]");
        Assert.Equal(questions, asked.Length);
        Assert.Equal(0, await page.Page.Locator(".step:not(:has(.why))").CountAsync());
        await page.Press("[data-symbol=dA1] .why >> nth=0");
        Assert.Contains("W2[h] * dz2", await page.Text("#answer")); // a heading of `explain why transpose`
    }

    private static string Shown(double value) => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
}
