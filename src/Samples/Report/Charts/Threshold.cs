using System.Text.Json;
using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>The one threshold that moves everything: confusion, ROC, precision and recall, histogram.</summary>
internal static class Threshold
{
    /// <summary>How many steps the slider has from 0 to 1.</summary>
    public const int Steps = 100;

    /// <summary>The decisions at each step.</summary>
    public static IReadOnlyList<Confusion> All(ReportData data)
    {
        RankedScores ranked = new(data.Testing);
        return [.. Enumerable.Range(0, Steps + 1).Select(k => ranked.At(k / (double)Steps))];
    }

    /// <summary>The slider. It is hidden where no script runs; the page then shows the decisions at one half.</summary>
    public static string Slider() =>
        "<p class=\"control\" hidden><label for=\"threshold\">Threshold <output for=\"threshold\" data-figure=\"threshold\">0.50</output></label>" +
        $"<input id=\"threshold\" type=\"range\" min=\"0\" max=\"{Steps}\" value=\"{Steps / 2}\"></p>\n";

    /// <summary>The counts at each step, for the script.</summary>
    public static string Json(ReportData data) => JsonSerializer.Serialize(new
    {
        steps = Steps,
        positives = data.Testing.Positives,
        negatives = data.Testing.Negatives,
        z = Intervals.Z,
        counts = All(data).Select(c => (int[])[c.TruePositives, c.FalsePositives]),
    });

    /// <summary>The dot of one half on a curve, with bars as wide as its 95 % intervals; the script moves it.</summary>
    public static void Mark(Plot plot, string curve, (int Successes, int Count) x, (int Successes, int Count) y)
    {
        double at(int successes, int count) => count == 0 ? 0 : successes / (double)count;
        (double X, double Y) dot = (at(x.Successes, x.Count), at(y.Successes, y.Count));
        (double Low, double High) wide = Intervals.OfShare(x.Successes, x.Count), high = Intervals.OfShare(y.Successes, y.Count);
        plot.Raw($"<g class=\"threshold\" data-curve=\"{curve}\">" +
            $"<line x1=\"{plot.X(wide.Low)}\" x2=\"{plot.X(wide.High)}\" y1=\"{plot.Y(dot.Y)}\" y2=\"{plot.Y(dot.Y)}\"/>" +
            $"<line x1=\"{plot.X(dot.X)}\" x2=\"{plot.X(dot.X)}\" y1=\"{plot.Y(high.Low)}\" y2=\"{plot.Y(high.High)}\"/>" +
            $"<circle cx=\"{plot.X(dot.X)}\" cy=\"{plot.Y(dot.Y)}\" r=\"4.5\"/></g>");
    }
}
