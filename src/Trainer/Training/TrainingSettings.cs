using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>All that a training run is told, apart from its rows; every default is already decided.</summary>
internal sealed record TrainingSettings
{
    /// <summary>H of a single network or of each member.</summary>
    public required int HiddenUnits { get; init; }

    public required IActivation Activation { get; init; }

    public required WeightInitialization Initialization { get; init; }

    public required Solver Solver { get; init; }

    public required double LearningRate { get; init; }

    public LearningRateSchedule Schedule { get; init; }

    public double Momentum { get; init; } = 0.9;

    public bool Nesterov { get; init; } = true;

    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    public double Epsilon { get; init; } = 1e-8;

    public required int BatchSize { get; init; }

    public required int Epochs { get; init; }

    /// <summary>Epochs without a better loss after which training ends.</summary>
    public int Patience { get; init; } = int.MaxValue;

    /// <summary>By how much a loss must be lower to count as better.</summary>
    public double Tolerance { get; init; }

    public double L2 { get; init; }

    public double L1 { get; init; }

    public double InputDropout { get; init; }

    public double HiddenDropout { get; init; }

    /// <summary>What the engine is told of dropout.</summary>
    public Dropout Dropout => new((float)InputDropout, (float)HiddenDropout, (ulong)(uint)Seed << 32);

    public double LabelSmoothing { get; init; }

    public double? GradientClipping { get; init; }

    public required int Seed { get; init; }

    public bool Shuffle { get; init; } = true;

    public InputScaling InputScaling { get; init; }

    public double ValidationFraction { get; init; }

    public required int Threads { get; init; }

    /// <summary>How many networks to train and join.</summary>
    public int Members { get; init; } = 1;

    /// <summary>Which of them this is, for reports.</summary>
    public int Member { get; init; } = 1;

    /// <summary>Intervals between the knots of an encoded feature; 0 for features as they are.</summary>
    public int EncodingIntervals { get; init; }

    /// <summary>How large an encoded feature's ramps are beside its line: the larger, the faster they are learnt.</summary>
    public double RampScale { get; init; } = 1;

    /// <summary>Whether scores are calibrated on rows that were left out, where that helps.</summary>
    public bool Calibrates { get; init; } = true;

    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    /// <summary>Whether both classes shall weigh the same; <see cref="ClassWeights"/> then says nothing.</summary>
    public bool BalancesClasses { get; init; }

    /// <summary>Whether class weights are taken out of the scores again, so that probabilities have the true base rate.</summary>
    public bool KeepsBaseRate { get; init; } = true;

    /// <summary>Whether training goes on from a network instead of weights that are drawn.</summary>
    public bool StartsFromModel { get; init; }

    public IProgress<TrainingProgress>? Progress { get; init; }

    public CancellationToken CancellationToken { get; init; }
}
