using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>
/// Reads a data view once: into compact rows, or, from where these would exceed the memory budget, only their number, classes and moments,
/// so that training can stream them.
/// </summary>
internal static class RowReader
{
    // While rows are collected, lists that grow and their final copies take up to three times what the rows take in the end; and an array
    // holds two thousand million numbers at most.
    private const int BytesForAByte = 3;
    private const long MostBytes = sizeof(float) * 2_000_000_000L;

    // What a sample may take of the budget: it is held twice, as it was read and prepared.
    private const int SampleInBudget = 8;

    // So many rows tell what all will take, where the data view knows their number.
    private const int RowsToForesee = 1_000;

    /// <summary>Reads all usable rows.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="memoryBudget">How many bytes the rows may take.</param>
    /// <param name="seed">Where the random numbers start by which a sample is drawn.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    public static RowsRead Read(TrainingColumns columns, long memoryBudget, int seed, CancellationToken cancellation)
    {
        RowsBuilder? builder = new(columns.FeatureCount, columns.Weight is not null);
        RowTotals? totals = null;
        long mostBytes = Math.Min(MostBytes, memoryBudget / BytesForAByte);
        long? count = columns.Data.GetRowCount();
        using var rows = new UsableRows(columns, cancellation);
        while (rows.MoveNext())
        {
            if (builder is not null)
            {
                builder.Add(in rows.Features, rows.Label, rows.Weight);
                bool foreseen = builder.Count == RowsToForesee && builder.Bytes / (double)RowsToForesee * count > mostBytes;
                if (builder.Bytes <= mostBytes && !foreseen)
                    continue;
                TrainingRows first = builder.ToRows();
                totals = new RowTotals(columns.FeatureCount, columns.Weight is not null, first is SparseRows, seed, memoryBudget / SampleInBudget);
                totals.Add(first);
                builder = null;
            }
            else
            {
                totals!.Add(in rows.Features, rows.Label, rows.Weight);
            }
        }

        TrainingData data = builder is not null
            ? new DataInMemory(builder.ToRows())
            : new StreamedData(
                new RowStream(columns, totals!, memoryBudget), totals!.Moments, totals.Sample.ToRows(), totals.Sample.Numbers, totals.Sample.Bound, totals.Weight);
        return new RowsRead(data, rows.BadFeatures, rows.BadWeights);
    }
}
