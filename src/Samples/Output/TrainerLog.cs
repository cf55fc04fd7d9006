using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetShallowNet.Samples.Output;

/// <summary>The trainer's own log, on standard error: its warnings, and all of it where it is wanted.</summary>
internal static class TrainerLog
{
    private const string Trainer = "ShallowNetwork";

    /// <summary>What a weight of 0 means, which the program takes.</summary>
    private const string OfWeights = "instances whose weight is not";

    /// <summary>A context whose log is shown with --verbose, and of which else only warnings are.</summary>
    public static MLContext CreateContext(int? seed)
    {
        MLContext ml = new(seed);
        if (Terminal.IsQuiet)
            return ml;
        TextWriter error = Terminal.ErrorWriter;
        bool isVerbose = Terminal.IsVerbose;
        HashSet<string> said = []; // folds and reports train more than once
        ml.Log += (_, log) =>
        {
            if (!log.Source.Contains(Trainer, StringComparison.Ordinal))
                return;
            if (isVerbose)
                error.WriteLine(log.Message);
            else if (log.Kind == ChannelMessageKind.Warning && !log.RawMessage.Contains(OfWeights, StringComparison.Ordinal) && said.Add(log.RawMessage))
                error.WriteLine(log.RawMessage);
        };
        return ml;
    }
}
