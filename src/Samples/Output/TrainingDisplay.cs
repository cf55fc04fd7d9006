using System.Globalization;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Shows training while it goes on: the loss, how fast it is, and the time that is left.</summary>
internal static class TrainingDisplay
{
    /// <summary>Runs a training under a progress bar.</summary>
    /// <param name="title">What is being trained.</param>
    /// <param name="rows">How many rows an epoch goes through, if that is known.</param>
    /// <param name="train">The training; it reports its progress and gives its result.</param>
    public static T Run<T>(string title, long? rows, Func<IProgress<TrainingProgress>, T> train)
    {
        Pace pace = new(TimeProvider.System);
        return WatchedWork.Run(title, show => train(new TrainingShare((share, progress) =>
        {
            double epochs = share * progress.Members * progress.Epochs;
            show(share, Epoch(progress) + pace.After(epochs * rows ?? 0, share, progress.Member));
        })));
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
