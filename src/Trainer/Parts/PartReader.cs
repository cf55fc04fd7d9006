using Microsoft.ML;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Parts;

/// <summary>
/// Reads parts, several at a time, each once: all rows into a temporary file, and from there into memory where they take little of it. A
/// row's number follows from its part's and from its place in it, so that nothing depends on which part is read when.
/// </summary>
/// <param name="parts">The parts.</param>
/// <param name="columns">The columns of a part's view, checked.</param>
/// <param name="memoryBudget">How many bytes the rows may take.</param>
/// <param name="seed">Where the random numbers start by which a sample is drawn.</param>
/// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
internal sealed class PartReader(
    IReadOnlyList<RowPart> parts, Func<IDataView, TrainingColumns> columns, long memoryBudget, int seed, CancellationToken cancellation)
{
    private const int PartShift = 40; // so many bits number the rows of a part

    private readonly MLContext _context = new(seed);

    /// <summary>What was read of each part; null for one without a usable row.</summary>
    public RowTotals?[] Totals { get; } = new RowTotals?[parts.Count];

    /// <summary>Reads them.</summary>
    /// <param name="threads">How many parts may be read at the same time.</param>
    public RowsRead Read(int threads)
    {
        SpilledRows? spilled = null;
        try
        {
            (TrainingRows some, bool hasWeights) = FirstRows();
            if (some.Count == 0)
                return new RowsRead(new DataInMemory(some), new RowSketch([]), 0, 0);
            spilled = new SpilledRows(some.FeatureCount, hasWeights, seed);
            long badFeatures = 0, badWeights = 0;
            var sketch = new RowSketch([]);
            var adding = new Lock();
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
            Parallel.For(0, parts.Count, options, p =>
            {
                (RowSketch rows, long features, long weights) = Read(p, some, spilled);
                lock (adding)
                {
                    sketch = sketch.With(rows);
                    badFeatures += features;
                    badWeights += weights;
                }
            });
            bool isSparse = some is SparseRows;
            long bytes = sizeof(float) * (spilled.RowCount * (hasWeights ? 3 : 2) + spilled.ValueCount * (isSparse ? 2 : 1));
            TrainingData data = RowReader.Fits(bytes, memoryBudget) ? InMemory(spilled, hasWeights) : Together(some).ToData(spilled);
            if (!data.IsStreamed)
                spilled.Dispose();
            return new RowsRead(data, sketch, badFeatures, badWeights);
        }
        catch (AggregateException errors) when (errors.InnerExceptions.Count > 0)
        {
            spilled?.Dispose();
            throw errors.InnerExceptions[0];
        }
        catch
        {
            spilled?.Dispose();
            throw;
        }
    }

    // Those of the first part that has any: they tell what the others are like.
    private (TrainingRows Rows, bool HasWeights) FirstRows()
    {
        RowsBuilder? builder = null;
        TrainingColumns? read = null;
        for (int p = 0; p < parts.Count && builder is not { Count: > 0 }; p++)
        {
            read = Columns(p);
            builder = new RowsBuilder(read.FeatureCount, read.Weight is not null);
            using var rows = new UsableRows(read, cancellation);
            while (builder.Count < SpillSizes.RowsToDecide && rows.MoveNext())
                builder.Add(in rows.Features, rows.Label, rows.Weight);
        }
        return (builder!.ToRows(), read!.Weight is not null);
    }

    private (RowSketch Rows, long BadFeatures, long BadWeights) Read(int part, TrainingRows some, SpilledRows spilled)
    {
        TrainingColumns read = Columns(part);
        if (read.FeatureCount != some.FeatureCount)
        {
            throw new ArgumentException(
                $"{parts[part].Name} has {read.FeatureCount} features and the parts before it {some.FeatureCount}; they must be as many.");
        }
        var spill = new RowSpill(some, seed, spilled, (long)part << PartShift);
        using var rows = new UsableRows(read, cancellation);
        try
        {
            while (rows.MoveNext())
                spill.Add(in rows.Features, rows.Label, rows.Weight);
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidOperationException($"{parts[part].Name}: {error.Message}", error);
        }
        spill.End();
        Totals[part] = spill.Totals.Moments.Count > 0 ? spill.Totals : null;
        return (rows.Sketch, rows.BadFeatures, rows.BadWeights);
    }

    private TrainingColumns Columns(int part)
    {
        try
        {
            return columns(parts[part].Load(_context));
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new ArgumentException($"{parts[part].Name}: {error.Message}", error);
        }
    }

    // Not into those of a part, which somebody may still want.
    private RowTotals Together(TrainingRows some)
    {
        RowTotals together = RowSpill.TotalsFor(some, seed);
        foreach (RowTotals totals in Totals.OfType<RowTotals>())
            together.Add(totals);
        return together;
    }

    private DataInMemory InMemory(SpilledRows spilled, bool hasWeights)
    {
        var builder = new RowsBuilder(spilled.FeatureCount, hasWeights, expectedRows: checked((int)spilled.RowCount));
        foreach (RowBlock block in spilled.Blocks(epoch: null, cancellation))
        {
            for (int i = 0; i < block.Rows.Count; i++)
                builder.Add(block.Rows, i);
        }
        return new DataInMemory(builder.TakeRows());
    }
}
