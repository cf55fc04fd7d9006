using System.Globalization;
using Microsoft.Playwright;

namespace MlNetShallowNet.BrowserTests.Report;

/// <summary>The report page as a reader has it before them: its threshold, its readings, its epochs, on a phone and on a desk.</summary>
[Collection(PageTests.Name)]
public sealed class ReportPageTests(Chromium browser)
{
    // One table and few epochs: what is asked of the page does not depend on them, and the same report is written once.
    private static readonly string[] _small = ["--hidden", "4", "--epochs", "10"], _several = ["--epochs", "10"];

    [SkippableFact]
    public async Task One_threshold_moves_the_confusion_matrix_and_every_curve()
    {
        View view = await browser.OpenReport("train", "planar-flower.csv", "--hidden", "4", "--epochs", "30");
        IPage page = view.Page;
        ILocator slider = page.Locator("#threshold");
        string[] before = await Marks(page);
        await slider.FocusAsync();
        for (int i = 0; i < 20; i++)
            await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("0.70", await page.Locator("output[data-figure=threshold]").TextContentAsync());
        string[] after = await Marks(page);
        Assert.All(before.Zip(after), pair => Assert.NotEqual(pair.First, pair.Second));

        // The confusion matrix is the row of the table that the program wrote for 0.70, which is marked.
        string[] row = await page.Locator("#thresholds tr.current > *").EvaluateAllAsync<string[]>("cells => cells.map(e => e.textContent)");
        Assert.Equal("0.70", row[0]);
        foreach ((string id, int column) in ((string, int)[])[("tp", 1), ("fp", 2), ("fn", 3), ("tn", 4), ("precision", 5), ("recall", 6), ("f1", 7)])
            Assert.Equal(row[column], await page.Locator($"[data-figure={id}]").First.TextContentAsync());

        // The dot of the ROC curve stands where recall is.
        double[] scale = [.. (await page.Locator("#roc svg").GetAttributeAsync("data-scale"))!.Split(' ').Select(Number)];
        double cy = Number((await page.Locator("#roc .threshold circle").GetAttributeAsync("cy"))!);
        double recall = scale[4] + (cy - scale[6]) / (scale[7] - scale[6]) * (scale[5] - scale[4]);
        Assert.Equal(Number(row[6]), recall, 0.0006); // three decimals are shown
        view.IsQuiet();
    }

    [SkippableFact]
    public async Task Points_are_read_by_pointer_and_by_arrow_keys()
    {
        View view = await browser.OpenReport("train", "breast-cancer.csv", "--epochs", "4");
        IPage page = view.Page;
        await page.Locator("#curves .plot").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        string? first = await page.Locator("#curves .reading").TextContentAsync();
        await page.Keyboard.PressAsync("End");
        string? last = await page.Locator("#curves .reading").TextContentAsync();
        Assert.StartsWith("epoch 1: training rows ", first);
        Assert.StartsWith("epoch 4: training rows ", last);
        await page.Locator("#roc svg").HoverAsync();
        Assert.StartsWith("threshold ", await page.Locator("#roc .reading").TextContentAsync());
        view.IsQuiet();
    }

    [SkippableTheory]
    [InlineData("--hidden", "4", "--solver", "gradient-descent", "--epochs", "40")]
    [InlineData("--epochs", "10")]
    public async Task The_boundary_is_shown_epoch_by_epoch_also_of_several_networks(params string[] options)
    {
        View view = await browser.OpenReport("train", "planar-flower.csv", options);
        IPage page = view.Page;
        ILocator shown = page.Locator("#boundary .stage:visible");
        Assert.Equal(1, await shown.CountAsync());
        await page.Locator("#stage").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        Assert.Equal("epoch 1", await shown.GetAttributeAsync("data-name"));
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("epoch 2", await shown.GetAttributeAsync("data-name"));
        Assert.Equal("epoch 2", await page.Locator("output[data-figure=stage]").TextContentAsync());
        view.IsQuiet();
    }

