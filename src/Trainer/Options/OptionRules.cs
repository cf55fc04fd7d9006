using MlNetShallowNet.Training;
using static MlNetShallowNet.Options.OptionKinds;

namespace MlNetShallowNet.Options;

using Given = ShallowNetworkTrainer.Options;

/// <summary>The table of options. Whatever is said of an option anywhere is made from its row here.</summary>
internal static class OptionRules
{
    public const int MostHiddenUnits = 65_536, LeastMegabytes = 16;

    private const int MostMembers = 256, MostThreads = 1_024, MostIntervals = 1_024;
    private const int MostSeconds = 4_000_000; // a timer takes no longer time

    public static IReadOnlyList<OptionRule> All { get; } =
    [
        Column(nameof(Given.LabelColumnName), "the labels, Boolean", o => o.LabelColumnName),
        Column(nameof(Given.FeatureColumnName), "the features, a vector of Single of known size, dense or sparse", o => o.FeatureColumnName),
        Column(nameof(Given.ExampleWeightColumnName), "the weights, Single: the loss of a row counts this many times", o => o.ExampleWeightColumnName) with
        {
            WhenNull = "none: each row counts once",
        },
        Whole(nameof(Given.Members), "networks trained and joined into one, each leaving out another part of the rows", o => o.Members, (o, v) => o.Members = v, 1, MostMembers) with
        {
            WhenNull = "8 for up to 2,000 rows or 500 of the rarer class, 6 up to 20,000 or 5,000, 4 up to 200,000, 3 for more; 4 where columns are more than ten times the rows; as many as leave each at least 8 of the hidden units that are asked for; 1 where an initial model or a solver other than Adam and AdamW is given",
            Conflict = o => o.InitialModel is not null && o.Members > 1
                ? "1 or left out where an initial model is given: a network to go on from is one network"
                : null,
        },
        Whole(nameof(Given.HiddenUnits), "H, the hidden units of the network that results, as nearly as equal members come to it", o => o.HiddenUnits, (o, v) => o.HiddenUnits = v, 1, MostHiddenUnits) with
        {
            WhenNull = "64 for each member, for fewer than 2,000 rows 32 to 64 and for more than 20,000 rows 32 to 160 by the features of a row (64 at most from 100,000 rows on where features are read together), but 32 where fewer than 5,000 of them are of the rarer class; at least 8 where first layers are large; 4 where columns are more than ten times the rows; beside them those of a logistic regression and of trees where these help; 32 where an initial model or a solver other than Adam and AdamW is given",
        },
        new(nameof(Given.Activation), "g, the activation of the hidden layer", $"one of {Activations()}, or your own", o => o.Activation)
        {
            WhenNull = "relu for up to 10,000 rows, for far more columns than rows and for solvers other than Adam and AdamW; gelu for others; or that of the initial model",
            Kind = $"one of {Activations()}, or of your own that are registered",
            Read = (options, text) => (options.Activation = Activation.IsRegistered(text) ? Activation.ByName(text) : null) is not null,
            Conflict = o =>
            {
                if (o.Activation is not null)
                    Activation.CheckName(o.Activation);
                return null;
            },
        },
        Choice<WeightInitialization>(nameof(Given.Initialization), "how the first weights are drawn", o => o.Initialization, (o, v) => o.Initialization = v) with
        {
            Idle = (_, s) => s.StartsFromModel ? "training goes on from the initial model's weights" : null,
        },
        Choice<Solver>(nameof(Given.Solver), "how the parameters are moved", o => o.Solver, (o, v) => o.Solver = v),
        Positive(nameof(Given.LearningRate), "α, the size of a step", o => o.LearningRate, (o, v) => o.LearningRate = v) with
        {
            WhenNull = "0.004 √(30 / active features) √(batch / 128) for Adam and AdamW, the last at least 1; 0.05 for Sgd, 1.2 for GradientDescent; with an initial model 0.003 for Adam and AdamW, and where that model has n units of trees beside a smooth activation 1/256 of it, and 1/(16,384 n) of the others",
            Idle = WithLbfgs,
        },
        Choice<LearningRateSchedule>(nameof(Given.LearningRateSchedule), "how the learning rate changes while training", o => o.LearningRateSchedule, (o, v) => o.LearningRateSchedule = v) with
        {
            WhenNull = "Cosine; Constant for the other solvers and an initial model",
            Idle = WithLbfgs,
        },
        Fraction(nameof(Given.Momentum), "the momentum of Sgd", o => o.Momentum, (o, v) => o.Momentum = v) with { Idle = WithoutSgd },
        Truth(nameof(Given.Nesterov), "whether the momentum of Sgd looks ahead", o => o.Nesterov, (o, v) => o.Nesterov = v) with { Idle = WithoutSgd },
        Fraction(nameof(Given.Beta1), "β1 of Adam, how much of the mean gradient is kept each step", o => o.Beta1, (o, v) => o.Beta1 = v) with { Idle = WithoutAdam },
        Fraction(nameof(Given.Beta2), "β2 of Adam, the same for squared gradients", o => o.Beta2, (o, v) => o.Beta2 = v) with { Idle = WithoutAdam },
        Positive(nameof(Given.Epsilon), "ε of Adam, which keeps steps finite where gradients vanish", o => o.Epsilon, (o, v) => o.Epsilon = v) with { Idle = WithoutAdam },
        Whole(nameof(Given.BatchSize), "rows in a mini-batch", o => o.BatchSize, (o, v) => o.BatchSize = v) with
        {
            WhenNull = "a thirtieth of the rows, 16 to 128; 256 from 20,000 dense rows on; a 450th from 100,000 rows on, 512 to 1,024; where fewer than ten features are active 512 from 20,000 rows on and 1,024 from 100,000",
            Idle = WithAllRows,
        },
        Whole(nameof(Given.NumberOfIterations), "epochs; steps of GradientDescent", o => o.NumberOfIterations, (o, v) => o.NumberOfIterations = v) with
        {
            WhenNull = "60 (600 / active features for fewer than ten, at most 200), at most 200,000,000 / (rows features) of dense rows but 10 at least, at most 450,000 / rows (600,000 / rows from 200,000 rows on) and more for rows of few features, from 100,000 rows on at least 5, from 200,000 at least 6; half of that where features are read together, 0.7 of it from 100,000 rows on; 12 for sparse rows with more than ten times as many columns, 6 for dense ones with as many; 10,000 for GradientDescent; 200 for "
                + "Lbfgs; 2,000,000 / rows, 10 to 100, for Sgd and an initial model",
        },
        NotNegative(nameof(Given.L2Regularization), "λ of the penalty λ/2 (‖W1‖² + ‖W2‖²) on scaled inputs", o => o.L2Regularization, (o, v) => o.L2Regularization = v) with
        {
            WhenNull = "0.07 features / rows, at most 8 / rows, times intervals / 8 from 8 on, and no less for more than 300,000 rows; where rows are sparse 160 features / rows², 0.035 active features / rows at least and 20 / rows at most, and 0 where besides columns are more than ten times the rows; 0 for GradientDescent, and for an initial model with units of trees",
        },
        Truth(nameof(Given.DivideL2), "whether the penalty of features with knots follows the size of their weights, from half to twenty times it", o => o.DivideL2, (o, v) => o.DivideL2 = v) with { Idle = WithoutEncoding },
        Fraction(nameof(Given.HiddenDropout), "how often a hidden unit is left out for a row of a step", o => o.HiddenDropout, (o, v) => o.HiddenDropout = v) with
        {
            WhenNull = "0",
            Conflict = o => NotWithLbfgs(o, o.HiddenDropout > 0),
        },
        Whole(nameof(Given.Seed), "where random numbers start: same seed and rows, same bits, at any number of threads", o => o.Seed, (o, v) => o.Seed = v, int.MinValue) with
        {
            Range = "a whole number",
            WhenNull = "follows `MLContext(seed)`",
        },
        Truth(nameof(Given.Shuffle), "whether mini-batches are drawn anew in every epoch", o => o.Shuffle, (o, v) => o.Shuffle = v) with { Idle = WithAllRows },
        Choice<InputScaling>(nameof(Given.InputScaling), "how inputs are scaled while training", o => o.InputScaling, (o, v) => o.InputScaling = v) with
        {
            Idle = (_, s) => s.EncodingIntervals > 0 ? "features that are encoded are scaled by their knots" : null,
        },
        Choice<FeatureEncoding>(nameof(Given.FeatureEncoding), "what the first layer reads of each feature", o => o.FeatureEncoding, (o, v) => o.FeatureEncoding = v) with
        {
            WhenNull = "PiecewiseLinear; None where inputs are not scaled, for an initial model and for solvers other than Adam and AdamW",
            Idle = (o, s) => o.FeatureEncoding == FeatureEncoding.None ? null : WithoutEncoding(o, s),
        },
        Whole(nameof(Given.EncodingIntervals), "intervals into which the encoding cuts a feature, at most", o => o.EncodingIntervals, (o, v) => o.EncodingIntervals = v, 1, MostIntervals) with
        {
            WhenNull = "8 for up to 10,000 rows or 2,500 of the rarer class (4 for fewer than ten features and 2,000 rows), 16 up to 100,000, then 32, or 64 for fewer than ten features; a knot at each value where values are at most 512, of 50 rows on average, and tell what their neighbours do not",
            Idle = WithoutEncoding,
        },
        Truth(nameof(Given.CrossFeatures), "whether features of few values, as one-hot encoded columns are, that say much more together than one by one are also read together, where rows are sparse", o => o.CrossFeatures, (o, v) => o.CrossFeatures = v),
        Truth(nameof(Given.BagTrees), "whether trees grown without the rows of each member (of two members from 10,000 rows on) are averaged, where trees stand beside the networks; else one set is grown", o => o.BagTrees, (o, v) => o.BagTrees = v) with
        {
            // Whether trees stand beside a line and networks is told by the rows, not by the options.
            Idle = (_, s) => s.ValidationFraction == 0 || s is { Line: null, Trees: null } ? "nothing stands beside the networks in this training" : null,
        },
        Truth(nameof(Given.Calibrate), "Platt scaling on the rows that members left out, as far as these call for it", o => o.Calibrate, (o, v) => o.Calibrate = v) with
        {
            Idle = (_, s) => s.ValidationFraction == 0 ? "members leave out no rows to calibrate by" : null,
        },
        Choice<ClassWeighting>(nameof(Given.ClassWeighting), "how much the rows of each class count", o => o.ClassWeighting, (o, v) => o.ClassWeighting = v),
        Positive(nameof(Given.PositiveClassWeight), "how often a positive row counts", o => o.PositiveClassWeight, (o, v) => o.PositiveClassWeight = v) with { Idle = Balanced },
        Positive(nameof(Given.NegativeClassWeight), "how often a negative row counts", o => o.NegativeClassWeight, (o, v) => o.NegativeClassWeight = v) with { Idle = Balanced },
        Truth(nameof(Given.KeepBaseRate), "whether probabilities keep the true base rate where classes are weighted", o => o.KeepBaseRate, (o, v) => o.KeepBaseRate = v) with
        {
            Idle = (_, s) => s.BalancesClasses || s.ClassWeights != ClassWeights.None ? null : "the classes are not weighted",
        },
        Fraction(nameof(Given.ValidationFraction), "the share of the rows that each member leaves out, whose best epoch it keeps; as nearly as equal parts come to it, so at most a half, and at most 16,384 rows", o => o.ValidationFraction, (o, v) => o.ValidationFraction = v) with
        {
            WhenNull = "an eighth; 0 for an initial model and for solvers other than Adam and AdamW",
        },
        Whole(nameof(Given.Patience), "early stopping: epochs without a lower loss", o => o.Patience, (o, v) => o.Patience = v) with
        {
            WhenNull = "an eighth of the epochs, at least 4; all of them for an initial model and for solvers other than Adam and AdamW",
        },
        NotNegative(nameof(Given.Tolerance), "by how much a loss must be lower to count for patience", o => o.Tolerance, (o, v) => o.Tolerance = v),
        Whole(nameof(Given.NumberOfThreads), "threads that may work", o => o.NumberOfThreads, (o, v) => o.NumberOfThreads = v, 1, MostThreads) with
        {
            WhenNull = "one for each core",
        },
        Whole(nameof(Given.MemoryBudgetMegabytes), "megabytes that the rows may take; more go through a temporary file", o => o.MemoryBudgetMegabytes, (o, v) => o.MemoryBudgetMegabytes = v, LeastMegabytes) with
        {
            WhenNull = "half of the memory that the process may use",
        },
        Positive(nameof(Given.TimeBudgetSeconds), "seconds after which training ends with the best so far; fewer epochs or members are planned where that many have no room in them", o => o.TimeBudgetSeconds, (o, v) => o.TimeBudgetSeconds = v, MostSeconds) with
        {
            WhenNull = "no limit",
        },
        new(nameof(Given.CheckpointPath), "a file that keeps the state of training, from which a killed one goes on", "the path of a file", o => o.CheckpointPath)
        {
            WhenNull = "none: nothing is kept",
            Allows = value => !string.IsNullOrWhiteSpace((string)value),
        },
        Positive(nameof(Given.CheckpointSeconds), "seconds from one checkpoint to the next, at least", o => o.CheckpointSeconds, (o, v) => o.CheckpointSeconds = v, MostSeconds) with
        {
            WhenNull = "30",
            Idle = (o, _) => o.CheckpointPath is null ? "no CheckpointPath is given" : null,
        },
        new(nameof(Given.InitialModel), "a network to go on from", "a network on the same features", o => o.InitialModel),
        new(nameof(Given.Progress), "told of every epoch, on the thread that trains", "an `IProgress<TrainingProgress>`", o => o.Progress),
        new(nameof(Given.CancellationToken), "ends training early with the best so far", "a token", o => o.CancellationToken == default ? null : (object)o.CancellationToken),
    ];

