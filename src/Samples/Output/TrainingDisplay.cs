using System.Globalization;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Shows training while it goes on: a bar with the loss if somebody watches, else a line in a while.</summary>
internal static class TrainingDisplay
{
    /// <summary>Runs a training under a progress bar.</summary>
    /// <param name="title">What is being trained.</param>
    /// <param name="train">The training; it reports its progress and gives its result.</param>
    public static T Run<T>(string title, Func<IProgress<TrainingProgress>, T> train)
    {
        if (Terminal.IsWatched)
            return ProgressBar.Run(title, bar => train(new TrainingShare((share, progress) => bar.Show(share, $"{title}  {Epoch(progress)}"))));
        PlainProgress lines = new(title);
        return train(new TrainingShare((share, progress) => lines.Report(share, Epoch(progress))));
    }

    /// <summary>The losses of an epoch, as text.</summary>
    public static string Losses(double training, double? validation) =>
        string.Create(CultureInfo.InvariantCulture, $"loss {training:0.0000}") +
        (validation is { } held ? string.Create(CultureInfo.InvariantCulture, $"  validation {held:0.0000}") : "");

    private static string Epoch(TrainingProgress progress)
    {
        string member = progress.Members > 1 ? $"network {progress.Member}/{progress.Members}, " : "";
        return $"{member}epoch {progress.Epoch}/{progress.Epochs}  {Losses(progress.TrainingLoss, progress.ValidationLoss)}";
    }
}
