using MlNetShallowNet.Optimization;
using MlNetShallowNet.Samples.Report.Drawing;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>The loss by epoch, in training and on rows that training does not see.</summary>
internal static class LearningCurves
{
    private const int MostPoints = 400;

    public static string Draw(ReportData data)
    {
        TrainingHistory history = data.Network.History;
        TrainingHistory shown = data.Watched ?? history;
        IReadOnlyList<TrainingEpoch> epochs = shown.Epochs;
        if (epochs.Count == 0)
            return Section.Of("curves", "Learning curves", "<p>The network was not trained here, so there are none.</p>");

        int[] at = Thinned(epochs.Count);
        double[] training = [.. epochs.Select(e => e.TrainingLoss)];
        double[] unseen = epochs.All(e => e.ValidationLoss is not null) ? [.. epochs.Select(e => e.ValidationLoss!.Value)] : [];
        double top = training.Concat(unseen).Where(double.IsFinite).Max() * 1.2; // room for a word above the curves
        var plot = new Plot((1, Math.Max(2, epochs.Count), "epoch"), (0, top > 0 ? top : 1, "log loss"));
        plot.Line("line training", at.Select(i => (i + 1.0, training[i])));
        plot.Line("line unseen", unseen.Length == 0 ? [] : at.Select(i => (i + 1.0, unseen[i])));
        int kept = history.BestEpoch;
        if (kept > 0)
        {
            plot.Line("mark", [(kept, 0), (kept, top)]);
            plot.Words($"kept: epoch {kept}", kept, top, dy: 10);
            plot.Dot("dot kept", kept, unseen.Length > 0 ? unseen[kept - 1] : training[kept - 1], 3.5);
        }

        int lowest = unseen.Length == 0 ? -1 : Array.IndexOf(unseen, unseen.Min());
        if (lowest >= 0 && lowest + 1 != kept)
            plot.Dot("ring", lowest + 1, unseen[lowest], 4.5, $"lowest: epoch {lowest + 1}");
        string which = data.Watched is null ? "validation rows" : "held-out rows";
        string legend = Section.Legend(("training", "training rows"), (unseen.Length > 0 ? "unseen" : null, which),
            (lowest >= 0 && lowest + 1 != kept ? "ring" : null, "its lowest point"));
        string caption = unseen.Length == 0
            ? "Both curves need rows that training does not see: --validation-fraction 0.1 or --test-fraction 0.2 would give them."
            : data.Watched is null
                ? "The epoch with the lowest loss on the validation rows is kept."
                : "The held-out rows were only watched, not used to choose: the network of the last epoch is kept. Their loss was " +
                    $"lowest after epoch {lowest + 1} ({Html.Fixed(unseen[lowest])}).";
        string described = $"From {Html.Fixed(training[0])} to {Html.Fixed(training[^1])} on the training rows" +
            (unseen.Length == 0 ? "." : $", from {Html.Fixed(unseen[0])} to {Html.Fixed(unseen[^1])} on the {which}.");
        return Section.Of("curves", "Learning curves", legend + plot.ToSvg("Log loss by epoch", described) +
            $"<p>{Html.Escape(caption)}</p>" + Html.Numbers(
            "Log loss by epoch", unseen.Length > 0 ? ["epoch", "training", which] : ["epoch", "training"],
            Thinned(epochs.Count, 20).Select(i => (IReadOnlyList<string>)
                [$"{i + 1}", Html.Fixed(training[i], 4), .. unseen.Length > 0 ? [Html.Fixed(unseen[i], 4)] : Array.Empty<string>()])));
    }

    // Evenly spaced, the first and the last included.
    private static int[] Thinned(int count, int most = MostPoints) => count <= most
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, most).Select(k => (int)((long)k * (count - 1) / (most - 1)))];
}
