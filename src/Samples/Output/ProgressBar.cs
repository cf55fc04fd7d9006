using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>A bar that shows how much of a work is done, if somebody watches. It never runs backwards.</summary>
internal sealed class ProgressBar
{
    // What stands beside the description: a bar, however short, and how many percent.
    private const int WidthOfBar = 16;

    private readonly ProgressTask? _task;
    private readonly int _width;

    private ProgressBar(ProgressTask? task, int width) => (_task, _width) = (task, width - WidthOfBar);

    /// <summary>Does a work under a bar.</summary>
    /// <param name="title">What the work is.</param>
    /// <param name="work">The work; it tells the bar how far it is.</param>
    public static T Run<T>(string title, Func<ProgressBar, T> work) => Terminal.IsWatched ? Run(Terminal.Out, title, work) : work(new ProgressBar(null, 0));

    /// <inheritdoc cref="Run{T}(string, Func{ProgressBar, T})"/>
    /// <param name="console">Where the bar is.</param>
    /// <param name="title">What the work is.</param>
    /// <param name="work">The work; it tells the bar how far it is.</param>
    public static T Run<T>(IAnsiConsole console, string title, Func<ProgressBar, T> work) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
        .Start(context => work(new ProgressBar(context.AddTask(Markup.Escape(title), maxValue: 1), console.Profile.Width)));

    /// <summary>Shows how far the work is.</summary>
    /// <param name="share">The share that is done, 0 to 1.</param>
    /// <param name="description">What is being done.</param>
    public void Show(double share, string description)
    {
        if (_task is null)
            return;
        _task.Value = Math.Max(_task.Value, share);
        _task.Description = Markup.Escape(Fit(description, _width));
    }

    /// <summary>A description in one line of a width: words in the middle are left out, for what is worked on stands in front and the time that is left at the end.</summary>
    public static string Fit(string description, int width)
    {
        if (description.Length <= width)
            return description;
        const string gap = " … ";
        string[] words = description.Split(' ');
        string end = words[^1], begin = words[0];
        int next = words.Length - 2;
        for (; next > 0 && end.Length + 1 + words[next].Length <= width / 2; next--)
            end = $"{words[next]} {end}";
        for (int i = 1; i <= next && begin.Length + 1 + words[i].Length + gap.Length + end.Length <= width; i++)
            begin = $"{begin} {words[i]}";
        string both = begin.TrimEnd() + gap + end;
        return both.Length <= width ? both : string.Concat(description.AsSpan(0, Math.Max(0, width - 1)), "…");
    }
}
