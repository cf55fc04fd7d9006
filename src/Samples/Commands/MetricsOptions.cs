using System.CommandLine;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The option that says how metrics are written.</summary>
internal static class MetricsOptions
{
    public static Option<MetricsFormat?> Format() => OptionTexts.OneOf<MetricsFormat>(
        "--format", "Write the metrics like this to standard output, with all digits, and messages to standard error", usual: "text");
}
