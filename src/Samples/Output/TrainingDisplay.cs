using System.Globalization;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Shows training while it goes on: a bar with the loss if somebody watches, else nothing.</summary>
internal static class TrainingDisplay
{
    /// <summary>Runs a training under a progress bar.</summary>
    /// <param name="title">What is being trained.</param>
    /// <param name="train">The training; it reports its progress and gives its result.</param>
    public static T Run<T>(string title, Func<IProgress<TrainingProgress>, T> train)
    {
        if (!Terminal.IsWatched)
            return train(new Reporter(_ => { }));
        return Terminal.Out.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(title));
                return train(new Reporter(progress =>
                {
                    bar.MaxValue = progress.Epochs;
                    bar.Value = progress.Epoch;
                    string losses = Losses(progress.TrainingLoss, progress.ValidationLoss);
                    bar.Description = Markup.Escape($"{title}  epoch {progress.Epoch}/{progress.Epochs}  {losses}");
                }));
            });
    }

    /// <summary>The losses of an epoch, as text.</summary>
    public static string Losses(double training, double? validation) =>
        string.Create(CultureInfo.InvariantCulture, $"loss {training:0.0000}") +
        (validation is { } held ? string.Create(CultureInfo.InvariantCulture, $"  validation {held:0.0000}") : "");

    /// <summary>Reports at once, on the thread that trains; <see cref="Progress{T}"/> would post to the pool and come late.</summary>
    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
