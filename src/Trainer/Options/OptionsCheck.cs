namespace MlNetShallowNet.Options;

/// <summary>Whether options are within their ranges; an error names the option, the value found and what is allowed.</summary>
internal static class OptionsCheck
{
    private const int MostHiddenUnits = 65_536, MostMembers = 256, MostIntervals = 1_024, MostSeconds = 4_000_000;

    public static void Check(ShallowNetworkTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckName(options.LabelColumnName, nameof(options.LabelColumnName));
        CheckName(options.FeatureColumnName, nameof(options.FeatureColumnName));
        if (options.ExampleWeightColumnName is not null)
            CheckName(options.ExampleWeightColumnName, nameof(options.ExampleWeightColumnName));
        ArgumentNullException.ThrowIfNull(options.Activation, nameof(options.Activation));
        Activation.CheckName(options.Activation);
        Network(options);
        Descent(options);
        Regularisation(options);
        Epochs(options);
    }

    private static void Network(ShallowNetworkTrainer.Options options)
    {
        Require(options.Members is null or (>= 1 and <= MostMembers), nameof(options.Members), options.Members, $"from 1 to {MostMembers}");
        Require(options.HiddenUnits is null or (>= 1 and <= MostHiddenUnits), nameof(options.HiddenUnits), options.HiddenUnits, $"from 1 to {MostHiddenUnits}");
        Require(Enum.IsDefined(options.Initialization), nameof(options.Initialization), options.Initialization, Values(options.Initialization));
        Require(Enum.IsDefined(options.InputScaling), nameof(options.InputScaling), options.InputScaling, Values(options.InputScaling));
        Require(
            options.FeatureEncoding is null || Enum.IsDefined(options.FeatureEncoding.Value),
            nameof(options.FeatureEncoding), options.FeatureEncoding, Values(FeatureEncoding.None));
        Require(options.EncodingIntervals is null or (>= 1 and <= MostIntervals), nameof(options.EncodingIntervals), options.EncodingIntervals, $"from 1 to {MostIntervals}");
        Require(
            options.InitialModel is null || options.Members is null or 1,
            nameof(options.Members), options.Members, "1 or left out where an initial model is given: a network to go on from is one network");
    }

    private static void Descent(ShallowNetworkTrainer.Options options)
    {
        Require(Enum.IsDefined(options.Solver), nameof(options.Solver), options.Solver, Values(options.Solver));
        Require(options.LearningRate is null || IsPositive(options.LearningRate.Value), nameof(options.LearningRate), options.LearningRate, Positive);
        Require(
            options.LearningRateSchedule is null || Enum.IsDefined(options.LearningRateSchedule.Value),
            nameof(options.LearningRateSchedule), options.LearningRateSchedule, Values(LearningRateSchedule.Constant));
        Require(IsFraction(options.Momentum), nameof(options.Momentum), options.Momentum, Fraction);
        Require(IsFraction(options.Beta1), nameof(options.Beta1), options.Beta1, Fraction);
        Require(IsFraction(options.Beta2), nameof(options.Beta2), options.Beta2, Fraction);
        Require(IsPositive(options.Epsilon), nameof(options.Epsilon), options.Epsilon, Positive);
    }

    private static void Regularisation(ShallowNetworkTrainer.Options options)
    {
        Require(IsNotNegative(options.L2Regularization ?? 0), nameof(options.L2Regularization), options.L2Regularization, NotNegative);
        Require(IsFraction(options.HiddenDropout ?? 0), nameof(options.HiddenDropout), options.HiddenDropout, Fraction);
        Require(Enum.IsDefined(options.ClassWeighting), nameof(options.ClassWeighting), options.ClassWeighting, Values(options.ClassWeighting));
        Require(IsPositive(options.PositiveClassWeight), nameof(options.PositiveClassWeight), options.PositiveClassWeight, Positive);
        Require(IsPositive(options.NegativeClassWeight), nameof(options.NegativeClassWeight), options.NegativeClassWeight, Positive);
        if (options.Solver != Solver.Lbfgs)
            return;
        // L-BFGS minimises one fixed, smooth function; these change it from step to step or are not smooth.
        Require(options.HiddenDropout is null or 0, nameof(options.HiddenDropout), options.HiddenDropout, WithLbfgs);
    }

    private static void Epochs(ShallowNetworkTrainer.Options options)
    {
        Require(options.BatchSize is null or >= 1, nameof(options.BatchSize), options.BatchSize, "at least 1");
        Require(options.NumberOfIterations is null or >= 1, nameof(options.NumberOfIterations), options.NumberOfIterations, "at least 1");
        Require(IsFraction(options.ValidationFraction ?? 0), nameof(options.ValidationFraction), options.ValidationFraction, Fraction);
        Require(options.Patience is null or >= 1, nameof(options.Patience), options.Patience, "at least 1");
        Require(IsNotNegative(options.Tolerance), nameof(options.Tolerance), options.Tolerance, NotNegative);
        // A timer takes no longer time.
        Require(
            options.TimeBudgetSeconds is null or (> 0 and <= MostSeconds), nameof(options.TimeBudgetSeconds), options.TimeBudgetSeconds,
            $"above 0 and at most {MostSeconds}");
        Require(options.NumberOfThreads is null or >= 1, nameof(options.NumberOfThreads), options.NumberOfThreads, "at least 1");
        Require(options.MemoryBudgetMegabytes is null or >= 16, nameof(options.MemoryBudgetMegabytes), options.MemoryBudgetMegabytes, "at least 16");
    }

    private const string Positive = "above 0 and finite", NotNegative = "0 or more and finite", Fraction = "0 or more and below 1";
    private const string WithLbfgs = "left at its default with the solver Lbfgs; take Adam for example";

    private static bool IsPositive(double value) => value is > 0 and < float.MaxValue;

    private static bool IsNotNegative(double value) => value is >= 0 and < float.MaxValue;

    private static bool IsFraction(double value) => value is >= 0 and < 1;

    private static void CheckName(string name, string option)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new ArgumentException($"{option} is empty; give the name of a column.", option);
    }

    private static void Require(bool holds, string option, object? found, string allowed)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(option, found, $"{option} must be {allowed}.");
    }

    private static string Values<T>(T _) where T : struct, Enum => string.Join(", ", Enum.GetNames<T>());
}
