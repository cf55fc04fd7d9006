using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
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
/// <para>To create this trainer, use <see cref="ShallowNetworkCatalog.ShallowNetwork(BinaryClassificationCatalog.BinaryClassificationTrainers, string, string, string, int?, int?, double?)"/>
/// or <see cref="ShallowNetworkCatalog.ShallowNetwork(BinaryClassificationCatalog.BinaryClassificationTrainers, Options)"/>.</para>
/// <para><b>Input and Output Columns</b>: the label is <see cref="bool"/>; the features are a known-size vector of <see cref="float"/>, dense or
/// sparse; an optional weight is <see cref="float"/>. Added are <c>PredictedLabel</c> (<see cref="bool"/>), <c>Score</c> (<see cref="float"/>,
/// the log-odds) and <c>Probability</c> (<see cref="float"/>).</para>
/// <para><b>Trainer Characteristics</b></para>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Binary classification</description></item>
/// <item><term>Is normalization required?</term><description>No; inputs are scaled while training and the scaling is folded into the network</description></item>
/// <item><term>Is caching required?</term><description>No; the data are read once</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MlNetShallowNet (no native library)</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes, with preprocessing, by the package MlNetShallowNet.Onnx</description></item>
/// </list>
/// <para><b>Training Algorithm Details</b>: Z1 = W1 X + b1, A1 = g(Z1), Z2 = W2 A1 + b2, A2 = sigmoid(Z2); the cost is the (weighted) mean
/// of -(y log a2 + (1 - y) log(1 - a2)) plus l2 / 2 (‖W1‖² + ‖W2‖²). Its gradient is back-propagated as in <see cref="TextbookNetwork"/>
/// (Rumelhart, Hinton and Williams, 1986) and followed by the chosen <see cref="Solver"/>. Rows with a NaN or infinite feature are left out; features whose numbers are all below 1.2e-38 are named in a warning.</para>
/// </remarks>
public sealed partial class ShallowNetworkTrainer : ITrainerEstimator<ShallowNetworkTransformer, ShallowNetworkModelParameters>
{
    private readonly Options _options;
    private readonly TrainingLog _log;
    private readonly int _seed;
    private readonly IEstimator<ITransformer> _inBox;

    internal ShallowNetworkTrainer(BinaryClassificationCatalog.BinaryClassificationTrainers catalog, Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        OptionRules.Check(options);
        _options = options.Copy();
        IHost? host = CatalogEnvironment.Of(catalog)?.Register("ShallowNetwork");
        (_log, _seed) = (new TrainingLog(host), _options.Seed ?? host?.Rand.Next() ?? 1);
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
    /// <exception cref="ArgumentException">The first layer would have more weights than <see cref="Options.HiddenUnits"/> allows.</exception>
    /// <exception cref="InvalidOperationException">There is no usable row, training diverged, or a feature is so small or large that its weights are beyond single precision.</exception>
    /// <exception cref="IOException">The rows exceed the memory budget and the temporary file for them cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled before all rows were read and a first epoch was finished.</exception>
    /// <exception cref="InvalidDataException">The file at <see cref="Options.CheckpointPath"/> is no checkpoint of this training.</exception>
    /// <exception cref="IOException">That file cannot be read or written.</exception>
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
        int D = ((VectorDataViewType)features.Type).Size;
        OptionRules.CheckSize(_options, D);
        NetworkParameters? initial = InitialNetwork(initialModel, D);
        RowsRead rows = Read(trainData, "training");
        using TrainingData read = rows.Data;
        _log.TinyFeatures(TinyFeatures.Find(read.Sample), () => features);
        TrainingData data = initial is null ? AsTrainedOn(read) : read;
        TrainingRows? validation = validationData is null ? null : ValidationRows(validationData, read.FeatureCount);
        using CancellationTokenSource budget = new(Timeout.InfiniteTimeSpan, _options.Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_options.CancellationToken, budget.Token);
        StartTimeBudget(budget);
        TrainingSettings settings = Plan.Make(_options, data.ShapeFor(Plan.MayCross(_options, initial is not null)), initial is null ? null : (initial.HiddenUnits, initial.Activation, NetworkUnion.SteepUnits(initial)), _seed)
            with
        { CancellationToken = limit.Token };
        if (_options.CheckpointPath is string path)
            settings = settings with { Checkpoint = Checkpoint(path, Origin(data, validation, initialModel, settings)) };
        foreach (string dropped in OptionRules.WithoutEffect(_options, validation is null ? settings : settings with { ValidationFraction = 0 }))
            _log.Warn(dropped);
        if (validation is not null && _options.ValidationFraction > 0)
            _log.Warn("ValidationFraction has no effect: validation data were given.");
        _log.Begin(data, settings);
        _log.Crosses(settings.CrossFeatures ? data.CrossesOfModel : [], () => features);
        RowSketch trainedOn = rows.Sketch.With(initialModel?.Trained.TrainedOn);
        return WithinTimeBudget(
            data.Count, () => Transformer(TrainingRun.Train(data, validation, initial, initialModel?.Encoding, settings), trainedOn, data.IsStreamed, () => features), limit.Token);
    }