    /// <summary>Checks every option; an error names it, the value found and what is allowed.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or not possible beside the others.</exception>
    public static void Check(Given options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (OptionRule rule in All)
            rule.Check(options);
    }

    /// <summary>A sentence for every option that was given and has no effect with what was decided.</summary>
    public static IEnumerable<string> WithoutEffect(Given options, TrainingSettings settings) =>
        from rule in All
        where rule.IsGiven(options)
        let reason = rule.Idle(options, settings)
        where reason is not null
        select $"{rule.Name} has no effect: {reason}.";

    /// <summary>Sets an option by name, in upper or lower case.</summary>
    /// <exception cref="ArgumentException">There is no such option, it is none that a text can give, or the text is no value of its kind.</exception>
    public static void Set(Given options, string name, string text)
    {
        OptionRule rule = All.FirstOrDefault(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"The trainer has no option '{name}'; it has {string.Join(", ", All.Where(r => r.Read is not null).Select(r => r.Name))}.");
        if (rule.Read is null)
            throw new ArgumentException($"{rule.Name} can't be given as text.");
        if (!rule.Read(options, text))
            throw new ArgumentException($"'{text}' is no value for {rule.Name}; give {rule.Kind}.");
    }

    /// <summary>Checks that the first layer is not larger than can be held, before anything of its size is allocated.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    public static void CheckSize(Given options, int features)
    {
        if (options.HiddenUnits is int hidden)
            FirstLayer.Check(hidden, features, "features");
    }

