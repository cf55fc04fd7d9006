using MlNetShallowNet.Training;

namespace MlNetShallowNet.Options;

/// <summary>What options leave open, decided from them and the rows' shape alone.</summary>
internal static class Plan
{
    /// <summary>The settings of a training run.</summary>
    /// <param name="options">The options.</param>
    /// <param name="rows">The shape of the training rows.</param>
    /// <param name="initial">The network to go on from, and how many of its units are steep; null for none.</param>
    /// <param name="seed">The seed.</param>
    public static TrainingSettings Make(ShallowNetworkTrainer.Options options, DataShape rows, (int HiddenUnits, IActivation Activation, int SteepUnits)? initial, int seed)
    {
        // The course's solvers, and a network that is gone on from, are plain: one network on the features as they are, without anything that
        // was not asked for.
        bool plain = initial is not null || IsPlain(options);
        bool encodes = initial is null && Encodes(options);
        rows = rows with { HasCrosses = rows.HasCrosses && MayCross(options, initial is not null) };
        int intervals = options.EncodingIntervals ?? PlanDefaults.EncodingIntervals(rows);
        int epochs = options.NumberOfIterations ?? (plain ? PlainEpochs(options.Solver, rows.Count) : PlanDefaults.Epochs(rows));
        (int members, int hidden) = initial is { } given ? (1, given.HiddenUnits)
            : PlanDefaults.Size(options, plain, rows, encodes ? intervals : 0);
        long batch = options.BatchSize ?? PlanDefaults.BatchSize(rows);
        IActivation activation = initial?.Activation ?? options.Activation ?? PlanDefaults.HiddenActivation(rows, plain);
        bool mixes = !plain && encodes && options.HiddenUnits is null && options.Members != 1;
        int threads = options.NumberOfThreads ?? Environment.ProcessorCount;
        if (options is { TimeBudgetSeconds: double seconds, NumberOfIterations: null } && !plain)
            (members, epochs) = TimePlan.Fit(seconds, threads, rows, members, options.Members is not null || options.HiddenUnits is not null, hidden, epochs);
        int atOnce = Math.Min(threads, members);
        return new()
        {
            Members = members,
            StartsFromModel = initial is not null,
            HiddenUnits = hidden,
            Activation = activation,
            Initialization = plain || options.Initialization != WeightInitialization.Auto ? options.Initialization : WeightInitialization.Xavier,
            Solver = options.Solver,
            LearningRate = options.LearningRate ?? (plain ? PlainLearningRate(options.Solver, initial?.SteepUnits ?? 0) : PlanDefaults.LearningRate(rows, batch)),
            Schedule = options.LearningRateSchedule ?? (plain ? LearningRateSchedule.Constant : LearningRateSchedule.Cosine),
            Momentum = options.Momentum,
            Nesterov = options.Nesterov,
            Beta1 = options.Beta1,
            Beta2 = options.Beta2,
            Epsilon = options.Epsilon,
            BatchSize = (int)Math.Min(rows.Count, batch),
            Epochs = epochs,
            Patience = options.Patience ?? (plain ? int.MaxValue : PlanDefaults.Patience(epochs)),
            Tolerance = options.Tolerance,
            L2 = options.L2Regularization ?? (options.Solver == Solver.GradientDescent || initial?.SteepUnits > 0 ? 0 : PlanDefaults.L2(rows, encodes ? intervals : 0)),
            PenaltyDividedFrom = options.DivideL2 && !plain && encodes ? PlanDefaults.PenaltyDividedFrom(rows, epochs) : int.MaxValue,
            HiddenDropout = options.HiddenDropout ?? (plain ? 0 : PlanDefaults.HiddenDropout),
            Seed = seed,
            Shuffle = options.Shuffle,
            InputScaling = options.InputScaling,
            ValidationFraction = options.ValidationFraction ?? (plain ? 0 : PlanDefaults.ValidationFraction),
            MembersAtOnce = atOnce,
            Threads = Math.Max(1, threads / atOnce),
            EncodingIntervals = encodes ? intervals : 0,
            KnotsAtValues = options.EncodingIntervals is null,
            CrossFeatures = rows.HasCrosses,
            RampScale = PlanDefaults.RampScale(rows),
            Line = mixes && PlanDefaults.TakesLines(activation) ? PlanDefaults.Line(rows) : null,
            Trees = mixes && PlanDefaults.TakesLines(activation) ? PlanDefaults.Trees(rows, options.BagTrees) : null,
            StartsAtBaseRate = !plain,
            Calibrates = options.Calibrate,
            ClassWeights = new ClassWeights(options.NegativeClassWeight, options.PositiveClassWeight),
            BalancesClasses = options.ClassWeighting == ClassWeighting.Balanced,
            KeepsBaseRate = options.KeepBaseRate,
            Progress = options.Progress,
            CancellationToken = options.CancellationToken,
        };
    }

    /// <summary>Whether features may be read together.</summary>
    public static bool MayCross(ShallowNetworkTrainer.Options options, bool goesOn) => !goesOn && Encodes(options) && options.CrossFeatures;

    /// <summary>Whether a network that is not gone on from reads encoded features.</summary>
    public static bool Encodes(ShallowNetworkTrainer.Options options) => options.FeatureEncoding is FeatureEncoding asked
        ? asked == FeatureEncoding.PiecewiseLinear
        : !IsPlain(options) && options.InputScaling != InputScaling.None;

    /// <summary>Whether a network of so many hidden units can come of these options: as many as they ask for, as nearly as members come to it whose number
    /// the rows decide.</summary>
    public static bool Gives(ShallowNetworkTrainer.Options options, int hiddenUnits) => options.HiddenUnits is not int asked
        || Enumerable.Range(1, options.Members is null && !IsPlain(options) ? PlanDefaults.MostMembers(asked) : 1).Any(members => asked / members * members == hiddenUnits);

    private static bool IsPlain(ShallowNetworkTrainer.Options options) => options.Solver is not (Solver.Adam or Solver.AdamW);

    private static double PlainLearningRate(Solver solver, int steepUnits)
    {
        // A step of W2 changes the score by as much more as units are steeper; one along the gradient is itself as much larger, and a row has a
        // leaf of each tree, of which most have four at least.
        (double adam, double gradient) = steepUnits == 0 ? (1, 1) : (1 / NetworkUnion.Steep, 4 / (NetworkUnion.Steep * NetworkUnion.Steep * steepUnits));
        return solver switch
        {
            Solver.Adam or Solver.AdamW => 0.003 * adam,
            Solver.Sgd => 0.05 * gradient,
            Solver.Lbfgs => 1,
            _ => 1.2 * gradient,
        };
    }

    private static int PlainEpochs(Solver solver, long rows) => solver switch
    {
        Solver.GradientDescent => 10_000,
        Solver.Lbfgs => 200,
        _ => (int)Math.Clamp(2_000_000 / Math.Max(rows, 1), 10, 100),
    };
}
