using System.Globalization;
using System.Text;

namespace MlNetShallowNet.Quality;

/// <summary>The results as Markdown.</summary>
internal static class Report
{
    public static string Write(string title, IReadOnlyList<TableRun> runs, Peers peers)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var text = new StringBuilder($"## {title}\n\n");
        text.Append("| table | AUC | best peer | rank | log loss | best peer | rank | accuracy | ECE | lr's | own estimate of AUC | of log loss | fit, CPU s | MLPClassifier's |\n");
        text.Append("|-|-|-|-|-|-|-|-|-|-|-|-|-|-|\n");
        foreach (TableRun run in runs)
        {
            string[] names = [.. peers.On(run.Table)];
            string auc = "", loss = "", seconds = "", calibration = "";
            if (names.Length > 0)
            {
                string bestAuc = names.MaxBy(p => peers.Quality(run.Table, p).Auc)!, bestLoss = names.MinBy(p => peers.Quality(run.Table, p).LogLoss)!;
                auc = $"{peers.Quality(run.Table, bestAuc).Auc:F4} ({bestAuc}) | {AucRank(run, peers)}";
                loss = $"{peers.Quality(run.Table, bestLoss).LogLoss:F4} ({bestLoss}) | {LossRank(run, peers)}";
                seconds = $"{peers.CpuSeconds(run.Table, "mlp_default"):F2}";
                double ofRegression = peers.Quality(run.Table, "lr").CalibrationError;
                calibration = double.IsNaN(ofRegression) ? "" : $"{ofRegression:F4}";
            }

            string estimate = run.Estimate is null ? "|" :
                $"{run.Estimate.Auc:F4} ± {run.Estimate.AucStandardError:F4} | {run.Estimate.LogLoss:F4} ± {run.Estimate.LogLossStandardError:F4}";
            text.Append($"| {run.Table} | {run.Quality.Auc:F4} | {(auc == "" ? "|" : auc)} | {run.Quality.LogLoss:F4} | {(loss == "" ? "|" : loss)} | ");
            text.Append($"{run.Quality.Accuracy:F4} | {run.Quality.CalibrationError:F4} | {calibration} | {estimate} | {run.CpuSeconds:F2} | {seconds} |\n");
        }

        TableRun[] compared = [.. runs.Where(r => peers.On(r.Table).Any())];
        text.Append($"| **mean** | {runs.Average(r => r.Quality.Auc):F4} | | {Mean(compared, r => AucRank(r, peers))} | {runs.Average(r => r.Quality.LogLoss):F4} | ");
        text.Append($"| {Mean(compared, r => LossRank(r, peers))} | {runs.Average(r => r.Quality.Accuracy):F4} | {runs.Average(r => r.Quality.CalibrationError):F4} | {Mean(compared, r => peers.Quality(r.Table, "lr").CalibrationError, "F4")} | {Stated(runs, r => r.StatesAuc)} | {Stated(runs, r => r.StatesLogLoss)} | ");
        text.Append($"sum {runs.Sum(r => r.CpuSeconds):F2} | sum {compared.Sum(r => peers.CpuSeconds(r.Table, "mlp_default")):F2} |\n");
        return text.ToString();
    }

    // How many of the estimates are within their standard error.
    private static string Stated(IReadOnlyList<TableRun> runs, Func<TableRun, bool> holds) =>
        runs.Any(r => r.Estimate is not null) ? $"{runs.Count(holds)} of {runs.Count(r => r.Estimate is not null)} within ±" : "";

    private static string Mean(TableRun[] runs, Func<TableRun, double> of, string format = "F2") =>
        runs.Length == 0 || double.IsNaN(runs.Average(of)) ? "" : runs.Average(of).ToString(format, CultureInfo.InvariantCulture);

    // Among ten: one more than the peers that are better.
    private static double AucRank(TableRun run, Peers peers) => 1 + peers.On(run.Table).Count(p => peers.Quality(run.Table, p).Auc > run.Quality.Auc);

    private static double LossRank(TableRun run, Peers peers) => 1 + peers.On(run.Table).Count(p => peers.Quality(run.Table, p).LogLoss < run.Quality.LogLoss);
}
