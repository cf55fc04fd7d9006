namespace MlNetShallowNet.Training;

/// <summary>All that a training run is told, apart from its rows; every default is already decided.</summary>
internal sealed record TrainingSettings
{
    /// <summary>H of each member.</summary>
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

    /// <summary>The number of the first epoch after which the penalty is divided among features by the size of their weights; from 1.</summary>
    public int PenaltyDividedFrom { get; init; } = int.MaxValue;

    public double HiddenDropout { get; init; }

    public required int Seed { get; init; }

    public bool Shuffle { get; init; } = true;

    public InputScaling InputScaling { get; init; }

    /// <summary>The share of the rows that a member leaves out; 0 for none.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Threads of a member's steps.</summary>
    public required int Threads { get; init; }

    /// <summary>Members that work at the same time.</summary>
    public int MembersAtOnce { get; init; } = 1;

    /// <summary>How many networks to train and join.</summary>
    public int Members { get; init; } = 1;

    /// <summary>Whether training goes on from a network.</summary>
    public bool StartsFromModel { get; init; }

    /// <summary>Which of them this is, from 1.</summary>
    public int Member { get; init; } = 1;

    /// <summary>Intervals between the knots of an encoded feature; 0 for features as they are.</summary>
    public int EncodingIntervals { get; init; }

    /// <summary>Whether a feature may have more, where its values say so: a knot at each.</summary>
    public bool KnotsAtValues { get; init; }

    /// <summary>Whether the features that say more together than one by one (<see cref="TrainingData.Crosses"/>) are also read together.</summary>
    public bool CrossFeatures { get; init; }

    /// <summary>How large an encoded feature's ramps are beside its line: the larger, the faster they are learnt.</summary>
    public double RampScale { get; init; } = 1;

    /// <summary>How a logistic regression is trained beside the networks; null for none.</summary>
    public LinearPlan? Line { get; init; }

    /// <summary>How boosted trees are grown beside the networks; null for none.</summary>
    public TreePlan? Trees { get; init; }

    /// <summary>Whether scores are calibrated on rows that were left out.</summary>
    public bool Calibrates { get; init; } = true;

    /// <summary>Whether the first score of every row is the log-odds of the base rate, instead of 0.</summary>
    public bool StartsAtBaseRate { get; init; }

    /// <summary>The first score, once it is known.</summary>
    public double StartScore { get; init; }

    /// <summary>The mean weight of the rows, once it is known (<see cref="Engine.TrainingEngine.MeanWeight"/>).</summary>
    public double MeanWeight { get; init; }

    /// <summary>Inputs of a row that are not 0, for the scale of the first weights; null for all.</summary>
    public double? FanIn { get; init; }

    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    /// <summary>Whether both classes shall weigh the same; <see cref="ClassWeights"/> then says nothing.</summary>
    public bool BalancesClasses { get; init; }

    /// <summary>Whether class weights are taken out of the scores again, so that probabilities have the true base rate.</summary>
    public bool KeepsBaseRate { get; init; } = true;

    /// <summary>Where the state is kept under way; null where it is not.</summary>
    public ICheckpoint? Checkpoint { get; init; }

    public IProgress<TrainingProgress>? Progress { get; init; }

    public CancellationToken CancellationToken { get; init; }

    /// <summary>The settings of one member.</summary>
    public TrainingSettings Of(int member) => this with
    {
        Member = member + 1,
        Seed = Members == 1 ? Seed : unchecked(Seed * 1_000_003 + member),
    };
}
