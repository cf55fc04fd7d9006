namespace Microsoft.ML;

/// <summary>Trainers and evaluation of binary classification.</summary>
public sealed class BinaryClassificationCatalog : TrainCatalogBase
{
    internal BinaryClassificationCatalog(Host env) : base(env) => Trainers = new BinaryClassificationTrainers(env);
    /// <summary>The trainers; extension methods.</summary>
    public BinaryClassificationTrainers Trainers { get; }

    /// <summary>Evaluates scores with probabilities.</summary>
    public CalibratedBinaryClassificationMetrics Evaluate(IDataView data, string labelColumnName = "Label",
        string scoreColumnName = "Score", string probabilityColumnName = "Probability", string predictedLabelColumnName = "PredictedLabel")
        => new(BinaryEvaluator.Read(Environment, Contracts.CheckValue(data), Contracts.CheckNonEmpty(labelColumnName),
            Contracts.CheckNonEmpty(scoreColumnName), Contracts.CheckNonEmpty(probabilityColumnName),
            Contracts.CheckNonEmpty(predictedLabelColumnName)));

    /// <summary>Evaluates scores without probabilities.</summary>
    public BinaryClassificationMetrics EvaluateNonCalibrated(
        IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel")
        => new(BinaryEvaluator.Read(Environment, Contracts.CheckValue(data), Contracts.CheckNonEmpty(labelColumnName),
            Contracts.CheckNonEmpty(scoreColumnName), null, Contracts.CheckNonEmpty(predictedLabelColumnName)));

    /// <summary>Trains on all but one part of the data and evaluates on that part, for each of them in turn.</summary>
    public IReadOnlyList<CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label",
        string samplingKeyColumnName = null, int? seed = null)
        => CrossValidateTrain(data, estimator, numberOfFolds, labelColumnName, samplingKeyColumnName, seed,
            scores => Evaluate(scores, labelColumnName));

    /// <summary>As <see cref="CrossValidate"/>, for scores without probabilities.</summary>
    public IReadOnlyList<CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label",
        string samplingKeyColumnName = null, int? seed = null)
        => CrossValidateTrain(data, estimator, numberOfFolds, labelColumnName, samplingKeyColumnName, seed,
            scores => EvaluateNonCalibrated(scores, labelColumnName));

    /// <summary>Trainers of binary classification; extension methods.</summary>
    public sealed class BinaryClassificationTrainers
    {
        internal BinaryClassificationTrainers(IHostEnvironment env) => Environment = env;
        internal IHostEnvironment Environment { get; }
    }
}

/// <summary>What the catalogs of training tasks have in common.</summary>
public abstract class TrainCatalogBase
{
    private readonly Host _env;
    private protected TrainCatalogBase(Host env) => _env = env;
    internal IHostEnvironment Environment => _env;

    private protected CrossValidationResult<T>[] CrossValidateTrain<T>(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds, string labelColumnName, string samplingKeyColumn,
        int? seed, Func<IDataView, T> evaluate) where T : class
    {
        Contracts.CheckNonEmpty(labelColumnName);
        Contracts.CheckValue(data);
        Contracts.CheckValue(estimator);
        Contracts.CheckParam(numberOfFolds > 1, "numFolds", "Must be more than 1");
        var models = new DataOperationsCatalog(_env).CrossValidationSplit(data, numberOfFolds, samplingKeyColumn, seed)
            .Select(split => (Model: estimator.Fit(split.TrainSet), split.TestSet))
            .Select(fold => (fold.Model, Scores: fold.Model.Transform(fold.TestSet))).ToArray();
        return [.. models.Select((fold, i) => new CrossValidationResult<T>(fold.Model, evaluate(fold.Scores), fold.Scores, i))];
    }

    /// <summary>The outcome of one fold of a cross-validation.</summary>
    public sealed class CrossValidationResult<T> where T : class
    {
        /// <summary>How the model did on the part held out.</summary>
        public readonly T Metrics;
        /// <summary>The model of this fold.</summary>
        public readonly ITransformer Model;
        /// <summary>The part held out, with the model's scores.</summary>
        public readonly IDataView ScoredHoldOutSet;
        /// <summary>The number of the fold, from 0.</summary>
        public readonly int Fold;
        internal CrossValidationResult(ITransformer model, T metrics, IDataView scores, int fold)
            => (Model, Metrics, ScoredHoldOutSet, Fold) = (model, metrics, scores, fold);
    }
}