    private static string Activations() => string.Join(", ", Activation.BuiltIn.Select(a => a.Name));

    // L-BFGS minimises one fixed, smooth function; these change it from step to step or are not smooth.
    private static string? NotWithLbfgs(Given options, bool given) =>
        given && options.Solver == Solver.Lbfgs ? "left at its default with the solver Lbfgs; take Adam for example" : null;

    private static string? WithLbfgs(Given _, TrainingSettings settings) => settings.Solver == Solver.Lbfgs ? "L-BFGS finds its steps by line search" : null;

    private static string? WithAllRows(Given _, TrainingSettings settings) =>
        UpdateRules.TakesAllRows(settings.Solver) ? $"the solver {settings.Solver} takes all rows in every step" : null;

    private static string? WithoutSgd(Given _, TrainingSettings settings) => settings.Solver == Solver.Sgd ? null : $"the solver is {settings.Solver}, not Sgd";

    private static string? WithoutAdam(Given _, TrainingSettings settings) =>
        settings.Solver is Solver.Adam or Solver.AdamW ? null : $"the solver is {settings.Solver}, not Adam or AdamW";

    private static string? WithoutEncoding(Given _, TrainingSettings settings) => settings.EncodingIntervals > 0 ? null : "features are not encoded in this training";

    private static string? Balanced(Given _, TrainingSettings settings) =>
        settings.BalancesClasses ? "balanced classes weigh what their rows make of them" : null;
}
