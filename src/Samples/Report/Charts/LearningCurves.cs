using MlNetShallowNet.Samples.Report.Drawing;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>The loss by epoch, in training and on rows that training does not see.</summary>
internal static class LearningCurves
{
    private const int MostPoints = 400;
    private const int MostMembers = 16;

    public static string Draw(ReportData data)
    {
        TrainingHistory history = data.Network!.History;
        if (history.Epochs.Count == 0)
            return Section.Of("curves", "Learning curves", "<p>The network was not trained here, so there are none.</p>");
        TrainingHistory[] members = [.. history.Members.Where(m => m.BestEpoch > 0 && HasBoth(m))];
        return members.Length > 1 ? OfEnsemble(history, members) : OfOne(data, history);
    }

    private static string OfOne(ReportData data, TrainingHistory history)
    {
        TrainingHistory shown = data.Training!.Watched ?? history;
        double[] training = [.. shown.Epochs.Select(e => e.TrainingLoss)];
        double[] unseen = HasBoth(shown) ? [.. shown.Epochs.Select(e => e.ValidationLoss!.Value)] : [];
        (double low, double top) = Range(training.Concat(unseen));
        Plot plot = Empty(training.Length, low, top);
        Lines(plot, training, unseen, "");
        int kept = history.BestEpoch;
        if (kept > 0)
        {
            Mark(plot, kept, low, top, $"kept: epoch {kept}");
            plot.Dot("dot kept", kept, unseen.Length > 0 ? unseen[kept - 1] : training[kept - 1], 3.5);
        }

        int lowest = unseen.Length == 0 ? -1 : Array.IndexOf(unseen, unseen.Min());
        if (lowest >= 0 && lowest + 1 != kept)
            plot.Dot("ring", lowest + 1, unseen[lowest], 4.5, $"lowest: epoch {lowest + 1}");
        string which = data.Training!.Watched is null ? "validation rows" : "held-out rows";
        string legend = Section.Legend(("training", "training rows"), (unseen.Length > 0 ? "unseen" : null, which),
            (lowest >= 0 && lowest + 1 != kept ? "ring" : null, "its lowest point"), (kept > 0 ? "best" : null, "kept"));
        string caption = unseen.Length == 0
            ? "Both curves need rows that training does not see: --validation-fraction 0.1 or --test-fraction 0.2 would give them."
            : data.Training!.Watched is null
                ? "The epoch with the lowest loss on the validation rows is kept."
                : "The held-out rows were only watched, not used to choose: the network of the last epoch is kept. Their loss was " +
                    $"lowest after epoch {lowest + 1} ({Html.Fixed(unseen[lowest])}).";
        return Put(legend, Read(plot, training, unseen, which), caption, training, unseen, which);
    }

    // Every member leaves out other rows and stops in an epoch of its own.
    private static string OfEnsemble(TrainingHistory history, TrainingHistory[] members)
    {
        const string Which = "rows left out";
        double[] training = Mean(members, history.Epochs.Count, e => e.TrainingLoss);
        double[] unseen = Mean(members, history.Epochs.Count, e => e.ValidationLoss!.Value);
        (double low, double top) = Range(members.SelectMany(m => m.Epochs.SelectMany(e => (double[])[e.TrainingLoss, e.ValidationLoss!.Value])));
        Plot plot = Empty(training.Length, low, top);
        foreach (TrainingHistory m in members.Take(MostMembers))
            Lines(plot, [.. m.Epochs.Select(e => e.TrainingLoss)], [.. m.Epochs.Select(e => e.ValidationLoss!.Value)], " faint");
        Lines(plot, training, unseen, "");
        foreach (TrainingHistory m in members.Take(MostMembers))
            plot.Dot("dot kept", m.BestEpoch, m.Epochs[m.BestEpoch - 1].ValidationLoss!.Value, 2.5, $"kept: epoch {m.BestEpoch}");
        Mark(plot, history.BestEpoch, low, top, $"kept: epoch {history.BestEpoch} on average");
        string shown = members.Length > MostMembers ? $" {MostMembers} of them are drawn." : "";
        return Put(
            Section.Legend(("training", "training rows"), ("unseen", Which), ("best", "best epoch of a network")),
            Read(plot, training, unseen, Which),
            $"{members.Length} networks, each trained without another part of the rows (faint lines), joined into one. Each is kept as it was " +
            $"when its loss on the rows left out was lowest, after epoch {members.Min(m => m.BestEpoch)} to " +
            $"{members.Max(m => m.BestEpoch)}.{shown} Strong lines: the mean, in which a network that has stopped keeps its last loss.",
            training, unseen, Which);
    }