    /// <summary>The trainer with its options, for logs.</summary>
    public override string ToString() => $"ShallowNetworkTrainer({_options})";

    private TrainingData AsTrainedOn(TrainingData read) => Plan.Encodes(_options) && read is DataInMemory inMemory ? inMemory.ForLearning() : read;

    private void StartTimeBudget(CancellationTokenSource budget)
    {
        if (_options.TimeBudgetSeconds is < 0.001)
            budget.Cancel(); // less than a timer's tick
        else if (_options.TimeBudgetSeconds is double seconds)
            budget.CancelAfter(TimeSpan.FromSeconds(seconds));
    }

    // Another cancellation, such as one that the user's own Progress throws, is the user's to see.
    private ShallowNetworkTransformer WithinTimeBudget(long rows, Func<ShallowNetworkTransformer> train, CancellationToken limit)
    {
        try
        {
            return train();
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !_options.CancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"The time budget of {_options.TimeBudgetSeconds} s was used up before the first epoch over {rows} rows was finished. " +
                "Give more time, or make epochs shorter with fewer hidden units or members.");
        }
    }

    private ShallowNetworkTransformer Transformer(TrainedNetwork trained, RowSketch rows, bool isStreamed, Func<DataViewSchema.Column> features)
    {
        if (trained.FeatureBeyondSinglePrecision is int feature)
        {
            throw new InvalidOperationException(
                $"The weights of feature '{FeatureNames.Of(features())[feature]}' are beyond single precision, for its numbers are too small or too large; give it in another unit.");
        }
        _log.End(trained);
        return new ShallowNetworkTransformer(
            new ShallowNetworkModelParameters(trained.InSinglePrecision() with { Provenance = Provenance(isStreamed), TrainedOn = rows }), _options.FeatureColumnName);
    }

    private TrainingRows ValidationRows(IDataView data, int featureCount)
    {
        using TrainingData read = Read(data, "validation").Data;
        TrainingRows rows = !read.IsStreamed ? read.Sample : throw new InvalidOperationException(
            "The validation data do not fit into the memory budget. Give fewer validation rows, or raise the budget.");
        return rows.FeatureCount == featureCount ? rows : throw new ArgumentException(
            $"The training data have {featureCount} features and the validation data {rows.FeatureCount}; they must be as many.");
    }

    private RowsRead Read(IDataView data, string role) =>
        Usable(RowReader.Read(Columns(data), MemoryBudget, _seed, _options.CancellationToken), role);

    private TrainingColumns Columns(IDataView data) => new(
        data,
        SchemaChecks.LabelColumn(data.Schema, _options.LabelColumnName),
        SchemaChecks.FeatureColumn(data.Schema, _options.FeatureColumnName),
        _options.ExampleWeightColumnName is null ? null : SchemaChecks.WeightColumn(data.Schema, _options.ExampleWeightColumnName));

    private RowsRead Usable(RowsRead read, string role)
    {
        _log.RowsLeftOut(read);
        if (read.Data.Count > 0)
            return read;
        throw new InvalidOperationException(read.BadFeatures + read.BadWeights == 0
            ? $"The {role} data have no rows."
            : $"No usable {role} row: {read.BadFeatures} rows have a missing or infinite feature and {read.BadWeights} a weight that is not a positive number. " +
              (read.BadFeatures > 0 ? "Replace missing values first, for example with ml.Transforms.ReplaceMissingValues." : $"Is '{_options.ExampleWeightColumnName}' the column of the weights?"));
    }

    private TrainingProvenance Provenance(bool isStreamed)
    {
        Options used = _options.Copy();
        // What changes no bit of the network is not told. Rows that went through a file do so again with the least memory, on any machine.
        (used.Seed, used.NumberOfThreads, used.CheckpointPath, used.CheckpointSeconds) = (_seed, null, null, null);
        used.MemoryBudgetMegabytes = isStreamed ? OptionRules.LeastMegabytes : null;
        return new TrainingProvenance(OptionTable.Texts(used), LibraryVersions.Now());
    }

    private long MemoryBudget => _options.MemoryBudgetMegabytes is int megabytes
        ? (long)megabytes << 20
        : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
}
