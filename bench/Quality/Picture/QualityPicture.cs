using System.Globalization;
using System.Text;

namespace MlNetShallowNet.Quality.Picture;

/// <summary>The README's picture: quality and time beside ML.NET's own trainers, on real tables and on one that grows.</summary>
internal static class QualityPicture
{
    private const double LegendHeight = 34;

    private static readonly (string Trainer, string Light, string Dark)[] _colours =
    [
        ("ours", "#c2410c", "#fb923c"), ("lightgbm", "#1d4ed8", "#60a5fa"), ("fasttree", "#15803d", "#4ade80"), ("fastforest", "#7e22ce", "#c084fc"),
        ("lbfgs", "#525252", "#a3a3a3"), ("sdca", "#a16207", "#facc15"),
    ];

    /// <summary>The picture of the results in a folder.</summary>
    public static string Draw(string results)
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> means = MarkdownTable.Read(Path.Combine(results, "in-box.md"), "mean log loss");
        IReadOnlyDictionary<string, string>[] growing =
            [.. MarkdownTable.Read(Path.Combine(results, "growing.md"), "training rows x features").Where(r => IsTrainer(r["trainer"]))];
        Panel[] panels =
        [
            new($"{means[0]["tables"]} real tables, five folds", "processor seconds of a fit, sum", "mean log loss (lower is better)", true, false,
                [.. means.Where(r => IsTrainer(r["trainer"])).Select(r => new Series(r["trainer"], [(Number(r["fits, CPU s"]), Number(r["mean log loss"]))]))]),
            new("A table of 28 columns that grows", "rows", "log loss (lower is better)", true, false, By(growing, "log loss")),
            new("What that costs", "rows", "processor seconds of a fit", true, true, By(growing, "fit, CPU s")),
        ];
        var svg = new StringBuilder();
        Series[] shown = [.. panels.SelectMany(p => p.Series).DistinctBy(s => s.Trainer)];
        double width = panels.Length * Panel.Width, height = Panel.Height + LegendHeight;
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}' role='img'>\n");
        svg.Append("<title>Log loss and processor time beside ML.NET's own trainers</title>\n").Append(Style());
        svg.Append(CultureInfo.InvariantCulture, $"<rect class='card' x='0.5' y='0.5' width='{width - 1}' height='{height - 1}' rx='6'/>\n");
        for (int i = 0; i < panels.Length; i++)
            svg.Append(panels[i].Draw(i * Panel.Width));
        double left = 52;
        foreach (Series series in shown)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle class='{series.Trainer}' cx='{left}' cy='{Panel.Height + 12}' r='4'/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class='tick' x='{left + 9}' y='{Panel.Height + 16}'>{series.Shown}</text>\n");
            left += 32 + 6.3 * series.Shown.Length;
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static Series[] By(IReadOnlyDictionary<string, string>[] rows, string column) =>
    [
        .. rows.GroupBy(r => r["trainer"]).Select(g => new Series(
            g.Key, [.. g.Select(r => (Number(r["training rows x features"].Split(' ')[0]), Number(r[column].Split(' ')[0]))).OrderBy(p => p.Item1)])),
    ];

    private static bool IsTrainer(string name) => _colours.Any(c => c.Trainer == name);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static string Style()
    {
        var style = new StringBuilder("<style>\n");
        style.Append("text{font:12px system-ui,sans-serif;fill:#1f2937}.title{font-weight:600;font-size:13px}.tick{font-size:11px;fill:#4b5563}");
        style.Append(".card{fill:#fff;stroke:#d1d5db}.grid{stroke:#e5e7eb;fill:none}.line{fill:none;stroke-width:2}\n");
        Colours(c => c.Light);
        style.Append("@media(prefers-color-scheme:dark){text{fill:#e5e7eb}.tick{fill:#9ca3af}.card{fill:#111827;stroke:#374151}.grid{stroke:#1f2937}\n");
        Colours(c => c.Dark);
        return style.Append("}\n</style>\n").ToString();

        void Colours(Func<(string Trainer, string Light, string Dark), string> of)
        {
            foreach ((string Trainer, string Light, string Dark) colour in _colours)
                style.Append($"circle.{colour.Trainer}{{fill:{of(colour)}}}.line.{colour.Trainer}{{stroke:{of(colour)}}}\n");
        }
    }
}
