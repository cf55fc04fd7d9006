using Microsoft.ML;

namespace MlNetShallowNet.Samples.Output;

/// <summary>The trainer's own log, on standard error where it is wanted.</summary>
internal static class TrainerLog
{
    private const string Trainer = "ShallowNetwork";

    /// <summary>A context whose log is shown with --verbose.</summary>
    public static MLContext CreateContext(int? seed)
    {
        MLContext ml = new(seed);
        if (Terminal.IsVerbose)
        {
            TextWriter error = Terminal.ErrorWriter;
            ml.Log += (_, log) =>
            {
                if (log.Source.Contains(Trainer, StringComparison.Ordinal))
                    error.WriteLine(log.Message);
            };
        }
        return ml;
    }
}
