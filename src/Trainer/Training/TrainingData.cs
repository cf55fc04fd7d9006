using MlNetShallowNet.Engine;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>The rows of a training run, in memory or streamed: what is decided about them, and the blocks in which they pass.</summary>
internal abstract class TrainingData : IDisposable
{
    private DataShape? _shape;
    private FeatureCross[]? _crosses;

    /// <summary>How many rows.</summary>
    public abstract long Count { get; }

    /// <summary>D.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>What is decided from the rows, as they were when it was asked for first.</summary>
    public DataShape Shape => _shape ??= MeasuredShape();

    /// <summary>The shape with whether features are read together, which is found out only where it is asked for: it takes 0.1 to 0.2 s of 240,000
    /// rows of seven features.</summary>
    public DataShape ShapeFor(bool crosses) => Shape with { HasCrosses = crosses && Crosses.Length > 0 };

    /// <summary>Which features say so much together that the network reads them so. None of dense rows: there trees are, that find such things,
    /// and of features in an order, which are most of what is dense, the networks learn it better without.</summary>
    public FeatureCross[] Crosses => _crosses ??= Sample is SparseRows sparse && !Shape.IsFarWider ? CrossFit.Find(sparse) : [];

    /// <summary>Which of the model's features the rows have; null where these are all.</summary>
    public virtual OccurringFeatures? Occurring => null;

    /// <summary>The crosses as the model numbers features.</summary>
    public FeatureCross[] CrossesOfModel => Occurring?.OfAll(Crosses) ?? Crosses;

    /// <summary>Whether rows are too many to hold.</summary>
    public abstract bool IsStreamed { get; }

    /// <summary>All rows where they are in memory, else some of them, drawn by their numbers; as they were read.</summary>
    public abstract TrainingRows Sample { get; }

    /// <summary>The sum of the weights of positive rows, and of all.</summary>
    public abstract (double Positive, double All) Weight { get; }

    /// <summary>What tells these rows from others, before they are prepared. Reads all of them.</summary>
    public abstract string Fingerprint(CancellationToken cancellation);

    /// <summary>The scaling of all rows to standard deviation 1, and to mean 0 where they are dense.</summary>
    public abstract FeatureScaling Standardization();

    /// <summary>The rows, prepared.</summary>
    /// <param name="prepare">Prepares some rows, which may be changed where they stand.</param>
    /// <param name="shuffles">Whether blocks of a stream come in an order of every epoch's own.</param>
    public abstract IRowBlocks Prepared(Func<TrainingRows, TrainingRows> prepare, bool shuffles);

    /// <summary>Which rows members leave out.</summary>
    /// <param name="blocks">What <see cref="Prepared"/> gave.</param>
    /// <param name="prepare">Prepares rows.</param>
    /// <param name="settings">The share of the rows, the members, the seed.</param>
    public abstract RowDivision Divide(IRowBlocks blocks, Func<TrainingRows, TrainingRows> prepare, TrainingSettings settings);

    /// <summary>Lets go of what is not memory.</summary>
    public abstract void Dispose();

    private DataShape MeasuredShape()
    {
        (double positive, double all) = Weight;
        var shape = new DataShape(
            Count, FeatureCount, FeatureCount, IsSparse: false, RarerShare: all > 0 ? Math.Min(positive, all - positive) / all : 0.5);
        if (Sample is not SparseRows sparse)
            return shape;
        shape = shape with { IsSparse = true, ActiveFeatures = Math.Max(1, sparse.MeanNonZeros) };
        return shape.IsFarWider ? shape with { ActiveFeatures = Math.Max(1, sparse.MeanSquares) } : shape;
    }
}

/// <summary>Rows in memory.</summary>
/// <param name="rows">The rows.</param>
/// <param name="occurring">Which of the model's features they have; null for all.</param>
internal sealed class DataInMemory(TrainingRows rows, OccurringFeatures? occurring = null) : TrainingData
{
    private const long MostCells = 1 << 24;
    private const double MostOfWords = 0.05; // of the features, in a row of text

