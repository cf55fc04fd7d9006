using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>
/// Reads a data view once: into compact rows, or, from where these would exceed the memory budget, into a temporary file from which training
/// streams them.
/// </summary>
internal static class RowReader
{
    // While rows are collected, lists that grow and their final copies take up to three times what the rows take in the end; and an array
    // holds two thousand million numbers at most.
    private const int BytesForAByte = 3;
    private const long MostBytes = sizeof(float) * 2_000_000_000L;

    // So many rows tell what all will take, where the data view knows their number.
    private const int RowsToForesee = 1_000;

    /// <summary>Whether rows that take so many bytes are held in memory.</summary>
    public static bool Fits(long bytes, long memoryBudget) => bytes <= Math.Min(MostBytes, memoryBudget / BytesForAByte);

    /// <summary>Reads all usable rows.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="memoryBudget">How many bytes the rows may take.</param>
    /// <param name="seed">Where the random numbers start by which a sample is drawn.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">The temporary file cannot be written; the message says why and what to do.</exception>
    public static RowsRead Read(TrainingColumns columns, long memoryBudget, int seed, CancellationToken cancellation)
    {
        SpilledRows? spilled = null;
        RowSpill? spill = null;
        long? count = columns.Data.GetRowCount();
        int expected = count is { } n && Fits(n * columns.FeatureCount * sizeof(float), memoryBudget) ? (int)n : 0;
        RowsBuilder? builder = new(columns.FeatureCount, columns.Weight is not null, expectedRows: expected);
        using var rows = new UsableRows(columns, cancellation);
        try
        {
            while (rows.MoveNext())
            {
                if (builder is null)
                {
                    spill!.Add(in rows.Features, rows.Label, rows.Weight);
                    continue;
                }
                builder.Add(in rows.Features, rows.Label, rows.Weight);
                bool foreseen = builder.Count == RowsToForesee && !Fits((long)(builder.Bytes / (double)RowsToForesee * count ?? 0), memoryBudget);
                if (builder.Count < SpillSizes.RowsToDecide || (Fits(builder.Bytes, memoryBudget) && !foreseen))
                    continue;
                TrainingRows first = builder.TakeRows();
                builder = null;
                spilled = new SpilledRows(first.FeatureCount, first.Weights is not null, seed);
                spill = new RowSpill(first, seed, spilled);
                spill.Add(first);
            }
            spill?.End();
            return new RowsRead(
                builder is null ? spill!.Totals.ToData(spilled!) : new DataInMemory(builder.TakeRows()), rows.Sketch, rows.BadFeatures, rows.BadWeights);
        }
        catch
        {
            spilled?.Dispose();
            throw;
        }
    }
}
