namespace MlNetShallowNet.Samples.Training;

/// <summary>What the user says about the network and its training; null leaves a choice to the trainer.</summary>
internal sealed record NetworkSettings
{
    public int? HiddenUnits { get; init; }

    public IActivation? Activation { get; init; }

    public WeightInitialization? Initialization { get; init; }

    public Solver? Solver { get; init; }

    public int? Epochs { get; init; }

    public double? LearningRate { get; init; }

    public double? Momentum { get; init; }

    public int? BatchSize { get; init; }

    public double? L2 { get; init; }

    public InputScaling? Scaling { get; init; }

    public int Seed { get; init; } = 1;

    public int? Threads { get; init; }

    public int? MemoryBudgetMegabytes { get; init; }

    public double? ValidationFraction { get; init; }

    /// <summary>The set of options to start from.</summary>
    public Preset Preset { get; init; }

    /// <summary>Any options of the trainer, which come last.</summary>
    public IReadOnlyList<OptionSetting> Set { get; init; } = [];

    /// <summary>A network to go on from, and the file that it came from.</summary>
    public (ShallowNetworkModelParameters Network, string Path)? Initial { get; init; }

    /// <summary>The trainer's options, with what the user leaves open at the trainer's own defaults.</summary>
    public ShallowNetworkTrainer.Options ToOptions()
    {
        ShallowNetworkTrainer.Options options = Preset.Create();
        options.Seed = Seed;
        options.HiddenUnits = HiddenUnits ?? Initial?.Network.HiddenUnits ?? options.HiddenUnits;
        options.Activation = Activation ?? Initial?.Network.Activation ?? options.Activation;
        options.Initialization = Initialization ?? options.Initialization;
        options.Solver = Solver ?? options.Solver;
        options.NumberOfIterations = Epochs ?? options.NumberOfIterations;
        options.LearningRate = LearningRate;
        options.Momentum = Momentum ?? options.Momentum;
        options.BatchSize = BatchSize;
        // Plain gradient descent is the course's, which has no penalty unless asked for.
        options.L2Regularization = L2 ?? (options.Solver == MlNetShallowNet.Solver.GradientDescent ? 0 : options.L2Regularization);
        options.InputScaling = Scaling ?? options.InputScaling;
        options.NumberOfThreads = Threads;
        options.MemoryBudgetMegabytes = MemoryBudgetMegabytes;
        options.ValidationFraction = ValidationFraction ?? options.ValidationFraction;
        options.InitialModel = Initial?.Network;
        foreach (OptionSetting setting in Set)
            setting.Apply(options);
        return options;
    }
}