    public override long Count => rows.Count;

    public override int FeatureCount => rows.FeatureCount;

    public override OccurringFeatures? Occurring => occurring;

    public override bool IsStreamed => false;

    public override TrainingRows Sample => rows;

    public override (double Positive, double All) Weight
    {
        get
        {
            double positive = 0, all = 0;
            for (int i = 0; i < rows.Count; i++)
            {
                double weight = rows.Weights?[i] ?? 1;
                all += weight;
                positive += weight * rows.Labels[i];
            }
            return (positive, all);
        }
    }

    public override string Fingerprint(CancellationToken cancellation) => new Fingerprint().Add(rows).Text;

    public override FeatureScaling Standardization() => Standardizer.Measure(rows);

    /// <summary>The same rows as they can be learnt from best: without features that never occur, and as dense ones where they do not take much room so. Not those
    /// of text, whose features are many more than rows and nearly all 0: scaled by their spread, as dense ones are, rare words would drown the others.</summary>
    public DataInMemory ForLearning()
    {
        if (rows is not SparseRows sparse)
            return this;
        DataInMemory narrow = OccurringFeatures.Of(sparse) is { } those ? new(those.Only(rows), those) : this;
        return narrow.IsSmall && !narrow.IsText ? new(narrow.Sample.ToDense(), narrow.Occurring) : narrow;
    }

    public override IRowBlocks Prepared(Func<TrainingRows, TrainingRows> prepare, bool shuffles) => new RowsInMemory(prepare(rows));

    public override void Dispose()
    {
        // All of it is memory.
    }

    public override RowDivision Divide(IRowBlocks blocks, Func<TrainingRows, TrainingRows> prepare, TrainingSettings settings) =>
        new StratifiedDivision(((RowsInMemory)blocks).Rows, settings.ValidationFraction, settings.Members, settings.Seed);

    private bool IsSmall => Count * FeatureCount <= MostCells;

    private bool IsText => Shape.IsFarWider && rows is SparseRows sparse && sparse.MeanNonZeros < MostOfWords * FeatureCount;
}

/// <summary>Rows that are read again in every epoch.</summary>
/// <param name="stream">The rows.</param>
/// <param name="moments">Their moments.</param>
/// <param name="sample">Those of them whose <see cref="RowHash"/> is below some bound.</param>
/// <param name="numbers">The numbers of the sample's rows.</param>
/// <param name="bound">The bound.</param>
/// <param name="weight">The sum of the weights of positive rows, and of all.</param>
internal sealed class StreamedData(
    IRowStream stream, FeatureMoments moments, TrainingRows sample, long[] numbers, double bound, (double Positive, double All) weight) : TrainingData
{
    public override long Count => stream.RowCount;

    public override int FeatureCount => stream.FeatureCount;

    public override bool IsStreamed => true;

    public override TrainingRows Sample => sample;

    public override (double Positive, double All) Weight => weight;

    public override string Fingerprint(CancellationToken cancellation)
    {
        var fingerprint = new Fingerprint();
        foreach (RowBlock block in stream.Blocks(epoch: null, cancellation))
            fingerprint.Add(block.Rows);
        return fingerprint.Text;
    }

    public override FeatureScaling Standardization() => moments.ToScaling(centred: sample is DenseRows);

    public override IRowBlocks Prepared(Func<TrainingRows, TrainingRows> prepare, bool shuffles) => new PreparedStream(stream, shuffles, prepare);

    public override void Dispose() => (stream as IDisposable)?.Dispose();

    // So many parts that those which members leave out are in the sample.
    public override RowDivision Divide(IRowBlocks blocks, Func<TrainingRows, TrainingRows> prepare, TrainingSettings settings)
    {
        int members = Math.Min(settings.Members, 8);
        int parts = (int)Math.Max(RowDivision.Parts(Count, settings.ValidationFraction, members), Math.Ceiling(members / bound));
        return new HashedDivision(prepare(sample.Copy()), numbers, parts, members, settings.Seed);
    }
}
