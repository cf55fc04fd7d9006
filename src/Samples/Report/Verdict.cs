using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report;

/// <summary>An answer that is seen at once: whether the network learned, overfitted, and is calibrated.</summary>
/// <param name="Question">The question.</param>
/// <param name="Style">good, fair, bad or unknown.</param>
/// <param name="Answer">A few words.</param>
/// <param name="Reason">The figures that it rests on; HTML.</param>
internal sealed record Verdict(string Question, string Style, string Answer, string Reason)
{
    // Differences of less than two standard errors are what chance would do.
    private const double Clearly = 2;

    // A loss on new rows that is half as large again as on those learned from.
    private const double Much = 1.5;

    // One that is less than a tenth larger is none that anybody would mind.
    private const double Hardly = 1.1;

    // Probabilities that are off by two in a hundred, beyond chance, serve nearly as well as right ones.
    private const double Small = 0.02;

    // Where perfect probabilities may be off by more than that, so may wrong ones without being found out.
    private const double Coarse = 0.05;

    /// <summary>Against someone who knows how many are a yes, and nothing else.</summary>
    public static Verdict Learned(ReportData data)
    {
        double share = data.BaseRate;
        double[] own = Losses.OfRows(data.Testing), naive = Losses.OfConstant(data.Testing, share);
        double[] gain = [.. naive.Zip(own, (n, o) => n - o)];
        string reason = $"Log loss{(data.Folds.Count > 0 ? " of all rows" : "")} {Html.Figure("log-loss", own.Average(), 4)}; always saying {Html.Percent(share)} would have " +
            $"{Html.Fixed(naive.Average())}.";
        if (gain.Average() <= Clearly * Losses.StandardError(gain))
            return gain.Average() < 0 ? new("Has it learned?", "bad", "No", reason) : new("Has it learned?", "unknown", CannotTell(data.Testing.Count), reason);
        double saved = gain.Average() / naive.Average();
        return new("Has it learned?", "good", saved > 0.5 ? "Yes, much" : "Yes", reason);
    }

    /// <summary>The loss on rows that it has not seen, against that on those it has.</summary>
    public static Verdict? Overfitted(ReportData data)
    {
        if (data.Training is not { } training)
            return null;
        if (!training.IsHeldOut)
            return new("Has it overfitted?", "unknown", "Unknown", "No rows were held out: all figures are computed on the training rows.");
        double[] seen = Losses.OfRows(training.Rows), unseen = Losses.OfRows(data.Testing);
        double difference = unseen.Average() - seen.Average();
        double error = Math.Sqrt(Math.Pow(Losses.StandardError(seen), 2) + Math.Pow(Losses.StandardError(unseen), 2));
        string reason = $"Log loss {Html.Fixed(unseen.Average())} on held-out rows, " +
            $"{Html.Figure("training-log-loss", seen.Average())} on training rows.";
        bool isMuch = unseen.Average() > Much * seen.Average();
        if (difference > Clearly * error)
            return isMuch ? new("Has it overfitted?", "bad", "Yes", reason) : new("Has it overfitted?", "fair", "A little", reason);
        return unseen.Average() > Hardly * seen.Average()
            ? new("Has it overfitted?", "unknown", CannotTell(data.Testing.Count), reason + " The difference may be chance.")
            : new("Has it overfitted?", "good", "No sign of it", reason);
    }

    /// <summary>The calibration error, against what perfect probabilities would show.</summary>
    public static Verdict Calibrated(Calibration calibration, int rows)
    {
        string reason = $"Calibration error {Html.Fixed(calibration.Error)}; chance alone gives up to " +
            $"{Html.Fixed(calibration.ErrorByChance)}.";
        return calibration.Error <= calibration.ErrorByChance && calibration.ErrorByChance > Coarse
            ? new("Is it calibrated?", "unknown", CannotTell(rows), reason)
            : calibration.Error <= calibration.ErrorByChance ? new("Is it calibrated?", "good", "Yes", reason)
            : calibration.Error <= calibration.ErrorByChance + Small ? new("Is it calibrated?", "fair", "Nearly", reason)
            : new("Is it calibrated?", "bad", "No", reason);
    }

    private static string CannotTell(int rows) => $"{Html.Count(rows)} {(rows == 1 ? "row" : "rows")} cannot tell";

    public string ToHtml() =>
        $"<div class=\"verdict {Style}\"><h2>{Html.Escape(Question)}</h2><p " +
        $"class=\"answer\">{Html.Escape(Answer)}</p><p>{Reason}</p></div>\n";
}
