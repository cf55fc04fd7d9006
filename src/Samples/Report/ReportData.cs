using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Report;

/// <summary>All that a report shows, as data.</summary>
internal sealed record ReportData
{
    /// <summary>The table.</summary>
    public required TableProfile Profile { get; init; }

    /// <summary>The network, with its history.</summary>
    public required ShallowNetworkModelParameters Network { get; init; }

    /// <summary>The rows that were trained on.</summary>
    public required ScoredRows Training { get; init; }

    /// <summary>The rows that the report's figures are of: those held out, or the training rows if none were.</summary>
    public required ScoredRows Testing { get; init; }

    /// <summary>Whether <see cref="Testing"/> are rows that training did not see.</summary>
    public required bool IsHeldOut { get; init; }

    /// <summary>The inputs of the training rows.</summary>
    public required FeatureRows TrainingInputs { get; init; }

    /// <summary>The inputs of the testing rows.</summary>
    public required FeatureRows TestingInputs { get; init; }

    /// <summary>
    /// The same training once more, with its loss on the testing rows after every epoch; null where the network's own history has a
    /// validation loss,
    /// or nothing is held out. It is for the curve alone: nothing is chosen by it.
    /// </summary>
    public TrainingHistory? Watched { get; init; }

    /// <summary>What the trainer was told, name and value.</summary>
    public required IReadOnlyList<(string Name, string Value)> Options { get; init; }

    /// <summary>The command that made the report.</summary>
    public required string Command { get; init; }

    /// <summary>The seed of everything random in the report.</summary>
    public required int Seed { get; init; }
}
