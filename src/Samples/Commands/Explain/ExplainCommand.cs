using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Explain.Pages;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary><c>explain</c>: see back-propagation work on one's own data.</summary>
internal static class ExplainCommand
{
    public static Command Create() => new("explain", "See back-propagation work on your own data: every number, checked gradients, " +
        "answered questions.")
    {
        TraceCommand.Create(),
        GradientsCommand.Create(),
        WhyCommand.Create(),
        SizesCommand.Create(),
        PageCommand.Create(),
    };
}
