using System.Diagnostics;
using System.Globalization;

namespace MlNetShallowNet.Samples.Output;

/// <summary>A work that tells how far it is: under a bar if somebody watches, else as lines; and with --verbose how long it took.</summary>
internal static class WatchedWork
{
    /// <summary>Does a work.</summary>
    /// <param name="title">What the work is.</param>
    /// <param name="work">The work; it tells which share of it is done, 0 to 1, and what there is to say.</param>
    public static T Run<T>(string title, Func<Action<double, string>, T> work)
    {
        var watch = Stopwatch.StartNew();
        T result = Terminal.IsWatched
            ? ProgressBar.Run(title, bar => work((share, text) => bar.Show(share, $"{title}  {text}")))
            : work(new PlainProgress(title).Report);
        if (Terminal.IsVerbose)
            Terminal.ErrorWriter.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: done in {watch.Elapsed.TotalSeconds:0.00} s"));
        return result;
    }
}