    [SkippableFact]
    public async Task A_dashed_line_is_dashed_in_its_legend()
    {
        View view = await browser.OpenReport("train", "planar-flower.csv", _several);
        IPage page = view.Page;
        Assert.Equal(1, await Strokes(page, "#curves .key.unseen"));
        foreach (string dashed in (string[])["#curves .key.training", "#roc .key.chance", "#histogram .key.marked"])
            Assert.True(await Strokes(page, dashed) >= 3, dashed);
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Without_colour_both_sides_of_the_boundary_are_different_greys(ColorScheme scheme)
    {
        View view = await browser.OpenReport("train", "planar-flower.csv", _several);
        IPage page = view.Page;
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        foreach (string selector in (string[])["#boundary .colours i", "#boundary .stage:last-of-type .ground"])
        {
            double[] brightness = await page.Locator(selector).EvaluateAllAsync<double[]>("""
                all => {
                  const channels = colour => colour.startsWith("color(") ? colour.match(/[\d.]+/g).map(Number) : colour.match(/[\d.]+/g).map(v => v / 255);
                  const card = channels(getComputedStyle(document.querySelector("#boundary")).backgroundColor);
                  return ["yes", "no"].map(side => all.find(e => e.classList.contains(side) && e.classList.contains("g4"))).map(e => {
                    const style = getComputedStyle(e), isShape = e.namespaceURI.endsWith("svg"), share = isShape ? +style.fillOpacity : 1;
                    const light = channels(isShape ? style.fill : style.backgroundColor).slice(0, 3).map((v, k) => v * share + card[k] * (1 - share))
                      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
                  });
                }
                """);
            double contrast = (brightness.Max() + 0.05) / (brightness.Min() + 0.05);
            Assert.True(contrast >= 1.5, $"{selector}: {contrast}");
        }
    }

    [SkippableTheory]
    [InlineData("train", ColorScheme.Light)]
    [InlineData("train", ColorScheme.Dark)]
    [InlineData("cross-validate", ColorScheme.Light)]
    [InlineData("compare", ColorScheme.Light)]
    [InlineData("compare", ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_a_phone_does_not_scroll_sideways(string command, ColorScheme scheme)
    {
        View view = await browser.OpenReport(command, "planar-flower.csv", _small);
        IPage page = view.Page;
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await view.IsAccessible();
        await page.SetViewportSizeAsync(375, 800);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 375);
        view.IsQuiet();
    }

    [SkippableTheory]
    [InlineData("train")]
    [InlineData("cross-validate")]
    public async Task The_tables_of_thresholds_need_no_scrolling_sideways(string command)
    {
        View view = await browser.OpenReport(command, "planar-flower.csv", _small);
        IPage page = view.Page;
        foreach (int width in (int[])[375, 620, 780, 900, 1040, 1280])
        {
            await page.SetViewportSizeAsync(width, 800);
            int[] beyond = await page.Locator("#thresholds .scroll").EvaluateAllAsync<int[]>("all => all.map(e => e.scrollWidth - e.clientWidth)");
            Assert.True(beyond is [0, 0], $"{width} pixels: {string.Join(", ", beyond)} too wide");
        }
    }

    private static async Task<string[]> Marks(IPage page) =>
    [
        await page.Locator("#roc .threshold circle").EvaluateAsync<string>("e => e.getAttribute('cx') + ' ' + e.getAttribute('cy')"),
        await page.Locator("#pr .threshold circle").EvaluateAsync<string>("e => e.getAttribute('cx') + ' ' + e.getAttribute('cy')"),
        await page.Locator("#histogram line[data-curve]").EvaluateAsync<string>("e => e.getAttribute('x1')"),
        await page.Locator("#decisions [data-figure=recall]").EvaluateAsync<string>("e => e.textContent"),
    ];

    // How many strokes a reader sees along the middle of a drawn line.
    private static async Task<int> Strokes(IPage page, string selector)
    {
        string picture = Convert.ToBase64String(await page.Locator(selector).ScreenshotAsync());
        return await page.EvaluateAsync<int>("""
            async picture => {
              const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), c => c.charCodeAt(0))]));
              const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
              canvas.drawImage(image, 0, 0);
              const row = canvas.getImageData(0, image.height >> 1, image.width, 1).data, isInk = x => row[4 * x] + row[4 * x + 1] + row[4 * x + 2] < 600;
              let strokes = 0;
              for (let x = 0; x < image.width; x++) if (isInk(x) && !(x && isInk(x - 1))) strokes++;
              return strokes;
            }
            """, picture);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
