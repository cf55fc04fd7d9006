namespace Microsoft.ML.Trainers;

using LogisticModel = CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>;

/// <summary>Trains logistic regression with L1 and L2 regularization by L-BFGS, and with L1 by its orthant-wise variant.</summary>
public sealed class LbfgsLogisticRegressionBinaryTrainer : ITrainerEstimator<BinaryPredictionTransformer<LogisticModel>, LogisticModel>
{
    private readonly IHost _host;
    private readonly Options _options;

    internal LbfgsLogisticRegressionBinaryTrainer(IHostEnvironment env, Options options)
    {
        _host = env.Register(nameof(LbfgsLogisticRegressionBinaryTrainer));
        _options = Contracts.CheckValue(options);
        Contracts.CheckParam(options.L2Regularization >= 0, nameof(options.L2Regularization), "Must be non-negative");
        Contracts.CheckParam(options.L1Regularization >= 0, nameof(options.L1Regularization), "Must be non-negative");
        Contracts.CheckParam(options.OptimizationTolerance > 0, nameof(options.OptimizationTolerance), "Must be positive");
        Contracts.CheckParam(options.HistorySize > 0, nameof(options.HistorySize), "Must be positive");
        Contracts.CheckParam(options.MaximumNumberOfIterations > 0, nameof(options.MaximumNumberOfIterations), "Must be positive");
    }

    /// <inheritdoc/>
    public TrainerInfo Info { get; } = new();

    /// <summary>Reads the data once into memory and trains; rows with a NaN are left out.</summary>
    public BinaryPredictionTransformer<LogisticModel> Fit(IDataView input)
    {
        BinaryTrainerShape.Check(SchemaShape.Create(Contracts.CheckValue(input).Schema), _options);
        var features = input.Schema[_options.FeatureColumnName];
        using var channel = _host.Start("Training");
        var rows = LogisticRows.Read(channel, input, features, _options);
        var optimizer =
            new LimitedMemoryBfgs(rows.Loss, features.Type.GetValueCount() + 1, _options, _options.L1Regularization / rows.Count);
        var weights = optimizer.Minimize(channel);
        return LinearBinaryModelParameters.MakeTransformer(_host, features.Name, features.Type, weights[1..], weights[0]);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => BinaryTrainerShape.Output(inputSchema, _options);

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options
    {
        /// <summary>The label's column, of truth values.</summary>
        public string LabelColumnName { get; set; } = "Label";
        /// <summary>The features' column, a vector of known size.</summary>
        public string FeatureColumnName { get; set; } = "Features";
        /// <summary>The column of the rows' weights; none if null.</summary>
        public string ExampleWeightColumnName { get; set; }
        /// <summary>The weight of the sum of absolute weights, not negative.</summary>
        public float L1Regularization { get; set; } = 1;
        /// <summary>The weight of the sum of squared weights, not negative.</summary>
        public float L2Regularization { get; set; } = 1;
        /// <summary>Training stops when the loss improves by less; positive.</summary>
        public float OptimizationTolerance { get; set; } = 1e-7f;
        /// <summary>How many past steps the curvature is estimated from; positive.</summary>
        public int HistorySize { get; set; } = 20;
        /// <summary>How many steps at most; positive.</summary>
        public int MaximumNumberOfIterations { get; set; } = int.MaxValue;
    }
}

/// <summary>A linear model: the score is the bias and the sum of weights times features.</summary>
public sealed class LinearBinaryModelParameters
{
    internal const string Kind = "LogisticRegression";
    private readonly float[] _weights;
    private LinearBinaryModelParameters(float[] weights, float bias) => (_weights, Bias) = (weights, bias);
    /// <summary>A weight per feature.</summary>
    public IReadOnlyList<float> Weights => _weights;
    internal float Bias { get; }

    [ModelLoader(Kind)]
    internal static BinaryPredictionTransformer<LogisticModel> MakeTransformer(
        IHostEnvironment env, string features, DataViewType type, float[] weights, float bias)
    {
        var linear = new LinearBinaryModelParameters(weights, bias);
        return new BinaryPredictionTransformer<LogisticModel>(env, new LogisticModel(linear), linear, features, type);
    }

    internal float Score(in VBuffer<float> features)
    {
        Contracts.Check(features.Length == _weights.Length,
            $"Input is of length {features.Length}, but predictor expected length {_weights.Length}");
        return Bias + DenseMath.Dot(_weights, features);
    }
}

/// <summary>The trainer of the share of positive rows; of it there is only what it says of itself.</summary>
public sealed class PriorTrainer
{
    internal PriorTrainer(IHostEnvironment env) => env.Register(nameof(PriorTrainer));
    /// <summary>What the trainer needs: neither normalized features nor cached data.</summary>
    public TrainerInfo Info { get; } = new(normalization: false, caching: false);
}
