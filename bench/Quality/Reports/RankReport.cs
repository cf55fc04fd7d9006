using System.Globalization;
using System.Text;
using MlNetShallowNet.Quality.Measuring;

namespace MlNetShallowNet.Quality.Reports;

/// <summary>Our results on tables beside those that were recorded of other libraries on the same folds, and the ranks among them.</summary>
internal static class RankReport
{
    public const string Says =
        "Ranks are among this trainer and the peers that were measured on the table (`bench/Quality/peers.json` has nine on the 14 tables; --peers may name others). AUC, log loss and accuracy are means over folds. " +
        "ECE is the expected calibration error of all out-of-fold probabilities, in 15 bins of equal width, beside that of logistic regression. The own " +
        "estimate is what the models say of themselves, from rows that they kept out of training, with its standard error. Fit time is processor " +
        "seconds of a fit, all threads together; `MLPClassifier`'s, at its defaults, is on one thread.";

    public static string Write(IReadOnlyList<Outcome> runs, RecordedPeers peers)
    {
        var text = new StringBuilder();
        text.Append("| table | AUC | best peer | rank | log loss | best peer | rank | accuracy | ECE | lr's | own estimate of AUC | of log loss | fit, CPU s | MLPClassifier's |\n");
        text.Append("|-|-|-|-|-|-|-|-|-|-|-|-|-|-|\n");
        foreach (Outcome run in runs)
            text.Append($"| {string.Join(" | ", Cells(run, peers))} |\n");
        Outcome[] compared = [.. runs.Where(r => peers.On(r.Table).Any())];
        string[] mean =
        [
            "**mean**", F4(runs.Average(r => r.Quality.Auc)), "", Mean(compared, r => AucRank(r, peers), "F2"),
            F4(runs.Average(r => r.Quality.LogLoss)), "", Mean(compared, r => LossRank(r, peers), "F2"),
            F4(runs.Average(r => r.Quality.Accuracy)), F4(runs.Average(r => r.Quality.CalibrationError)),
            Mean(compared, r => peers.Quality(r.Table, "lr").CalibrationError, "F4"),
            Holding(runs, (e, q) => Math.Abs(e.Auc - q.Auc) <= e.AucStandardError),
            Holding(runs, (e, q) => Math.Abs(e.LogLoss - q.LogLoss) <= e.LogLossStandardError),
            $"sum {F2(runs.Sum(r => r.CpuSeconds))}", $"sum {F2(compared.Sum(r => peers.CpuSeconds(r.Table, "mlp_default")))}",
        ];
        text.Append($"| {string.Join(" | ", mean)} |\n");
        if (compared.Length > 0)
            text.Append($"\n{Means(compared, peers)}\n{BySize(compared, peers)}");
        return text.ToString();
    }

    // Ours and each peer, over the tables that all peers of the first were measured on.
    private static string Means(Outcome[] runs, RecordedPeers peers)
    {
        string[] names = [.. peers.On(runs[0].Table)];
        Outcome[] complete = [.. runs.Where(r => names.All(peers.On(r.Table).Contains))];
        var text = new StringBuilder($"| over {complete.Length} tables | mean AUC | mean rank | mean log loss | mean rank |\n|-|-|-|-|-|\n");
        foreach (string? peer in (string?[])[null, .. names])
        {
            Metrics Of(Outcome run) => peer is null ? run.Quality : peers.Quality(run.Table, peer);
            text.Append($"| {peer ?? "this trainer"} | {F4(complete.Average(r => Of(r).Auc))} | {F2(complete.Average(r => AucRank(Of(r), r, peers)))} | ");
            text.Append($"{F4(complete.Average(r => Of(r).LogLoss))} | {F2(complete.Average(r => LossRank(Of(r), r, peers)))} |\n");
        }
        return text.ToString();
    }

    private static string BySize(Outcome[] runs, RecordedPeers peers)
    {
        var text = new StringBuilder("| training rows below | tables | mean rank by AUC | by log loss |\n|-|-|-|-|\n");
        int from = 0;
        foreach (int bound in (int[])[120, 250, 500, 1_200, 3_000, int.MaxValue])
        {
            Outcome[] here = [.. runs.Where(r => r.Rows >= from && r.Rows < bound)];
            from = bound;
            if (here.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"| {(bound == int.MaxValue ? "any" : $"{bound:N0}")} | {here.Length} | {F2(here.Average(r => AucRank(r, peers)))} | {F2(here.Average(r => LossRank(r, peers)))} |\n");
        }
        return text.ToString();
    }

    private static string[] Cells(Outcome run, RecordedPeers peers)
    {
        string[] names = [.. peers.On(run.Table)];
        string bestAuc = "", bestLoss = "", aucRank = "", lossRank = "", calibration = "", seconds = "";
        if (names.Length > 0)
        {
            string auc = names.MaxBy(p => peers.Quality(run.Table, p).Auc)!, loss = names.MinBy(p => peers.Quality(run.Table, p).LogLoss)!;
            (bestAuc, aucRank) = ($"{F4(peers.Quality(run.Table, auc).Auc)} ({auc})", $"{AucRank(run, peers)}");
            (bestLoss, lossRank) = ($"{F4(peers.Quality(run.Table, loss).LogLoss)} ({loss})", $"{LossRank(run, peers)}");
            seconds = F2(peers.CpuSeconds(run.Table, "mlp_default"));
            calibration = F4(peers.Quality(run.Table, "lr").CalibrationError);
        }

        QualityEstimate? e = run.Estimate;
        return
        [
            run.Table, F4(run.Quality.Auc), bestAuc, aucRank, F4(run.Quality.LogLoss), bestLoss, lossRank, F4(run.Quality.Accuracy),
            F4(run.Quality.CalibrationError), calibration, e is null ? "" : $"{F4(e.Auc)} ± {F4(e.AucStandardError)}",
            e is null ? "" : $"{F4(e.LogLoss)} ± {F4(e.LogLossStandardError)}", F2(run.CpuSeconds), seconds,
        ];
    }

    // How many of the estimates are within their standard error.
    private static string Holding(IReadOnlyList<Outcome> runs, Func<QualityEstimate, Metrics, bool> holds)
    {
        Outcome[] estimated = [.. runs.Where(r => r.Estimate is not null)];
        return estimated.Length == 0 ? "" : $"{estimated.Count(r => holds(r.Estimate!, r.Quality))} of {estimated.Length} within ±";
    }

    private static string Mean(Outcome[] runs, Func<Outcome, double> of, string format) =>
        runs.Length == 0 || double.IsNaN(runs.Average(of)) ? "" : runs.Average(of).ToString(format, CultureInfo.InvariantCulture);

    private static double AucRank(Outcome run, RecordedPeers peers) => AucRank(run.Quality, run, peers);

    private static double LossRank(Outcome run, RecordedPeers peers) => LossRank(run.Quality, run, peers);

    // One more than those that are better on the run's table.
    private static double AucRank(Metrics one, Outcome run, RecordedPeers peers) => 1 + All(run, peers).Count(m => m.Auc > one.Auc);

    private static double LossRank(Metrics one, Outcome run, RecordedPeers peers) => 1 + All(run, peers).Count(m => m.LogLoss < one.LogLoss);

    private static IEnumerable<Metrics> All(Outcome run, RecordedPeers peers) => peers.On(run.Table).Select(p => peers.Quality(run.Table, p)).Append(run.Quality);

    private static string F4(double value) => double.IsNaN(value) ? "" : value.ToString("F4", CultureInfo.InvariantCulture);

    private static string F2(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
