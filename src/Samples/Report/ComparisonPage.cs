using System.Globalization;
using MlNetShallowNet.Samples.Comparison;
using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Report.Drawing;

namespace MlNetShallowNet.Samples.Report;

/// <summary>The page of a comparison: who is better, by how much, and what it costs.</summary>
internal static class ComparisonPage
{
    public static string Write(ComparisonResult result)
    {
        int rows = result.Profile.Count(true) + result.Profile.Count(false);
        string lead = $"{result.Ours.Name} beside ML.NET's own trainers, each trained on all of {result.Folds.Count} folds but one and measured on that " +
            $"one, in turn: {Html.Count(rows)} rows, the same features for all.";
        string body = "<div class=\"verdicts\">\n" + string.Concat(result.Verdicts().Select(verdict => Of(result, verdict.Metric, verdict.Sentence).ToHtml())) +
            "</div>\n" + string.Concat(Metric.All.Select(metric => DifferenceChart.Draw(result, metric))) + Costs(result) + Figures(result);
        string inFolds = $"{Html.Count(rows)} in {result.Folds.Count} folds";
        return PageShell.Write($"{result.Profile.LabelName} in {Path.GetFileName(result.Profile.Table.Path)}", "trainers compared", lead, body +
            RunFacts.Draw([.. RunFacts.OfTable(result.Profile, inFolds, result.Profile.Count(true) / (double)rows, null)], [], result.Seed, RunFacts.Command()));
    }

    private static Verdict Of(ComparisonResult result, Metric metric, string sentence)
    {
        PairedDifference[] differences = [.. result.Others.Select(other => other.Less(result.Ours, metric))];
        PairedDifference[] clear = [.. differences.Where(d => !d.IsWithinNoise)];
        int better = clear.Count(d => d.Mean > 0 != metric.IsBetterHigher), worse = clear.Length - better;
        (string style, string answer) = (better, worse) switch
        {
            (0, 0) => ("unknown", "Within noise of all"),
            (_, 0) => ("good", $"Better than {better} of {differences.Length}"),
            (0, _) => ("bad", $"Worse than {worse} of {differences.Length}"),
            _ => ("fair", $"Better than {better}, worse than {worse}"),
        };
        return new Verdict(metric.Name, style, answer, Html.Escape(sentence));
    }

    private static string Costs(ComparisonResult result) => Section.Of("costs", "What they cost",
        Html.Table("Costs by trainer", ["trainer", "Fit, s", "CPU, s", "one row, µs", "model, kB"], result.All.Select(trainer => (IReadOnlyList<string>)
        [
            trainer.Name, Html.Short(trainer.Median(f => f.FitSeconds)), Html.Short(trainer.Median(f => f.FitProcessorSeconds)),
            Html.Short(trainer.Median(f => f.PredictionMicroseconds)),
            (trainer.Median(f => f.ModelBytes) / 1000).ToString("0.#", CultureInfo.InvariantCulture),
        ])) + "<p>Medians over the folds, on this machine. Fit starts from features in memory. One row is a call of PredictionEngine.Predict " +
        "from features to the score. The model is its file, from the table's columns to the score.</p>\n");

    private static string Figures(ComparisonResult result) => Section.Of("figures", "Figures",
        Html.Table("Figures by trainer", ["trainer", .. Metric.All.SelectMany(m => (string[])[m.Name, "± SD", "less ours", "95 % interval"])],
            result.All.Select(trainer => (IReadOnlyList<string>)[trainer.Name, .. Metric.All.SelectMany(metric => Cells(result, trainer, metric))])) +
        "<p>SD: the standard deviation over the folds. The intervals are of the mean difference on the same folds, by Student's t with the variance " +
        $"that Nadeau and Bengio (2003) give for folds that share training rows. {Html.Escape(result.Baseline.Name)} says the share of " +
        $"“{Html.Escape(result.Profile.Labels.Positive)}” to every row.</p>\n" +
        string.Concat(result.Failed.Select(failed => $"<p>{Html.Escape(failed.Name)} could not be trained on this table: {Html.Escape(failed.Why)}</p>\n")),
        wide: true);

    private static IEnumerable<string> Cells(ComparisonResult result, TrainerResult trainer, Metric metric)
    {
        yield return Html.Fixed(trainer.Mean(metric), 4);
        yield return Html.Fixed(trainer.Deviation(metric), 4);
        PairedDifference? difference = ReferenceEquals(trainer, result.Ours) ? null : trainer.Less(result.Ours, metric);
        yield return difference is null ? "" : Html.Fixed(difference.Mean, 4);
        yield return difference is null ? "" : $"{Html.Fixed(difference.Low, 4)} to {Html.Fixed(difference.High, 4)}";
    }
}
