using System.Globalization;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Shows how far a pass over the text of a table is: under a bar if somebody watches, else as a line in a while.</summary>
internal sealed class ReadingProgress
{
    private const int LeastMilliseconds = 100;

    private readonly Pace _pace = new(TimeProvider.System);
    private readonly Action<double, string> _show;
    private long _latest = Environment.TickCount64;

    private ReadingProgress(Action<double, string> show) => _show = show;

    /// <summary>Reads.</summary>
    /// <param name="title">What is done with the table.</param>
    /// <param name="read">The reading, which tells of every row.</param>
    public static T Run<T>(string title, Func<ReadingProgress, T> read) =>
        WatchedWork.Run(title, show => read(new ReadingProgress(show)));

    /// <summary>Tells that a row was read.</summary>
    /// <param name="rows">The pass.</param>
    /// <param name="isEnd">Whether there are no more.</param>
    public void Show(TableRows rows, bool isEnd = false)
    {
        if (!isEnd && Environment.TickCount64 - _latest < LeastMilliseconds)
            return;
        _latest = Environment.TickCount64;
        long count = rows.Row + 1;
        double share = isEnd ? 1 : rows.ShareRead;
        _show(share, string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows{_pace.After(count, share)}"));
    }
}
