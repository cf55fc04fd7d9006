using System.CommandLine;
using MlNetShallowNet.Samples.Examples;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>example NAME</c>: runs one of the short programs in Examples/, each of which shows one thing in code.</summary>
internal static class ExampleCommand
{
    private static readonly Dictionary<string, Action> _examples = new()
    {
        ["pipeline"] = PipelineExample.Run,
        ["prediction-engine"] = PredictionEngineExample.Run,
        ["cross-validation"] = CrossValidationExample.Run,
        ["grouped-cross-validation"] = GroupedCrossValidationExample.Run,
        ["retraining"] = RetrainingExample.Run,
        ["permutation-feature-importance"] = PermutationFeatureImportanceExample.Run,
        ["own-activation"] = OwnActivationExample.Run,
    };

    public static Command Create()
    {
        Argument<string> name = OptionTexts.NameOf("example", $"One of {string.Join(", ", _examples.Keys)}", _examples.Keys);
        Command command = new("example", "Run one of the short code examples in src/Samples/Examples.");
        command.Add(name);
        command.SetAction(parse =>
        {
            _examples[parse.GetRequiredValue(name)]();
        });
        return command;
    }
}
