using MlNetShallowNet.Learning;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Options;

/// <summary>What options leave open, decided once the rows are known.</summary>
internal static class Decisions
{
    /// <summary>The settings of a training run.</summary>
    /// <param name="options">The options.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="initial">The network to go on from.</param>
    /// <param name="seed">The seed where the options don't give one.</param>
    public static TrainingSettings Make(ShallowNetworkTrainer.Options options, RowsShape rows, NetworkParameters? initial, int seed)
    {
        int members = rows.IsStreamed || initial is not null ? 1 : options.Members ?? (AsksForOne(options) ? 1 : EnsembleDefaults.Members);
        bool ensemble = members > 1, encodes = Encodes(options, rows, initial, ensemble), adam = options.Solver is Solver.Adam or Solver.AdamW;
        int intervals = options.EncodingIntervals ?? EnsembleDefaults.EncodingIntervals(rows);
        int epochs = options.NumberOfIterations ?? (ensemble && adam ? EnsembleDefaults.Epochs(rows) : Epochs(options.Solver, rows.Count));
        return new()
        {
            Members = members,
            HiddenUnits = initial?.HiddenUnits ?? options.HiddenUnits
                ?? (ensemble ? EnsembleDefaults.HiddenUnits(rows.Features * (encodes ? intervals + 1L : 1), members) : ShallowNetworkTrainer.Defaults.HiddenUnits),
            Activation = initial?.Activation ?? options.Activation ?? ShallowNetworkTrainer.Defaults.Activation,
            Initialization = ensemble && options.Initialization == WeightInitialization.Auto ? WeightInitialization.Xavier : options.Initialization,
            Solver = options.Solver,
            LearningRate = options.LearningRate ?? (ensemble && adam ? EnsembleDefaults.LearningRate(rows) : LearningRate(options.Solver)),
            Schedule = options.LearningRateSchedule ?? (ensemble && adam ? LearningRateSchedule.Cosine : LearningRateSchedule.Constant),
            Momentum = options.Momentum,
            Nesterov = options.Nesterov,
            Beta1 = options.Beta1,
            Beta2 = options.Beta2,
            Epsilon = options.Epsilon,
            BatchSize = BatchSize(options, rows.Count, ensemble),
            Epochs = epochs,
            Patience = options.Patience ?? (ensemble ? EnsembleDefaults.Patience(epochs) : int.MaxValue),
            Tolerance = options.Tolerance,
            L2 = options.L2Regularization ?? (ensemble ? EnsembleDefaults.L2(rows) : options.Solver == Solver.GradientDescent ? 0 : 0.001),
            L1 = options.L1Regularization,
            InputDropout = options.InputDropout ?? 0,
            HiddenDropout = options.HiddenDropout ?? (ensemble && !UpdateRules.TakesAllRows(options.Solver) ? EnsembleDefaults.HiddenDropout : 0),
            LabelSmoothing = options.LabelSmoothing,
            GradientClipping = options.GradientClipping,
            Seed = options.Seed ?? seed,
            Shuffle = options.Shuffle,
            InputScaling = options.InputScaling,
            EncodingIntervals = encodes ? intervals : 0,
            RampScale = EnsembleDefaults.RampScale(rows),
            Calibrates = options.Calibrate,
            ClassWeights = new ClassWeights(options.NegativeClassWeight, options.PositiveClassWeight),
            BalancesClasses = options.ClassWeighting == ClassWeighting.Balanced,
            KeepsBaseRate = options.KeepBaseRate,
            ValidationFraction = options.ValidationFraction,
            Threads = options.NumberOfThreads ?? Environment.ProcessorCount,
            StartsFromModel = initial is not null,
            Progress = options.Progress,
            CancellationToken = options.CancellationToken,
        };
    }

    private static bool AsksForOne(ShallowNetworkTrainer.Options options) =>
        options.HiddenUnits is not null || options.Solver is not (Solver.Adam or Solver.AdamW);

    private static bool Encodes(ShallowNetworkTrainer.Options options, RowsShape rows, NetworkParameters? initial, bool ensemble)
    {
        if (rows.IsStreamed || initial is not null)
            return false;
        FeatureEncoding usual = ensemble && rows.AreEasyToEncode && options.InputScaling == InputScaling.Standardize
            ? FeatureEncoding.PiecewiseLinear
            : FeatureEncoding.None;
        return (options.FeatureEncoding ?? usual) == FeatureEncoding.PiecewiseLinear;
    }

    private static int BatchSize(ShallowNetworkTrainer.Options options, long rows, bool ensemble)
    {
        long size = UpdateRules.TakesAllRows(options.Solver) ? rows
            : options.BatchSize ?? Math.Clamp(rows / 30, 16, ensemble && rows <= 100_000 ? 128 : 256);
        return (int)Math.Min(int.MaxValue, Math.Min(rows, size));
    }

    private static double LearningRate(Solver solver) => solver switch
    {
        Solver.Adam or Solver.AdamW => 0.003,
        Solver.Sgd => 0.05,
        Solver.Lbfgs => 1,
        _ => 1.2,
    };

    private static int Epochs(Solver solver, long rows) => solver switch
    {
        Solver.GradientDescent => 10_000,
        Solver.Lbfgs => 200,
        _ => (int)Math.Clamp(2_000_000 / Math.Max(rows, 1), 10, 100),
    };
}
