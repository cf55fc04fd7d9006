using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetShallowNet.TestTools;

/// <summary>The lines that a context logs. ML.NET's cursors log from threads of their own, so several may come at once.</summary>
internal static class LogLines
{
    /// <summary>Collects lines from here on.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="kind">The only kind that is wanted; null for all.</param>
    public static ConcurrentQueue<string> Of(MLContext ml, ChannelMessageKind? kind = null)
    {
        ConcurrentQueue<string> lines = [];
        ml.Log += (_, line) =>
        {
            if (kind is null || line.Kind == kind)
                lines.Enqueue(line.Message);
        };
        return lines;
    }
}
