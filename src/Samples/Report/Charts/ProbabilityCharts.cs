using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>What the probabilities are worth, and how they spread.</summary>
internal static class ProbabilityCharts
{
    private const int Bars = 20;

    public static string DrawReliability(ReportData data, Calibration calibration)
    {
        var plot = new Plot((-0.04, 1.04, "probability given by the network"), (-0.04, 1.04, "share that is a yes"), 330);
        plot.Line("line chance", [(0, 0), (1, 1)]);
        CalibrationBin[] filled = [.. calibration.Bins.Where(b => b.Count > 0)];
        plot.Line("line curve", filled.Select(b => (b.MeanProbability, b.Frequency)));
        foreach (CalibrationBin b in filled)
        {
            (double low, double high) = Intervals.OfShare((int)Math.Round(b.Frequency * b.Count), b.Count);
            plot.Line("bar-of-error", [(b.MeanProbability, low), (b.MeanProbability, high)]);
        }

        int most = filled.Max(b => b.Count);
        foreach (CalibrationBin b in filled)
        {
            // The area of a dot says how many rows it stands for.
            (double low, double high) = Intervals.OfShare((int)Math.Round(b.Frequency * b.Count), b.Count);
            plot.Dot("dot curve", b.MeanProbability, b.Frequency, Math.Max(2, 9 * Math.Sqrt(b.Count / (double)most)))
                .Reading(b.MeanProbability, b.Frequency, $"{Html.Count(b.Count)} rows: mean probability {Html.Fixed(b.MeanProbability)}, share of " +
                    $"yes {Html.Fixed(b.Frequency)} ({Html.Fixed(low)} to {Html.Fixed(high)})");
        }

        return Section.Of("reliability", "Reliability", "<p class=\"area\">Expected calibration error " +
            $"{Html.Figure("calibration-error", calibration.Error, 4)}</p>\n" +
            Section.Legend(("curve", "share that is a yes"), ("error", "95 % interval"), ("chance", "as it should be")) +
            plot.ToSvg("Share of yes by probability", $"Expected calibration error {Html.Fixed(calibration.Error)}.") +
            "<p>Of the rows with a probability near 0.3, some 30 % should be a yes: the dotted line. Larger dots stand for more rows. " +
            $"Even perfect probabilities would show an error of up to {Html.Fixed(calibration.ErrorByChance)} on " +
            $"{Html.Count(data.Testing.Count)} rows.</p>\n" +
            Html.Numbers("Reliability", ["bin", "rows", "mean probability", "share of yes"],
                calibration.Bins.Select((b, i) => (IReadOnlyList<string>)
            [
                $"{Html.Fixed(i / 10.0, 1)}–{Html.Fixed((i + 1) / 10.0, 1)}", Html.Count(b.Count),
                b.Count == 0 ? "–" : Html.Fixed(b.MeanProbability), b.Count == 0 ? "–" : Html.Fixed(b.Frequency),
            ])));
    }

    public static string DrawHistogram(ReportData data)
    {
        var counts = new int[2, Bars];
        for (int i = 0; i < data.Testing.Count; i++)
            counts[data.Testing.Labels[i] ? 1 : 0, Math.Min(Bars - 1, (int)(data.Testing.Probabilities[i] * Bars))]++;
        // Shares of their class, so that a rare class can be seen as well.
        double Share(int label, int b) => counts[label, b] / (double)(label == 1 ? data.Testing.Positives : data.Testing.Negatives);
        double most = Enumerable.Range(0, Bars).Max(b => Math.Max(Share(0, b), Share(1, b)));
        var plot = new Plot(
            (0, 1, "probability given by the network"),
            (-most * 1.08, most * 1.08, "share of the class"),
            330,
            v => Html.Tick(Math.Abs(v)));
        for (int b = 0; b < Bars; b++)
        {
            string words = $"{Html.Fixed(b / (double)Bars, 2)} to {Html.Fixed((b + 1) / (double)Bars, 2)}: {Html.Count(counts[1, b])} of " +
                $"{data.Labels.Positive}, {Html.Count(counts[0, b])} of {data.Labels.Negative}";
            plot.Reading((b + 0.5) / Bars, Share(1, b) >= Share(0, b) ? Share(1, b) : -Share(0, b), words);
            (double from, double to) = (b / (double)Bars, (b + 1) / (double)Bars);
            if (counts[1, b] > 0)
                plot.Bar("bar yes", from, to, 0, Share(1, b), $"{Html.Count(counts[1, b])} of {data.Labels.Positive}");
            if (counts[0, b] > 0)
                plot.Bar("bar no", from, to, -Share(0, b), 0, $"{Html.Count(counts[0, b])} of {data.Labels.Negative}");
        }

        plot.Raw($"<line class=\"mark\" data-curve=\"histogram\" x1=\"{plot.X(0.5)}\" x2=\"{plot.X(0.5)}\" " +
            $"y1=\"{plot.Y(-most * 1.08)}\" y2=\"{plot.Y(most * 1.08)}\"/>");
        return Section.Of("histogram", "Probabilities by class",
            Section.Legend(("yes", $"up: {data.Labels.Positive}"), ("no", $"down: {data.Labels.Negative}"), ("marked", "the threshold")) +
            plot.ToSvg("Share of each class by probability", "Upwards the positive class, downwards the negative one.") +
            "<p>Each class by the probabilities that its rows were given. Upward bars left of the threshold and downward bars right of it are " +
            "misjudged.</p>\n" +
            Html.Numbers("Rows by probability and class", ["probability", data.Labels.Positive, data.Labels.Negative],
                Enumerable.Range(0, Bars).Select(b =>
                (IReadOnlyList<string>)[$"{Html.Fixed(b / (double)Bars, 2)}–{Html.Fixed((b + 1) / (double)Bars, 2)}",
                    Html.Count(counts[1, b]), Html.Count(counts[0, b])])));
    }
}
