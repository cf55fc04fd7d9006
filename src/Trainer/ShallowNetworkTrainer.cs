using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Options;
using MlNetShallowNet.Training;

namespace MlNetShallowNet;

/// <summary>
/// Trains a two-layer neural network (one hidden layer, one sigmoid output) for binary classification, by back-propagation.
/// </summary>
/// <remarks>
/// <para>To create this trainer, use <see cref="ShallowNetworkCatalog.ShallowNetwork(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string, int?, int?, double?, MLContext)"/>
/// or <see cref="ShallowNetworkCatalog.ShallowNetwork(BinaryClassificationCatalog.BinaryClassificationTrainers, Options, MLContext)"/>.</para>
/// <para><b>Input and Output Columns</b>: the label is <see cref="bool"/>; the features are a known-size vector of <see cref="float"/>, dense or
/// sparse; an optional weight is <see cref="float"/>. Added are <c>PredictedLabel</c> (<see cref="bool"/>), <c>Score</c> (<see cref="float"/>,
/// the log-odds) and <c>Probability</c> (<see cref="float"/>).</para>
/// <para><b>Trainer Characteristics</b></para>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Binary classification</description></item>
/// <item><term>Is normalization required?</term><description>No; inputs are scaled while training and the scaling is folded into the network</description></item>
/// <item><term>Is caching required?</term><description>No; the data are read once</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MlNetShallowNet (no native library)</description></item>
/// <item><term>Exportable to ONNX</term><description>No</description></item>
/// </list>
/// <para><b>Training Algorithm Details</b>: Z1 = W1 X + b1, A1 = g(Z1), Z2 = W2 A1 + b2, A2 = sigmoid(Z2); the cost is the (weighted) mean
/// of -(y log a2 + (1 - y) log(1 - a2)) plus l2 / 2 (‖W1‖² + ‖W2‖²). Its gradient is back-propagated as in <see cref="TextbookNetwork"/>
/// (Rumelhart, Hinton and Williams, 1986) and followed by the chosen <see cref="Solver"/>. Rows with a NaN or infinite feature are left out.</para>
/// </remarks>
public sealed partial class ShallowNetworkTrainer : ITrainerEstimator<ShallowNetworkTransformer, ShallowNetworkModelParameters>
{
    private readonly Options _options;
    private readonly MLContext? _context;
    private readonly IEstimator<ITransformer> _inBox;

