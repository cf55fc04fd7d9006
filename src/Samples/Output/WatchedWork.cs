namespace MlNetShallowNet.Samples.Output;

/// <summary>A work that tells how far it is: under a bar if somebody watches, else as lines.</summary>
internal static class WatchedWork
{
    /// <summary>Does a work.</summary>
    /// <param name="title">What the work is.</param>
    /// <param name="work">The work; it tells which share of it is done, 0 to 1, and what there is to say.</param>
    public static T Run<T>(string title, Func<Action<double, string>, T> work)
    {
        if (Terminal.IsWatched)
            return ProgressBar.Run(title, bar => work((share, text) => bar.Show(share, $"{title}  {text}")));
        PlainProgress lines = new(title);
        return work(lines.Report);
    }
}
