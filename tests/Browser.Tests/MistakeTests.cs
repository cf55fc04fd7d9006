using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.BrowserTests;

/// <summary>Each mistake spoils what is computed after it, and nothing else.</summary>
[Collection(PageTests.Name)]
public class MistakeTests(Chromium browser)
{
    private static readonly Dictionary<string, string> _spoils = new()
    {
        ["transpose"] = "W1 b1",
        ["gradient"] = "W1 b1",
        ["early"] = "W1 b1",
        ["activation"] = "W1 b1",
        ["argument"] = "W1 b1",
        ["slope"] = "W1 b1",
        ["sum"] = "b1 b2",
        ["axis"] = "b1",
        ["input"] = "W2",
        ["mean"] = "W1 b1 W2 b2",
        ["twice"] = "W1 b1 W2 b2",
        ["sign"] = "W1 b1 W2 b2",
        ["sigmoid"] = "W1 b1 W2 b2",
        ["loss"] = "W1 b1 W2 b2",
    };

    public static TheoryData<string> Activations => [.. Activation.BuiltIn.Select(g => g.Name)];

    [SkippableTheory]
    [MemberData(nameof(Activations))]
    public async Task It_spoils_its_blocks_or_the_page_says_why_not(string activation)
    {
        LessonView page = await browser.Open();
        await page.Choose("#activation", activation);
        Assert.Empty(await page.WrongBlocks());
        string[] menu = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#mistake option')].map(o => o.value).filter(Boolean)");
        Assert.Equal(_spoils.Keys, menu);
        foreach ((string mistake, string blocks) in _spoils)
        {
            await page.Choose("#mistake", mistake);
            bool shows = !(await page.Text("#verdict")).Contains("Here it changes nothing", StringComparison.Ordinal);
            Assert.Equal($"{mistake}: {(shows ? blocks : "")}", $"{mistake}: {string.Join(' ', await page.WrongBlocks())}");
            Assert.True(shows || mistake is "argument" or "slope" or "input", mistake);
        }

        await page.Choose("#mistake", "");
        Assert.Empty(await page.WrongBlocks());
    }

    [SkippableTheory]
    [InlineData("transpose", GradientMistake.Transpose)]
    [InlineData("mean", GradientMistake.Mean)]
    [InlineData("sum", GradientMistake.Sum)]
    public async Task It_is_the_mistake_of_explain_gradients(string name, GradientMistake mistake)
    {
        LessonView page = await browser.Open();
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = await page.Subject(Activation.Tanh);
        BackwardPass program = MistakenBackward.Run(mistake, network, X, Y);
        await page.Choose("#mistake", name);
        Assert.True((program.dW1 - await page.Symbol("dW1")).FrobeniusNorm() < 1e-12);
        Assert.True((program.db1.ToColumnMatrix() - await page.Symbol("db1")).FrobeniusNorm() < 1e-12);
        Assert.True((program.dW2 - await page.Symbol("dW2")).FrobeniusNorm() < 1e-12);
        Assert.Equal(program.db2, (await page.Symbol("db2"))[0, 0], 1e-12);
    }

    [SkippableFact]
    public async Task A_mistake_that_these_numbers_do_not_show_is_not_said_to_show()
    {
        LessonView page = await browser.Open();
        await page.Press("#all");
        await page.Choose("#activation", "relu");
        for (int unit = 1; unit <= 3; unit++)
        {
            await page.Weight("b1", unit, 1).FillAsync("9"); // every unit answers every example, so its slope is 1
        }

        await page.Choose("#mistake", "slope");
        Assert.Empty(await page.WrongBlocks());
        string verdict = await page.Text("#verdict");
        Assert.Contains("On these numbers it changes nothing", verdict);
        Assert.DoesNotContain("It spoils", verdict);
    }

    [SkippableFact]
    public async Task A_mistake_is_marked_where_it_stands_and_where_it_spoils()
    {
        LessonView page = await browser.Open();
        await page.Press("#all");
        await page.Choose("#mistake", "transpose");
        string[] flags = await page.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.step')].filter(s => s.querySelector('.flag').textContent).map(s => s.dataset.symbol)");
        Assert.Equal(["dA1", "dZ1", "dW1", "db1"], flags);
        Assert.Contains("the mistake", await page.Text("[data-symbol=dA1] .flag"));
    }

    [SkippableFact]
    public async Task Uphill_with_the_wrong_sign()
    {
        LessonView page = await browser.Open();
        await page.Choose("#mistake", "sign");
        Assert.Contains("it points the other way", await page.Text("#verdict"));
        double before = (await page.Symbol("J"))[0, 0];
        await page.Press("#descend");
        Assert.True((await page.Symbol("J"))[0, 0] > before);
    }
}
