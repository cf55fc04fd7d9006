using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Report;

/// <summary>All that a report shows, as data. What a command does not have (a cross-validation no single network, an evaluation no training)
/// is null, and its parts of the page are left out.</summary>
internal sealed record ReportData
{
    /// <summary>The table's file.</summary>
    public required string Path { get; init; }

    /// <summary>The label column.</summary>
    public required string LabelName { get; init; }

    /// <summary>The label's two values.</summary>
    public required LabelValues Labels { get; init; }

    /// <summary>The rows that the report's figures are computed on.</summary>
    public required ScoredRows Testing { get; init; }

    /// <summary>Which rows those are, in a sentence.</summary>
    public required string Judged { get; init; }

    /// <summary>What is reported on, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The network.</summary>
    public ShallowNetworkModelParameters? Network { get; init; }

    /// <summary>The inputs of <see cref="Testing"/>, as the network sees them.</summary>
    public FeatureRows? TestingInputs { get; init; }

    /// <summary>How the network was trained.</summary>
    public TrainingFacts? Training { get; init; }

    /// <summary>The folds of a cross-validation, each by the network that has not seen it.</summary>
    public IReadOnlyList<(string Name, ScoredRows Rows)> Folds { get; init; } = [];

    /// <summary>What a threshold is wanted for.</summary>
    public ThresholdWishes Wishes { get; init; } = new();

    /// <summary>What there is to say about the data, name and value.</summary>
    public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }

    /// <summary>What the trainer was told, name and value.</summary>
    public IReadOnlyList<(string Name, string Value)> Options { get; init; } = [];

    /// <summary>The command that made the report.</summary>
    public required string Command { get; init; }

    /// <summary>The seed of everything random in the report.</summary>
    public required int Seed { get; init; }

    /// <summary>The share of yes that a network would say that knows nothing else.</summary>
    public double BaseRate => Training is { } t ? t.Rows.Positives / (double)t.Rows.Count : Testing.Positives / (double)Testing.Count;
}

/// <summary>A training run.</summary>
/// <param name="Rows">The rows that were trained on.</param>
/// <param name="Inputs">Their inputs.</param>
/// <param name="IsHeldOut">Whether the report's figures are of rows that training did not see.</param>
/// <param name="Watched">The same training once more, with its loss on the held-out rows after every epoch; null where the network's own history
/// has a validation loss, or nothing is held out. It is for the curve alone: nothing is chosen by it.</param>
/// <param name="Stages">The network after some of its epochs, where a picture can show it.</param>
internal sealed record TrainingFacts(
    ScoredRows Rows, FeatureRows Inputs, bool IsHeldOut, TrainingHistory? Watched, IReadOnlyList<BoundaryStage> Stages);
