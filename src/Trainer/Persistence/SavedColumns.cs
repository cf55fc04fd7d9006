using Microsoft.ML.Data;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// The helper columns and contracts of a saved network. A loaded custom mapping knows its columns only by the names in its classes, so these
/// are fixed for ever: files hold them.
/// </summary>
internal static class SavedColumns
{
    public const string KeyContract = "MlNetShallowNet.Key";
    public const string ScoreContract = "MlNetShallowNet.Score";
    public const string EndContract = "MlNetShallowNet.End";

    public const string Features = "MlNetShallowNet.Features";
    public const string Key = "MlNetShallowNet.Key";
    public const string State = "MlNetShallowNet.State";
    public const string Checked = "MlNetShallowNet.Checked";
    public const string LogOdds = "MlNetShallowNet.LogOdds";
}

/// <summary>A row of which nothing is needed.</summary>
internal sealed class NoColumns;

/// <summary>The constant that the state's expression takes as its argument, which it must have one of.</summary>
internal sealed class KeyColumn
{
    [ColumnName(SavedColumns.Key)]
    public float Key { get; set; }
}

/// <summary>What a saved network reads.</summary>
internal sealed class ScoreInput
{
    [ColumnName(SavedColumns.Features)]
    public VBuffer<float> Features { get; set; }

    [ColumnName(SavedColumns.State)]
    public ReadOnlyMemory<char> State { get; set; }

    /// <summary>
    /// No column: the network that this text was found to be. Every cursor and engine has a row of its own, so nothing is shared between
    /// threads.
    /// </summary>
    internal (string? Text, ModelScorer? Scorer) Known { get; set; }
}

/// <summary>What the mapping adds: the score, as the one feature of what stands behind.</summary>
internal sealed class SavedScore
{
    [ColumnName(SavedColumns.LogOdds)]
    [VectorType(1)]
    public float[] LogOdds { get; set; } = [0];
}

/// <summary>What a network adds.</summary>
internal sealed class ScoreOutput
{
    public bool PredictedLabel { get; set; }

    public float Score { get; set; }

    public float Probability { get; set; }

    /// <summary>The score that belongs to a probability: 0 to one half.</summary>
    public static float ScoreAt(double probability) => (float)Math.Log(probability / (1 - probability));

    public void Set(float score, float threshold)
    {
        PredictedLabel = score > threshold;
        Score = score;
        Probability = (float)(1 / (1 + Math.Exp(-(double)score)));
    }
}