    private static bool HasBoth(TrainingHistory history) => history.Epochs.Count > 0 && history.Epochs.All(e => e.ValidationLoss is not null);

    private static double[] Mean(TrainingHistory[] members, int epochs, Func<TrainingEpoch, double> loss) =>
        [.. Enumerable.Range(0, epochs).Select(e => members.Average(m => loss(m.Epochs[Math.Min(e, m.Epochs.Count - 1)])))];

    // From 0, unless the curves are far from there and move enough to be seen; with room for a word above them.
    private static (double Low, double Top) Range(IEnumerable<double> losses)
    {
        double[] finite = [.. losses.Where(double.IsFinite).DefaultIfEmpty(0)];
        double low = finite.Min(), high = finite.Max();
        low = low > high / 2 && low < 0.99 * high ? low - 0.1 * (high - low) : 0;
        return (low, high > 0 ? high + 0.2 * (high - low) : 1);
    }

    private static Plot Empty(int epochs, double low, double top) => new((1, Math.Max(2, epochs), "epoch"), (low, top, "log loss"));

    private static void Lines(Plot plot, double[] training, double[] unseen, string style)
    {
        int[] at = Thinned(training.Length);
        plot.Line("line training" + style, at.Select(i => (i + 1.0, training[i])));
        plot.Line("line unseen" + style, unseen.Length == 0 ? [] : at.Select(i => (i + 1.0, unseen[i])));
    }

    private static Plot Read(Plot plot, double[] training, double[] unseen, string which)
    {
        foreach (int i in Thinned(training.Length).Where(i => double.IsFinite(training[i]) && (unseen.Length == 0 || double.IsFinite(unseen[i]))))
        {
            string held = unseen.Length == 0 ? "" : $", {which} {Html.Fixed(unseen[i], 4)}";
            plot.Reading(i + 1, unseen.Length == 0 ? training[i] : unseen[i], $"epoch {i + 1}: training rows {Html.Fixed(training[i], 4)}{held}");
        }

        return plot;
    }

    private static void Mark(Plot plot, int epoch, double low, double top, string words) =>
        plot.Line("mark", [(epoch, low), (epoch, top)]).Words(words, epoch, top, dy: 10);

    private static string Put(string legend, Plot plot, string caption, double[] training, double[] unseen, string which)
    {
        string described = $"From {Html.Fixed(training[0])} to {Html.Fixed(training[^1])} on the training rows" +
            (unseen.Length == 0 ? "." : $", from {Html.Fixed(unseen[0])} to {Html.Fixed(unseen[^1])} on the {which}.");
        return Section.Of("curves", "Learning curves", legend + plot.ToSvg("Log loss by epoch", described) +
            $"<p>{Html.Escape(caption)}</p>" + Html.Numbers(
            "Log loss by epoch", unseen.Length > 0 ? ["epoch", "training", which] : ["epoch", "training"],
            Thinned(training.Length, 20).Select(i => (IReadOnlyList<string>)
                [$"{i + 1}", Html.Fixed(training[i], 4), .. unseen.Length > 0 ? [Html.Fixed(unseen[i], 4)] : Array.Empty<string>()])));
    }

    // Evenly spaced, the first and the last included.
    private static int[] Thinned(int count, int most = MostPoints) => count <= most
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, most).Select(k => (int)((long)k * (count - 1) / (most - 1)))];
}
