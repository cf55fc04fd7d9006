using MlNetShallowNet.Samples.Comparison;
using MlNetShallowNet.Samples.Report.Drawing;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>How far other trainers are from ours in a metric: the mean, its interval, and each fold.</summary>
internal static class DifferenceChart
{
    private const double RowHeight = 42, Axis = 52;

    public static string Draw(ComparisonResult result, Metric metric)
    {
        int count = result.Others.Count;
        string id = $"difference-{metric.Key}", heading = $"{metric.Name}, less that of {result.Ours.Name}";
        if (count == 0)
            return "";
        PairedDifference[] differences = [.. result.Others.Select(other => other.Less(result.Ours, metric))];
        double[][] folds = [.. result.Others.Select(other => other.Folds.Zip(result.Ours.Folds, (its, ours) => metric.Of(its) - metric.Of(ours)).ToArray())];
        double low = Math.Min(0, Math.Min(differences.Min(d => d.Low), folds.Min(f => f.Min())));
        double high = Math.Max(0, Math.Max(differences.Max(d => d.High), folds.Max(f => f.Max())));
        double margin = high > low ? 0.05 * (high - low) : 1e-3;
        (low, high) = (low - margin, high + margin);
        string better = metric.IsBetterHigher ? "right is better than ours" : "left is better than ours";
        Plot plot = new((low, high, better), (0, count, ""), Axis + RowHeight * count, _ => "");
        plot.Line("line chance", [(0, 0), (0, count)]);
        for (int i = 0; i < count; i++)
        {
            double y = count - i - 0.7;
            PairedDifference d = differences[i];
            plot.Words(result.Others[i].Name, low, y + 0.42);
            foreach (double fold in folds[i])
                plot.Dot("ring faint", fold, y, 2.5);
            plot.Line("line curve", [(d.Low, y), (d.High, y)]).Dot("dot curve", d.Mean, y, 4.5)
                .Reading(d.Mean, y, $"{result.Others[i].Name}: {Html.Fixed(d.Mean, 4)} ({Html.Fixed(d.Low, 4)} to {Html.Fixed(d.High, 4)})");
        }
        return Section.Of(id, heading,
            Section.Legend(("best", "mean"), ("curve", "95 % interval"), ("ring", "a fold each"), ("chance", "no difference")) +
            plot.ToSvg(heading, string.Join("; ", differences.Select((d, i) => $"{result.Others[i].Name} {Html.Fixed(d.Mean, 4)}"))) +
            "<p>Where the line crosses that of no difference, the difference is within noise.</p>\n");
    }
}
