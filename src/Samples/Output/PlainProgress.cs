using System.Diagnostics;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Progress as lines, where nobody watches a bar: one in a while, or with --verbose one for each tenth of the work, on standard error.</summary>
internal sealed class PlainProgress(string title)
{
    private static readonly TimeSpan _while = TimeSpan.FromSeconds(20);

    private readonly TextWriter _lines = Terminal.IsQuiet ? TextWriter.Null : Terminal.ErrorWriter;
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private int _tenth = -1;

    /// <summary>Tells how far the work is, if it is time to.</summary>
    /// <param name="share">The share of the work that is done, 0 to 1.</param>
    /// <param name="text">What there is to say.</param>
    public void Report(double share, string text)
    {
        int tenth = (int)(10 * share);
        if (Terminal.IsVerbose ? tenth == _tenth : _sinceLine.Elapsed <= _while)
            return;
        _tenth = tenth;
        _sinceLine.Restart();
        _lines.WriteLine(Shown.Visible($"{title}: {text}"));
    }
}
