using Microsoft.ML.Transforms;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// The mapping that scores in a loaded model: features and state in, the score out. ML.NET's stateful mapping would keep the network for each
/// cursor, but does not let rows be scored on several cursors at once.
/// </summary>
[CustomMappingFactoryAttribute(SavedColumns.ScoreContract)]
internal sealed class ScoreMapping : CustomMappingFactory<ScoreInput, SavedScore>
{
    public override Action<ScoreInput, SavedScore> GetMapping() => Map;

    public static void Map(ScoreInput input, SavedScore output) => output.LogOdds[0] = ScorerOf(input).Score(input.Features);

    private static ModelScorer ScorerOf(ScoreInput input)
    {
        if (!MemoryMarshal.TryGetString(input.State, out string? text, out _, out _) || !ReferenceEquals(input.Known.Text, text))
            input.Known = (text, SavedNetwork.Of(input.State).Scorer);
        return input.Known.Scorer!;
    }
}
