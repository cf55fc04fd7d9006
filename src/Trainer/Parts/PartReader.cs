using Microsoft.ML;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Parts;

/// <summary>
/// Reads parts, several at a time: all rows into a temporary file, and from there into memory where they take little of it. Each is read once,
/// but for a look at the first rows before. A row's number follows from its part's and from its place in it, so that nothing depends on which part is read when.
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
    private (string Name, TrainingColumns Columns) _first; // the part whose rows tell what others are like

    /// <summary>What was counted of each part; null for one without a usable row.</summary>
    public RowCounts?[] Counts { get; } = new RowCounts?[parts.Count];

    /// <summary>Reads them.</summary>
    /// <param name="threads">How many parts may be read at the same time.</param>
    public RowsRead Read(int threads)
    {
        SpilledRows? spilled = null;
        try
        {
            RowsRead first = FirstRows();
            if (first.Data.Count == 0)
                return first;
            TrainingRows some = first.Data.Sample;
            bool hasWeights = some.Weights is not null;
            spilled = new SpilledRows(some.FeatureCount, hasWeights, seed);
            RowTotals together = RowSpill.TotalsFor(some, seed);
            long badFeatures = 0, badWeights = 0;
            var sketch = new RowSketch([]);
            var adding = new Lock();
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
            Parallel.For(0, parts.Count, options, p =>
            {
                (RowTotals totals, RowSketch rows, long features, long weights) = Read(p, some, spilled);
                lock (adding)
                {
                    // One sample for all, for one of each part would take more memory the more parts there are.
                    together.Sample.Add(totals.Sample);
                    Counts[p] = totals.Moments.Count > 0 ? totals.Counts : null;
                    sketch = sketch.With(rows);
                    badFeatures += features;
                    badWeights += weights;
                }
            });
            bool isSparse = some is SparseRows;
            long bytes = sizeof(float) * (spilled.RowCount * (hasWeights ? 3 : 2) + spilled.ValueCount * (isSparse ? 2 : 1));
            TrainingData data = RowReader.Fits(bytes, memoryBudget) ? InMemory(spilled, hasWeights) : Streamed(spilled, together);
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
    private RowsRead FirstRows()
    {
        RowsBuilder? builder = null;
        long badFeatures = 0, badWeights = 0;
        for (int p = 0; p < parts.Count && builder is not { Count: > 0 }; p++)
        {
            TrainingColumns read = Columns(p);
            _first = (parts[p].Name, read);
            builder = new RowsBuilder(read.FeatureCount, read.Weight is not null);
            using var rows = new UsableRows(read, cancellation);
            while (builder.Count < SpillSizes.RowsToDecide && rows.MoveNext())
                builder.Add(in rows.Features, rows.Label, rows.Weight);
            (badFeatures, badWeights) = (badFeatures + rows.BadFeatures, badWeights + rows.BadWeights);
        }
        return new RowsRead(new DataInMemory(builder!.ToRows()), new RowSketch([]), badFeatures, badWeights);
    }

    private (RowTotals Totals, RowSketch Rows, long BadFeatures, long BadWeights) Read(int part, TrainingRows some, SpilledRows spilled)
    {
        TrainingColumns read = Columns(part);
        if (read.FeatureCount != some.FeatureCount)
        {
            throw new ArgumentException(
                $"{parts[part].Name} has {read.FeatureCount} features and the parts before it {some.FeatureCount}; they must be as many.");
        }
        if (FeatureNames.Difference(read.Features, _first.Columns.Features) is { } other)
        {
            throw new ArgumentException(
                $"{parts[part].Name}: feature {other.Slot} (counted from 0) is {other.Here}, in {_first.Name} it is {other.There}; parts must have the same columns in the same order.");
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
        return (spill.Totals, rows.Sketch, rows.BadFeatures, rows.BadWeights);
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

    // In the order of the parts, not in that in which they were read.
    private StreamedData Streamed(SpilledRows spilled, RowTotals together)
    {
        foreach (RowCounts counts in Counts.OfType<RowCounts>())
            together.Add(counts);
        together.Sample.Sort();
        return together.ToData(spilled);
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
