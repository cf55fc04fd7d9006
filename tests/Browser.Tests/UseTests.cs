using Microsoft.Playwright;

namespace MlNetShallowNet.BrowserTests;

/// <summary>The page by keyboard, by screen reader, on small screens, and without a network.</summary>
[Collection(PageTests.Name)]
public class UseTests(Chromium browser)
{
    private static readonly string _cancer = $"{Chromium.Table("breast-cancer.csv")} --hidden 9";

    public static TheoryData<string> Subjects => ["", Chromium.Table("planar-flower.csv"), _cancer];

    [SkippableTheory]
    [MemberData(nameof(Subjects))]
    public async Task It_asks_for_nothing_and_complains_of_nothing(string options)
    {
        LessonView page = await browser.Open(options);
        await page.Press("#all");
        await page.Press("[data-symbol=dZ1] .why");
        await page.Press("dialog button");
        await page.Choose("#pace", "10");
        await page.Press("#play");
        await page.Page.EvaluateAsync(
            "() => new Promise(done => { const look = () => lesson.descent.at >= 20 ? done() : setTimeout(look, 20); look(); })");
        await page.Press("#play");
        await page.Page.Locator("#alpha").FillAsync("1e200"); // numbers that a computer does not have
        await page.Press("#descend");
        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        page.IsQuiet();
    }

    [SkippableFact]
    public async Task Nineteen_arrows_show_twenty_symbols_and_the_focus_stays()
    {
        LessonView page = await browser.Open();
        await page.Page.Locator("#next").FocusAsync();
        for (int press = 0; press < 19; press++)
        {
            Assert.Equal(press + 1, await page.Page.Locator(".step .matrix:visible").CountAsync());
            await page.Page.Keyboard.PressAsync("ArrowRight");
        }

        Assert.Equal(20, await page.Page.Locator(".step .matrix:visible").CountAsync());
        Assert.Equal("next", await page.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.StartsWith("Step 20 of 20: db1", await page.Text("#step"));
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal(19, await page.Page.Locator(".step .matrix:visible").CountAsync());
    }

    [SkippableFact]
    public async Task Arrows_in_a_matrix_move_from_number_to_number_and_each_is_spelt_out()
    {
        LessonView page = await browser.Open();
        await page.Press("#all");
        await page.Page.Locator("[data-cell='dW1:0:0']").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("dW1:1:1", await page.Page.EvaluateAsync<string>("document.activeElement.dataset.cell"));
        Assert.Equal("dW1[2,2] = (0.2305 · 1 − 0.155374 · 0.5 − 0.164778 · (−0.5) + 0.103179 · (−1)) / 4 = 0.0330056", await page.Text("#sum"));
        string[] lit = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('td.hot')].map(td => td.dataset.cell).sort()");
        Assert.Equal(["X:1:0", "X:1:1", "X:1:2", "X:1:3", "dZ1:1:0", "dZ1:1:1", "dZ1:1:2", "dZ1:1:3"], lit);
    }

    [SkippableFact]
    public async Task The_focus_stays_in_a_weight_that_is_typed()
    {
        LessonView page = await browser.Open();
        await page.Press("#all");
        await page.Weight("W2", 1, 2).FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowUp");
        Assert.Equal(-0.4, (await page.Symbol("W2"))[0, 1], 1e-12);
        Assert.Equal("W2:0:1", await page.Page.EvaluateAsync<string>("document.activeElement.dataset.for"));
    }

    [SkippableFact]
    public async Task Rounding_of_a_sum_that_is_zero_is_shown_as_zero()
    {
        LessonView page = await browser.Open();
        await page.Press("#all");
        await page.Weight("W1", 1, 1).FillAsync("0.4");
        await page.Weight("W1", 1, 2).FillAsync("-0.3"); // row 1: 0.4 * 0.5 - 0.3 + 0.1
        Assert.NotEqual(0, (await page.Symbol("Z1"))[0, 0]);
        Assert.Equal("0", await page.Text("[data-cell='Z1:0:0']"));
    }

    [SkippableTheory]
    [InlineData(375, false)]
    [InlineData(375, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task Axe_finds_nothing(int width, bool isDark)
    {
        LessonView page = await browser.Open(_cancer, width, isDark: isDark);
        await page.IsAccessible("at the start");
        await page.Press("#all");
        await page.Choose("#mistake", "transpose");
        await page.Press("#descend");
        await page.Page.Locator("[data-cell='dW1:0:0']").FocusAsync();
        await page.IsAccessible("with a mistake");
        await page.Press("[data-symbol=dW1] .why >> nth=0");
        await page.IsAccessible("with an answer");
    }

    [SkippableFact]
    public async Task Axe_finds_what_is_wrong()
    {
        LessonView page = await browser.Open();
        await page.Page.EvaluateAsync("document.querySelector('main').append(document.createElement('button'))");
        var wrong = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => page.IsAccessible("with a button that has no name"));
        Assert.Contains("button-name", wrong.Message);
    }

    [SkippableFact]
    public async Task A_page_that_is_opened_again_is_as_it_was()
    {
        LessonView page = await browser.Open();
        string before = await page.Page.ContentAsync();
        await page.Press("#all");
        await page.Weight("W1", 1, 1).FillAsync("3");
        await page.Choose("#activation", "relu");
        await page.Press("#descend");
        Assert.NotEqual(before, await page.Page.ContentAsync());
        await browser.Open(width: 375, isDark: true);
        page = await browser.Open();
        Assert.Equal(before, await page.Page.ContentAsync());
        page.IsQuiet();
    }

    [SkippableTheory]
    [InlineData(320)]
    [InlineData(375)]
    [InlineData(768)]
    [InlineData(1280)]
    public async Task Nothing_scrolls_sideways(int width)
    {
        foreach (string options in (string[])["", Chromium.Table("planar-flower.csv"), _cancer])
        {
            LessonView page = await browser.Open(options, width);
            await page.Press("#all");
            await page.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth + innerWidth - document.documentElement.clientWidth"));
            string[] wide = await page.Page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('.matrix')].filter(m => m.scrollWidth > m.clientWidth + 1).map(m => m.closest('.step').dataset.symbol + ' ' + m.scrollWidth + ' in ' + m.clientWidth)");
            Assert.True(wide.Length == 0, $"{options}: {string.Join(", ", wide)}");
        }
    }

    [SkippableFact]
    public async Task Ninety_nine_steps_of_the_flower_take_less_than_twice_as_long_as_a_known_loop()
    {
        LessonView page = await browser.Open(Chromium.Table("planar-flower.csv"));
        // The loop tells how fast the machine is. The best of many tries count, ten at least, for others may have been interrupted.
        double ratio = await page.Page.EvaluateAsync<double>("""
            () => {
              const each = (from, f) => { const to = new Float64Array(from.length); for (let i = 0; i < to.length; i++) to[i] = f(from[i]); return to; };
              const forms = [Math.tanh, x => 1 - x, x => x * x, x => x - 0.5];
              const loop = () => {
                let row = Float64Array.from({ length: 400 }, (_, i) => i / 400);
                for (let k = 0; k < 4000; k++) row = each(row, forms[k % forms.length]);
              };
              const time = work => { const from = performance.now(); work(); return performance.now() - from; };
              let steps = Infinity, known = Infinity;
              for (let k = 0; k < 10 || (k < 100 && steps >= 2 * known); k++) {
                steps = Math.min(steps, time(() => lesson.descent.descend(99, 0.5, "")));
                known = Math.min(known, time(loop));
              }
              return steps / known;
            }
            """);
        Assert.True(ratio < 2, $"{ratio} times as long"); // about 1
    }
}
