using Microsoft.ML;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Options;
using MlNetShallowNet.Parts;
using MlNetShallowNet.Training;

namespace MlNetShallowNet;

public sealed partial class ShallowNetworkTrainer
{
    // What rows in parts may take in memory unless the options say: the same on every machine, so that all train on them in the same way.
    private const long MemoryOfParts = 1L << 30;

    /// <summary>Trains on rows in parts. Each part is read once, several at a time, into a temporary file, or into memory where all rows take little; before
    /// that, those in front are opened, up to the first with a usable row, to see what rows are like.</summary>
    /// <param name="parts">The parts, of the same columns in the same order, which is looked at where features have names. The network depends on their rows, on their order, on the options and on the seed alone;
    /// of rows that memory holds (<see cref="Options.MemoryBudgetMegabytes"/>, 1,024 where it is not given) it is that of <see cref="Fit(Microsoft.ML.IDataView)"/> on all of them in
    /// one view.</param>
    /// <param name="workFolder">A folder, made where there is none, in which the state of training is kept: a run that was killed goes on from it and ends
    /// with the same bits, and members that <see cref="PartsTraining.Train"/> gave and that lie there as <c>member-0.state</c> and so on are not trained again. What is of other
    /// rows or options is refused. Null to keep nothing.</param>
    /// <exception cref="ArgumentException">There are no parts, or their columns differ.</exception>
    /// <exception cref="InvalidDataException">What is in the folder is of other rows or options, or damaged.</exception>
    /// <inheritdoc cref="Fit(Microsoft.ML.IDataView)"/>
    public ShallowNetworkTransformer FitParts(IReadOnlyList<RowPart> parts, string? workFolder = null)
    {
        using CancellationTokenSource budget = new(Timeout.InfiniteTimeSpan, _options.Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_options.CancellationToken, budget.Token);
        using PartsTraining training = Read(parts, workFolder, limit.Token, _options.CancellationToken);
        StartTimeBudget(budget);
        return WithinTimeBudget(training.Rows, () => training.Fit(workFolder), limit.Token);
    }

    /// <summary>Reads rows in parts, so that members of the network can be trained one by one, here or in other processes, and joined.</summary>
    /// <remarks>The options' time budget does not count, and nothing is kept at their checkpoint.</remarks>
    /// <param name="parts">The parts, as in <see cref="FitParts"/>.</param>
    /// <exception cref="ArgumentException">There are no parts, or their columns differ.</exception>
    /// <exception cref="InvalidOperationException">There is no usable row.</exception>
    /// <exception cref="IOException">The temporary file for the rows cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    public PartsTraining ReadParts(IReadOnlyList<RowPart> parts) => Read(parts, null, null, _options.CancellationToken);

    /// <summary>The same, ended by another cancellation than the options'.</summary>
    /// <inheritdoc cref="ReadParts(IReadOnlyList{RowPart})"/>
    internal PartsTraining ReadParts(IReadOnlyList<RowPart> parts, CancellationToken cancellation) => Read(parts, null, null, cancellation);

    /// <summary>The options' cancellation.</summary>
    internal CancellationToken Cancellation => _options.CancellationToken;

    /// <summary>The options that are set, the seed among them, by name, as text: what another process needs to train the same network.</summary>
    internal IReadOnlyDictionary<string, string> OptionTexts()
    {
        Options used = _options.Copy();
        (used.Seed, used.CheckpointPath) = (_seed, null);
        return OptionTable.Texts(used);
    }

    /// <summary>The options of such texts.</summary>
    internal static Options OptionsOf(IEnumerable<KeyValuePair<string, string>> texts)
    {
        Options options = new();
        foreach ((string name, string value) in texts)
        {
            switch (name)
            {
                case nameof(Options.LabelColumnName):
                    options.LabelColumnName = value;
                    break;
                case nameof(Options.FeatureColumnName):
                    options.FeatureColumnName = value;
                    break;
                case nameof(Options.ExampleWeightColumnName):
                    options.ExampleWeightColumnName = value;
                    break;
                default:
                    options.Set(name, value);
                    break;
            }
        }
        return options;
    }

    private PartsTraining Read(IReadOnlyList<RowPart> parts, string? workFolder, CancellationToken? fitting, CancellationToken reading)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            throw new ArgumentException("There are no parts to train on; give one at least.", nameof(parts));
        if (_options.InitialModel is not null)
            throw new ArgumentException("Training on parts does not go on from an initial model; use Fit on a view of all rows for that.", nameof(parts));
        string? checkpoint = fitting is null ? null : _options.CheckpointPath;
        if (workFolder is not null)
        {
            Directory.CreateDirectory(workFolder);
            checkpoint ??= Path.Combine(workFolder, "training.checkpoint");
        }
        long budget = _options.MemoryBudgetMegabytes is int megabytes ? (long)megabytes << 20 : MemoryOfParts;
        var reader = new PartReader(parts, Columns, budget, _seed, reading);
        RowsRead rows = Usable(reader.Read(_options.NumberOfThreads ?? Environment.ProcessorCount), "training");
        TrainingData read = rows.Data;
        try
        {
            foreach (string difference in PartDifferences.Of([.. parts.Zip(reader.Counts).Where(p => p.Second is not null).Select(p => (p.First.Name, p.Second!))]))
                _log.Warn(difference);
            OptionRules.CheckSize(_options, read.FeatureCount);
            DataViewSchema.Column Features() => Columns(parts[0].Load(new MLContext(_seed))).Features;
            _log.TinyFeatures(TinyFeatures.Find(read.Sample), Features);
            TrainingData data = AsTrainedOn(read);
            Options options = _options.Copy();
            if (fitting is null)
                options.TimeBudgetSeconds = null;
            TrainingSettings settings = Plan.Make(options, data.ShapeFor(Plan.MayCross(options, goesOn: false)), null, _seed) with { CancellationToken = fitting ?? reading };
            // A run in one process that keeps nothing has nobody to compare it with, and need not read all rows again for that.
            Dictionary<string, string> origin = fitting is null || checkpoint is not null ? Origin(data, null, null, settings) : [];
            if (checkpoint is not null)
                settings = settings with { Checkpoint = Checkpoint(checkpoint, origin) };
            foreach (string dropped in OptionRules.WithoutEffect(_options, settings))
                _log.Warn(dropped);
            _log.Begin(data, settings);
            _log.Crosses(settings.CrossFeatures ? data.CrossesOfModel : [], Features);
            return new PartsTraining(data, settings, origin, trained => Transformer(trained, rows.Sketch, data.IsStreamed, Features));
        }
        catch
        {
            read.Dispose();
            throw;
        }
    }
}
