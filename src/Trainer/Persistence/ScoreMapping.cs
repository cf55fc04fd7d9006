using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    // The state's text is one string for all cursors and engines of a loaded model, so each is parsed once and forgotten with its model.
    private static readonly ConditionalWeakTable<object, ModelScorer> _parsed = [];

    public override Action<ScoreInput, SavedScore> GetMapping() => Map;

    public static void Map(ScoreInput input, SavedScore output) => output.LogOdds[0] = ScorerOf(input).Score(input.Features);

    private static ModelScorer ScorerOf(ScoreInput input)
    {
        if (!MemoryMarshal.TryGetString(input.State, out string? text, out _, out _))
            return Parse(input.State.Span);
        if (!ReferenceEquals(input.Known.Text, text))
            input.Known = (text, _parsed.GetValue(text, static t => Parse((string)t)));
        return input.Known.Scorer!;
    }

    private static ModelScorer Parse(ReadOnlySpan<char> text) => NetworkState.Parse(text).Network.CreateScorer();
}
