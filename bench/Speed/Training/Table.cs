using System.Text;
using MlNetShallowNet.Bench.Machine;

namespace MlNetShallowNet.Bench.Training;

/// <summary>The table of ratios, in Markdown.</summary>
internal static class Table
{
    public static string Of(List<TrainingTime> times, MachineDescription machine)
    {
        var text = new StringBuilder();
        text.AppendLine("# Training beside scikit-learn and PyTorch").AppendLine();
        IEnumerable<string> libraries = times.Where(t => t.Peer != "engine").Select(t => $"{Library(t.Peer)} {t.Version}").Distinct();
        text.AppendLine($"Measured on {machine.Processor}, {machine.Processors} processors, {machine.System}, {machine.Runtime}; " +
            $"multiply-add peak in C# {machine.PeakOneThread:F0} GFLOP/s on one thread, {machine.PeakTwoThreads:F0} on two. " +
            $"Peers: {string.Join(", ", libraries)}; {string.Join(", ", times.Select(t => t.Blas).Where(b => b.Length > 0).Distinct())}.");
        if (times.Any(t => t.Blas.StartsWith("reference", StringComparison.Ordinal)))
        {
            text.AppendLine("The peers ran on the reference BLAS, which is many times slower than OpenBLAS: install libopenblas0 to compare " +
                "with what they can do.");
        }
        text.AppendLine();
        text.AppendLine("Runs alternate; each counts its best epoch, and of its runs the best. " +
            "The ratio is our rows per second to the faster peer's " +
            "(one thread: each on one; two: ours on two, the peers' best on one or two, whatever way their two thread pools are set). " +
            "GFLOP/s count 4 d H operations a row, for sparse rows 4 H per non-zero. " +
            "Where other programs share the machine, the ratio of processor time is the steadier one. " +
            "Loss: on all training rows after the same number of epochs, from the same weights with the same orders of the rows; " +
            "the mean of the rounds and how much they differ (standard deviation). " +
            "Allocation is that of all epochs but the first: a few hundred bytes are the runtime's own, once; a step allocates nothing.");
        text.AppendLine();
        text.AppendLine("| configuration | activation | ratio, 1 thread (aim) | ratio, 2 threads (aim) | ratio of processor time, 1 thread " +
            "| our rows/s, 1 / 2 threads | GFLOP/s (of peak), 1 / 2 | " +
            "best peer, 1 / any | loss, ours / peers | MB, ours / peers | our bytes allocated after the first epoch |");
        text.AppendLine("|-|-|-|-|-|-|-|-|-|-|-|");
        foreach (Configuration configuration in Configuration.All)
        {
            foreach (string activation in configuration.Activations)
            {
                if (times.Any(t => t.Configuration == configuration.Name && t.Activation == activation))
                    text.AppendLine(Row(configuration, activation, times, machine));
            }
        }
        return text.ToString();
    }

    public static string Row(Configuration configuration, string activation, List<TrainingTime> all, MachineDescription machine)
    {
        TrainingTime[] times = [.. all.Where(t => t.Configuration == configuration.Name && t.Activation == activation)];
        string most = times.Where(t => t.Peer == "engine").Max(t => t.Threads)!;
        TrainingTime[] ones = [.. times.Where(t => t.Peer == "engine" && t.Threads == "1")];
        TrainingTime one = Best(ones), two = Best(times.Where(t => t.Peer == "engine" && t.Threads == most));
        TrainingTime[] peers = [.. times.Where(t => t.Peer != "engine")];
        TrainingTime peerOne = Best(peers.Where(t => t.Threads == "1")), peerAny = Best(peers);
        double operations = 4.0 * (configuration.IsSparse ? 22 : configuration.Features) * configuration.HiddenUnits;
        double processor = peers.Where(t => t.Threads == "1").Min(t => t.Processor) / ones.Min(t => t.Processor);
        double speedOne = operations * configuration.Rows / one.Best / 1e9, speedTwo = operations * configuration.Rows / two.Best / 1e9;
        string losses = string.Join(", ", peers.GroupBy(p => Library(p.Peer)).Select(g => $"{g.Key} {Losses(g)}"));
        return $"| {configuration.Shown} | {activation} " +
            $"| **{peerOne.Best / one.Best:F1}** ({configuration.OneThread}) | **{peerAny.Best / two.Best:F1}** ({configuration.TwoThreads}) " +
            $"| {processor:F1} " +
            $"| {Rows(configuration.Rows / one.Best)} / {Rows(configuration.Rows / two.Best)} " +
            $"| {speedOne:F1} ({speedOne / machine.PeakOneThread:P0}) / {speedTwo:F1} ({speedTwo / machine.PeakTwoThreads:P0}) " +
            $"| {Library(peerOne.Peer)} {Time(peerOne.Best)} / {Library(peerAny.Peer)} {Time(peerAny.Best)} an epoch " +
            $"| {Losses(ones)} / {losses} | {one.Megabytes:F0} / {peers.Min(p => p.Megabytes):F0} " +
            $"| {times.Where(t => t.Peer == "engine").Max(t => t.Allocated)} |";
    }

    private static string Losses(IEnumerable<TrainingTime> times)
    {
        double[] losses = [.. times.GroupBy(t => t.Round).Select(round => round.Average(t => t.Loss))];
        double mean = losses.Average();
        return losses.Length == 1
            ? $"{mean:G4}"
            : $"{mean:G4} ± {Math.Sqrt(losses.Sum(l => (l - mean) * (l - mean)) / (losses.Length - 1)):G1}";
    }

    private static TrainingTime Best(IEnumerable<TrainingTime> times) => times.MinBy(t => t.Best)!;

    private static string Library(string peer) => peer == "sklearn" ? "scikit-learn" : "PyTorch";

    private static string Rows(double perSecond) => perSecond >= 1e6 ? $"{perSecond / 1e6:F1} M" : $"{perSecond / 1e3:F0} k";

    private static string Time(double seconds) => seconds >= 0.01 ? $"{seconds * 1e3:F0} ms" : $"{seconds * 1e6:F0} µs";
}
