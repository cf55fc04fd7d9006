using System.Globalization;
using System.Text;
using MlNetShallowNet.Quality.Measuring;

namespace MlNetShallowNet.Quality.Reports;

/// <summary>Several trainers on several tables, one row each.</summary>
internal static class ContestReport
{
    public const string Says =
        "All trainers run in one process on the same rows, with everything at its defaults but what the command changes. Log loss is the natural one, no " +
        "row's more than that of a probability of 1e-15; where ML.NET's own would be infinite, the rows that make it so are counted behind it. Fit is " +
        "processor seconds of all threads together, then seconds by the clock; making features of words and texts is beside it, once for all trainers. " +
        "Scoring is microseconds a row through `Transform`, on one thread, reading included.";

    public const string Header =
        "| table | training rows x features | trainer | AUC | log loss | accuracy | fit, CPU s | fit, s | features, CPU s | scoring, µs a row |\n|-|-|-|-|-|-|-|-|-|-|\n";

    /// <summary>The rows of a table's trainers, under the best possible where it is known.</summary>
    public static string Rows(IReadOnlyList<Outcome> outcomes, Metrics? best)
    {
        var text = new StringBuilder();
        if (outcomes.Count > 0 && best is not null)
            text.Append(CultureInfo.InvariantCulture, $"| {outcomes[0].Table} | {Size(outcomes[0])} | best possible | {Quality(best)} | | | | |\n");
        foreach (Outcome o in outcomes)
        {
            string preparation = o.PreparationSeconds > 0 ? o.PreparationSeconds.ToString("F2", CultureInfo.InvariantCulture) : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {o.Table} | {Size(o)} | {o.Trainer} | {Quality(o.Quality)} | {o.CpuSeconds:F2} | {o.Seconds:F2} | {preparation} | {o.ScoringMicroseconds:F2} |\n");
        }

        return text.ToString();
    }

    /// <summary>Means over tables, of the trainers that did all of them.</summary>
    public static string Means(IReadOnlyList<Outcome> outcomes)
    {
        int tables = outcomes.Select(o => o.Table).Distinct().Count();
        var text = new StringBuilder("| trainer | tables | mean AUC | mean log loss | mean accuracy | best by AUC | best by log loss | fits, CPU s |\n|-|-|-|-|-|-|-|-|\n");
        foreach (IGrouping<string, Outcome> of in outcomes.GroupBy(o => o.Trainer).Where(g => g.Count() == tables))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {of.Key} | {tables} | {of.Average(o => o.Quality.Auc):F4} | {of.Average(o => o.Quality.LogLoss):F4} | {of.Average(o => o.Quality.Accuracy):F4} ");
            int byAuc = of.Count(o => outcomes.All(p => p.Table != o.Table || p.Quality.Auc <= o.Quality.Auc));
            int byLoss = of.Count(o => outcomes.All(p => p.Table != o.Table || p.Quality.LogLoss >= o.Quality.LogLoss));
            text.Append(CultureInfo.InvariantCulture, $"| {byAuc} | {byLoss} | {of.Sum(o => o.CpuSeconds):F2} |\n");
        }

        return text.ToString();
    }

    private static string Size(Outcome o) => string.Create(CultureInfo.InvariantCulture, $"{o.Rows:N0} x {o.Features:N0}");

    private static string Quality(Metrics m)
    {
        string infinite = m.InfiniteLosses == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (∞: {m.InfiniteLosses} rows)");
        // Of rare events a loss is small in all digits that are usually shown.
        string loss = m.LogLoss.ToString(m.LogLoss < 0.05 ? "F5" : "F4", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{m.Auc:F4} | {loss}{infinite} | {m.Accuracy:F4}");
    }
}
