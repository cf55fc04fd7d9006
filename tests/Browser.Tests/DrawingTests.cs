using System.Globalization;

namespace MlNetShallowNet.BrowserTests;

/// <summary>The page's drawings: what stands beside what, and what is told without colour.</summary>
[Collection(PageTests.Name)]
public class DrawingTests(Chromium browser)
{
    private static readonly string _flower = $"{Chromium.Table("planar-flower.csv")} --hidden 4", _cancer = $"{Chromium.Table("breast-cancer.csv")} --hidden 9";

    [SkippableTheory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task No_weight_hides_another(int width)
    {
        foreach (string options in (string[])["", _flower])
        {
            LessonView page = await browser.Open(options, width);
            string[] hidden = await page.Page.EvaluateAsync<string[]>("""
                () => {
                  const all = [...document.querySelectorAll("#network .weight")].map(e => [e.textContent, e.getBBox()]), inner = 2;
                  return all.flatMap(([a, p], k) => all.slice(k + 1)
                    .filter(([, q]) => p.x + p.width - inner > q.x && q.x + q.width - inner > p.x && p.y + p.height - inner > q.y && q.y + q.height - inner > p.y)
                    .map(([b]) => `${a} and ${b}`));
                }
                """);
            Assert.True(hidden.Length == 0, $"{options} {width}: {string.Join(", ", hidden)}");
        }
    }

    [SkippableTheory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task No_weight_lies_under_a_circle_and_no_name_is_cut(int width)
    {
        foreach (string options in (string[])["", _flower, _cancer])
        {
            LessonView page = await browser.Open(options, width);
            string[] bad = await page.Page.EvaluateAsync<string[]>("""
                () => {
                  const circles = [...document.querySelectorAll("#network circle")].map(e => [e.cx, e.cy, e.r].map(a => a.baseVal.value)), inner = 2;
                  const under = ({ x, y, width, height }) => circles.some(([cx, cy, r]) =>
                    Math.hypot(Math.max(x + inner - cx, 0, cx - x - width + inner), Math.max(y + inner - cy, 0, cy - y - height + inner)) < r);
                  return [...document.querySelectorAll("#network .weight")].filter(e => under(e.getBBox())).map(e => e.textContent)
                    .concat([...document.querySelectorAll("#network .title")].filter(e => e.getBBox().x < 0).map(e => e.textContent));
                }
                """);
            Assert.True(bad.Length == 0, $"{options} {width}: {string.Join(", ", bad)}");
        }
    }

    [SkippableFact]
    public async Task What_is_not_drawn_is_said()
    {
        LessonView wide = await browser.Open(_cancer);
        Assert.Contains("6 of 30 inputs and 6 of 9 units are drawn.", await wide.Text(".choices"));
        LessonView narrow = await browser.Open(_flower);
        Assert.DoesNotContain("are drawn", await narrow.Text(".choices"));
    }

    [SkippableFact]
    public async Task A_step_to_come_is_no_taller_than_its_name()
    {
        LessonView page = await browser.Open();
        double[] heights = await page.Page.Locator(".step.later").EvaluateAllAsync<double[]>("all => all.map(e => e.getBoundingClientRect().height)");
        Assert.NotEmpty(heights);
        Assert.All(heights, height => Assert.True(height < 50, $"{height}"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_colour_a_sure_0_and_a_sure_1_are_different_greys(bool isDark)
    {
        LessonView page = await browser.Open(_flower, isDark: isDark);
        double[] brightness = await page.Page.EvaluateAsync<double[]>("""
            () => ["ground", "level0", "level1", "level2", "level3", "level4"].map(name => {
              const part = getComputedStyle(document.querySelector(`#plane .${name}`)).fill.match(/\d+/g).map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
              return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
            })
            """);
        double Contrast(int a, int b) => (Math.Max(brightness[a], brightness[b]) + 0.05) / (Math.Min(brightness[a], brightness[b]) + 0.05);
        Assert.True(Contrast(0, 5) >= 2, $"{Contrast(0, 5)}");
        Assert.True(Contrast(0, 4) >= 1.5, $"{Contrast(0, 4)}");
        Assert.All(brightness[..3], below => Assert.All(brightness[3..], above => Assert.Equal(isDark, below < above)));
    }

    [SkippableFact]
    public async Task The_colours_and_marks_below_a_picture_are_those_in_it()
    {
        LessonView plane = await browser.Open(_flower);
        Assert.StartsWith("● label 1, △ label 0", await plane.Text("#marks"));
        string bar = await plane.Page.EvaluateAsync<string>("[...document.querySelectorAll('#plane rect')].map(e => e.getAttribute('class')).slice(0, 6).join(' ')");
        Assert.Equal("ground level0 level1 level2 level3 level4", bar);
        Assert.Contains("probability of a 1", await plane.Page.Locator("#plane").TextContentAsync());

        LessonView bars = await browser.Open(_cancer);
        Assert.StartsWith("Solid line: probability 0.5", await bars.Text("#marks"));
    }

    [SkippableFact]
    public async Task An_axis_has_several_numbers()
    {
        LessonView page = await browser.Open(_cancer);
        await page.Choose("#pace", "10");
        await page.Press("#descend");
        await page.Press("#descend");
        foreach (string drawing in (string[])["#costs", "#along"])
        {
            string[] ticks = await page.Page.Locator($"{drawing} .axes text[text-anchor=end]").AllTextContentsAsync() is { } all ? [.. all] : [];
            Assert.True(ticks.Length >= 3, $"{drawing}: {string.Join(", ", ticks)}");
            Assert.All(ticks, tick => Assert.True(double.TryParse(tick.Replace('−', '-'), CultureInfo.InvariantCulture, out _)));
        }
    }
}