    internal ShallowNetworkTrainer(BinaryClassificationCatalog.BinaryClassificationTrainers catalog, Options options, MLContext? context)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        OptionsCheck.Check(options);
        _options = options.Copy();
        _context = context;
        // The in-box trainers' own description of what a binary trainer takes and gives, down to annotations and error messages.
        _inBox = catalog.LbfgsLogisticRegression(_options.LabelColumnName, _options.FeatureColumnName, _options.ExampleWeightColumnName);
        Info = catalog.Prior(_options.LabelColumnName, _options.ExampleWeightColumnName).Info;
    }

    /// <summary>Neither normalization nor caching is needed.</summary>
    public TrainerInfo Info { get; }

    /// <summary>The input's columns and <c>PredictedLabel</c>, <c>Score</c> and <c>Probability</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A needed column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _inBox.GetOutputSchema(inputSchema);

    /// <summary>Trains on these rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A needed column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">There is no usable row, or training diverged.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled before all rows were read.</exception>
    public ShallowNetworkTransformer Fit(IDataView input) => Fit(input, null, null);

    /// <summary>Trains on <paramref name="trainData"/> and keeps the epoch with the lowest loss on <paramref name="validationData"/>.</summary>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public ShallowNetworkTransformer Fit(IDataView trainData, IDataView validationData) => Fit(trainData, validationData, null);

    /// <summary>Goes on training from a network, which may have been trained on other rows of the same columns.</summary>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public ShallowNetworkTransformer Fit(IDataView trainData, ShallowNetworkModelParameters modelParameters) => Fit(trainData, null, modelParameters);

    /// <summary>Goes on training from <paramref name="modelParameters"/> if given, judged by <paramref name="validationData"/> if given.</summary>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public ShallowNetworkTransformer Fit(IDataView trainData, IDataView? validationData, ShallowNetworkModelParameters? modelParameters)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        DataViewSchema.Column features = SchemaChecks.FeatureColumn(trainData.Schema, _options.FeatureColumnName);
        ShallowNetworkModelParameters? initialModel = modelParameters ?? _options.InitialModel;
        NetworkParameters? initial = InitialNetwork(initialModel, ((VectorDataViewType)features.Type).Size);
        RowsRead rows = Read(trainData, "training");
        TrainingRows? validation = validationData is null ? null : ValidationRows(validationData, ((VectorDataViewType)features.Type).Size);
        int D = ((VectorDataViewType)features.Type).Size;
        double active = rows.Rows is SparseRows sparse ? Math.Max(1, (double)sparse.Values.Length / sparse.Count) : D;
        var shape = new RowsShape(rows.Count, D, active, rows.Stream is not null, MemoryBudget);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_options.CancellationToken);
        if (_options.TimeBudgetSeconds is double seconds)
            limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        TrainingSettings settings = Decisions.Make(_options, shape, initial, _context) with { CancellationToken = limit.Token };
        TrainingLog.Begin(_context, rows, settings);
        TrainedNetwork trained = rows.Stream is null
            ? TrainingRun.Train(rows.Rows!, validation, initial, initialModel?.Encoding, settings)
            : StreamedTraining.Train(rows.Stream, validation, initial, settings);
        TrainingLog.End(_context, trained);
        return new ShallowNetworkTransformer(
            new ShallowNetworkModelParameters(trained.InSinglePrecision()), _options.FeatureColumnName);
    }

    /// <summary>The trainer with all its options, for logs.</summary>
    public override string ToString() =>
        $"ShallowNetworkTrainer(label '{_options.LabelColumnName}', features '{_options.FeatureColumnName}', " +
        $"weight {(_options.ExampleWeightColumnName is null ? "none" : $"'{_options.ExampleWeightColumnName}'")}, " +
        $"members {Shown(_options.Members)}, hidden units {Shown(_options.HiddenUnits)}, activation {_options.Activation.Name}, initialization {_options.Initialization}, " +
        $"solver {_options.Solver}, learning rate {Shown(_options.LearningRate)}, schedule {Shown(_options.LearningRateSchedule)}, warm-up {_options.WarmUp}, " +
        $"schedule epochs {Shown(_options.ScheduleEpochs)}, schedule factor {_options.ScheduleFactor}, schedule power {_options.SchedulePower}, " +
        $"momentum {_options.Momentum}, Nesterov {_options.Nesterov}, beta1 {_options.Beta1}, beta2 {_options.Beta2}, epsilon {_options.Epsilon}, " +
        $"gradient clipping {Shown(_options.GradientClipping)}, batch size {Shown(_options.BatchSize)}, iterations {Shown(_options.NumberOfIterations)}, " +
        $"L2 {Shown(_options.L2Regularization)}, L1 {_options.L1Regularization}, input dropout {Shown(_options.InputDropout)}, " +
        $"hidden dropout {Shown(_options.HiddenDropout)}, label smoothing {_options.LabelSmoothing}, max norm {Shown(_options.MaxNorm)}, " +
        $"encoding {Shown(_options.FeatureEncoding)}, encoding intervals {Shown(_options.EncodingIntervals)}, clipped inputs {Shown(_options.ClipInputs)}, " +
        $"calibrate {_options.Calibrate}, class weighting {_options.ClassWeighting}, class weights {_options.NegativeClassWeight} and " +
        $"{_options.PositiveClassWeight}, keep base rate {_options.KeepBaseRate}, seed {Shown(_options.Seed)}, shuffle {_options.Shuffle}, input scaling {_options.InputScaling}, " +
        $"validation fraction {_options.ValidationFraction}, patience {Shown(_options.Patience)}, tolerance {_options.Tolerance}, " +
        $"threads {Shown(_options.NumberOfThreads)}, memory budget {Shown(_options.MemoryBudgetMegabytes)}, time budget {(_options.TimeBudgetSeconds is null ? "none" : Shown(_options.TimeBudgetSeconds))})";

    private TrainingRows ValidationRows(IDataView data, int featureCount)
    {
        TrainingRows rows = Read(data, "validation").Rows
            ?? throw new InvalidOperationException("The validation data do not fit into the memory budget. Give fewer validation rows, or raise the budget.");
        return rows.FeatureCount == featureCount ? rows : throw new ArgumentException(
            $"The training data have {featureCount} features and the validation data {rows.FeatureCount}; they must be as many.");
    }

    private RowsRead Read(IDataView data, string role)
    {
        var columns = new TrainingColumns(
            data,
            SchemaChecks.LabelColumn(data.Schema, _options.LabelColumnName),
            SchemaChecks.FeatureColumn(data.Schema, _options.FeatureColumnName),
            _options.ExampleWeightColumnName is null ? null : SchemaChecks.WeightColumn(data.Schema, _options.ExampleWeightColumnName));
        RowsRead read = RowReader.Read(columns, MemoryBudget, _options.CancellationToken);
        TrainingLog.RowsLeftOut(_context, read);
        if (read.Count > 0)
            return read;
        throw new InvalidOperationException(read.BadFeatures + read.BadWeights == 0
            ? $"The {role} data have no rows."
            : $"No usable {role} row: {read.BadFeatures} rows have a missing or infinite feature and {read.BadWeights} a weight that is not positive. " +
              "Replace missing values first, for example with ml.Transforms.ReplaceMissingValues.");
    }

    private long MemoryBudget => _options.MemoryBudgetMegabytes is int megabytes
        ? (long)megabytes << 20
        : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    private NetworkParameters? InitialNetwork(ShallowNetworkModelParameters? model, int featureCount)
    {
        if (model is null)
            return null;
        if (model.FeatureCount != featureCount)
            throw new ArgumentException($"The network to go on from has {model.FeatureCount} features; column '{_options.FeatureColumnName}' has {featureCount}.");
        if (_options.HiddenUnits is int hidden && hidden != model.HiddenUnits)
            throw new ArgumentException($"The network to go on from has {model.HiddenUnits} hidden units; the options ask for {hidden}.");
        if (_options.Activation.Name != model.Activation.Name && _options.Activation != Defaults.Activation)
            throw new ArgumentException($"The network to go on from has the activation {model.Activation.Name}; the options ask for {_options.Activation.Name}.");
        if (_options.Members > 1)
            throw new ArgumentException($"A network to go on from is one network; the options ask for {_options.Members} members.");
        return model.ToNetworkParameters();
    }

    private static string Shown<T>(T? value) where T : struct => value?.ToString() ?? "auto";
}
