using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>A bar that shows how much of a work is done, if somebody watches. It never runs backwards.</summary>
internal sealed class ProgressBar
{
    private readonly ProgressTask? _task;

    private ProgressBar(ProgressTask? task) => _task = task;

    /// <summary>Does a work under a bar.</summary>
    /// <param name="title">What the work is.</param>
    /// <param name="work">The work; it tells the bar how far it is.</param>
    public static T Run<T>(string title, Func<ProgressBar, T> work) => !Terminal.IsWatched
        ? work(new ProgressBar(null))
        : Terminal.Out.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context => work(new ProgressBar(context.AddTask(Markup.Escape(title), maxValue: 1))));

    /// <summary>Shows how far the work is.</summary>
    /// <param name="share">The share that is done, 0 to 1.</param>
    /// <param name="description">What is being done.</param>
    public void Show(double share, string description)
    {
        if (_task is null)
            return;
        _task.Value = Math.Max(_task.Value, share);
        _task.Description = Markup.Escape(description);
    }
}
